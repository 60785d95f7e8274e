/**
 * Hundreds of thousands of dots as one small picture. A vector file with a mark a spike grows to tens of megabytes; a raster of spikes
 * needs four colours, so two bits a pixel hold it.
 *
 * The picture is a palette PNG (ISO/IEC 15948) written here in plain TypeScript, since figures are also built in browsers, where `zlib` is
 * missing and compression is asynchronous: its data sits in stored (uncompressed) deflate blocks (RFC 1951, 3.2.4).
 */

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1
  return crc >>> 0
})

const chunk = (type: string, data: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(data.length + 12)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i)
  bytes.set(data, 8)
  let crc = 0xffffffff
  for (let i = 4; i < data.length + 8; i++) crc = crcTable[(crc ^ bytes[i]) & 0xff] ^ (crc >>> 8)
  view.setUint32(data.length + 8, (crc ^ 0xffffffff) >>> 0)
  return bytes
}

const STORED_BLOCK_BYTES = 65_535

const zlibStored = (raw: Uint8Array): Uint8Array => {
  const blocks = Math.max(1, Math.ceil(raw.length / STORED_BLOCK_BYTES))
  const bytes = new Uint8Array(2 + blocks * 5 + raw.length + 4)
  const view = new DataView(bytes.buffer)
  bytes.set([0x78, 0x01])
  let at = 2
  for (let block = 0; block < blocks; block++) {
    const part = raw.subarray(block * STORED_BLOCK_BYTES, (block + 1) * STORED_BLOCK_BYTES)
    view.setUint8(at, block === blocks - 1 ? 1 : 0)
    view.setUint16(at + 1, part.length, true)
    view.setUint16(at + 3, part.length ^ 0xffff, true)
    bytes.set(part, at + 5)
    at += 5 + part.length
  }
  // Adler-32: a = 1 + sum of bytes, b = sum of all a, both modulo 65521
  let a = 1
  let b = 0
  for (const byte of raw) {
    a = (a + byte) % 65_521
    b = (b + a) % 65_521
  }
  view.setUint32(at, ((b << 16) | a) >>> 0)
  return bytes
}

const rgb = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))

/** A picture of up to three colours on a transparent ground. */
export class DotImage {
  readonly width: number
  readonly height: number
  private readonly colours: readonly string[]
  private readonly pixels: Uint8Array

  /**
   * @param width - in pixels
   * @param height - in pixels
   * @param colours - one to three, `#rrggbb`; a dot's `colour` counts from 0 in this list
   */
  constructor(width: number, height: number, colours: readonly string[]) {
    this.width = width
    this.height = height
    this.colours = colours
    this.pixels = new Uint8Array(width * height)
  }

  /** Fills a rectangle (cut off at the edges) with a colour; later dots cover earlier ones. */
  dot(left: number, top: number, width: number, height: number, colour: number): void {
    for (let y = Math.max(0, top); y < Math.min(this.height, top + height); y++) {
      for (let x = Math.max(0, left); x < Math.min(this.width, left + width); x++) this.pixels[y * this.width + x] = colour + 1
    }
  }

  /** The picture as a `data:` address of a PNG. */
  toDataUrl(): string {
    const bytesPerRow = Math.ceil(this.width / 4)
    const raw = new Uint8Array((bytesPerRow + 1) * this.height) // each row opens with its filter type, 0: none
    for (let y = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++) {
        raw[y * (bytesPerRow + 1) + 1 + (x >> 2)] |= this.pixels[y * this.width + x] << (6 - 2 * (x & 3))
      }
    }
    const header = new Uint8Array(13)
    new DataView(header.buffer).setUint32(0, this.width)
    new DataView(header.buffer).setUint32(4, this.height)
    header.set([2, 3, 0, 0, 0], 8) // two bits a pixel, palette, no further options
    const palette = Uint8Array.from([255, 255, 255, ...this.colours.flatMap(rgb)])
    const parts = [
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
      chunk('IHDR', header),
      chunk('PLTE', palette),
      chunk('tRNS', Uint8Array.of(0)),
      chunk('IDAT', zlibStored(raw)),
      chunk('IEND', new Uint8Array(0)),
    ]
    let binary = ''
    for (const part of parts) {
      for (let at = 0; at < part.length; at += 8192) binary += String.fromCharCode(...part.subarray(at, at + 8192))
    }
    return `data:image/png;base64,${btoa(binary)}`
  }
}
