/** A decoder of 8 bit RGB and RGBA animated PNGs, written from the specification and not from the encoder. Refuses what is not valid. */
import { crc32 } from 'node:zlib'
import { unzlibSync } from 'fflate'
import type { Decoded, Shown } from './decoded.js'

interface Chunk {
  readonly name: string
  readonly body: DataView
}

const requireThat = (condition: boolean, what: string): void => {
  if (!condition) throw new Error(`not a valid animated PNG: ${what}`)
}

const chunksOf = (file: Uint8Array): Chunk[] => {
  requireThat(Buffer.from(file.subarray(0, 8)).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')), 'signature')
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const chunks: Chunk[] = []
  let at = 8
  while (at < file.length) {
    const length = view.getUint32(at)
    const named = file.subarray(at + 4, at + 8 + length)
    requireThat(view.getUint32(at + 8 + length) === crc32(named), 'checksum')
    const name = Buffer.from(named.subarray(0, 4)).toString('latin1')
    chunks.push({ name, body: new DataView(file.buffer, file.byteOffset + at + 8, length) })
    at += length + 12
  }
  return chunks
}

const paeth = (left: number, up: number, corner: number): number => {
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner
}

const unfilter = (rows: Uint8Array, width: number, height: number, channels: number): Uint8Array => {
  const rowBytes = width * channels
  requireThat(rows.length === height * (rowBytes + 1), 'number of bytes')
  const out = new Uint8Array(height * rowBytes)
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (rowBytes + 1)] ?? 9
    requireThat(filter <= 4, 'filter')
    for (let i = 0; i < rowBytes; i++) {
      const to = y * rowBytes + i
      const left = i < channels ? 0 : (out[to - channels] ?? 0)
      const up = y === 0 ? 0 : (out[to - rowBytes] ?? 0)
      const corner = i < channels || y === 0 ? 0 : (out[to - rowBytes - channels] ?? 0)
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
      out[to] = (rows[y * (rowBytes + 1) + 1 + i] ?? 0) + predicted
    }
  }
  return out
}

export interface DecodedApng extends Decoded {
  readonly hasAlpha: boolean
  /** Area of each picture as stored, in pixels. */
  readonly areas: readonly number[]
}

export const decodeApng = (file: Uint8Array): DecodedApng => {
  const [header, ...chunks] = chunksOf(file)
  if (header === undefined) throw new Error('empty')
  requireThat(header.name === 'IHDR' && chunks.at(-1)?.name === 'IEND', 'first and last chunk')
  const width = header.body.getUint32(0)
  const height = header.body.getUint32(4)
  const colourType = header.body.getUint8(9)
  requireThat(header.body.getUint8(8) === 8 && (colourType === 2 || colourType === 6), 'colour type')
  const channels = colourType === 2 ? 3 : 4
  const canvas = new Uint8ClampedArray(width * height * 4)
  const pictures: Shown[] = []
  const areas: number[] = []
  let sequence = 0
  let control: DataView | undefined
  for (const { name, body } of chunks) {
    if (name === 'fcTL') {
      requireThat(body.getUint32(0) === sequence++, 'sequence')
      requireThat(body.getUint8(24) === 0 && body.getUint8(25) === 0, 'disposal and blending are not read here')
      control = body
    }
    if (name !== 'IDAT' && name !== 'fdAT') continue
    if (control === undefined) throw new Error('data without control')
    if (name === 'fdAT') requireThat(body.getUint32(0) === sequence++, 'sequence')
    requireThat((name === 'IDAT') === (pictures.length === 0), 'the first picture is the still one')
    const skip = name === 'fdAT' ? 4 : 0
    const data = new Uint8Array(body.buffer, body.byteOffset + skip, body.byteLength - skip)
    const [w, h, x, y] = [control.getUint32(4), control.getUint32(8), control.getUint32(12), control.getUint32(16)]
    requireThat(w > 0 && h > 0 && x + w <= width && y + h <= height, 'area')
    requireThat(pictures.length > 0 || w * h === width * height, 'first area')
    const pixels = unfilter(unzlibSync(data), w, h, channels)
    for (let i = 0; i < w * h; i++) {
      const rgba = [...pixels.subarray(i * channels, (i + 1) * channels), 255].slice(0, 4)
      canvas.set(rgba, ((y + Math.floor(i / w)) * width + x + (i % w)) * 4)
    }
    pictures.push({ data: canvas.slice(), seconds: control.getUint16(20) / control.getUint16(22) })
    areas.push(w * h)
    control = undefined
  }
  const animation = chunks.find(({ name }) => name === 'acTL')
  requireThat(animation?.body.getUint32(0) === pictures.length && animation.body.getUint32(4) === 0, 'acTL')
  return { width, height, pictures, areas, hasAlpha: channels === 4 }
}
