/** The container of a PNG: chunks of length, name, content and checksum (PNG specification, sections 5 and Annex D). */

/** The eight bytes every PNG starts with. */
export const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** CRC-32 of every single byte, polynomial 0xEDB88320. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1
  return crc
})

const crc32 = (bytes: Uint8Array): number => {
  let crc = 0xffffffff
  for (const byte of bytes) crc = table[(crc ^ byte) & 0xff] ^ (crc >>> 8)
  return ~crc
}

/**
 * One chunk.
 * @param name four letters
 * @param parts its content, in order
 */
export const pngChunk = (name: string, ...parts: readonly Uint8Array[]): Uint8Array => {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const chunk = new Uint8Array(length + 12)
  const view = new DataView(chunk.buffer)
  view.setUint32(0, length)
  for (let i = 0; i < 4; i++) chunk[4 + i] = name.charCodeAt(i)
  let at = 8
  for (const part of parts) {
    chunk.set(part, at)
    at += part.length
  }
  view.setInt32(at, crc32(chunk.subarray(4, at)))
  return chunk
}

/** Numbers as the bytes of a chunk, big end first. */
export const uint32 = (...values: readonly number[]): Uint8Array => {
  const view = new DataView(new ArrayBuffer(values.length * 4))
  values.forEach((value, i) => view.setUint32(i * 4, value))
  return new Uint8Array(view.buffer)
}

/** As {@link uint32}, two bytes each. */
export const uint16 = (...values: readonly number[]): Uint8Array => {
  const view = new DataView(new ArrayBuffer(values.length * 2))
  values.forEach((value, i) => view.setUint16(i * 2, value))
  return new Uint8Array(view.buffer)
}

/** Pieces in one array. */
export const concatenate = (pieces: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
