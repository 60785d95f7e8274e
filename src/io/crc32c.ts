/** CRC-32C (Castagnoli, RFC 3720 appendix B.4), the checksum in TensorBoard's event files. zlib has another polynomial. */

const POLYNOMIAL = 0x82f63b78
const MASK_DELTA = 0xa282ead8

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1
  return crc
})

/** The checksum of bytes, 0 to 2^32 - 1. */
export const crc32c = (bytes: Uint8Array): number => {
  let crc = 0xffffffff
  for (const byte of bytes) crc = table[(crc ^ byte) & 0xff] ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

/** The checksum as records carry it, so that bytes that hold checksums keep telling ones: rotated right by 15 bits, plus a constant. */
export const maskedCrc32c = (bytes: Uint8Array): number => {
  const crc = crc32c(bytes)
  return (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0
}
