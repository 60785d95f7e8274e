/** A decoder of animated GIFs, written from the GIF89a specification and not from the encoder. Refuses what is not valid. */
import type { Decoded, Shown } from './decoded.js'

/** LZW with codes of growing length, low bits first. */
const decompress = (data: Uint8Array, minimumBits: number, count: number): Uint8Array => {
  const clear = 1 << minimumBits
  const out = new Uint8Array(count)
  let words: number[][] = []
  let bits = 0
  let last: number[] | undefined
  let [at, bit, written] = [0, 0, 0]
  const restart = () => {
    words = Array.from({ length: clear + 2 }, (_, i) => [i])
    bits = minimumBits + 1
    last = undefined
  }
  const next = (): number => {
    let code = 0
    for (let i = 0; i < bits; i++) {
      if (at >= data.length) throw new Error('not a valid GIF: data end early')
      code |= (((data[at] ?? 0) >> bit) & 1) << i
      bit = (bit + 1) & 7
      if (bit === 0) at++
    }
    return code
  }
  restart()
  for (let code = next(); code !== clear + 1; code = next()) {
    if (code === clear) {
      restart()
      continue
    }
    const word: number[] = words[code] ?? (last === undefined ? [] : [...last, last[0] ?? 0])
    if (word.length === 0 || code > words.length) throw new Error('not a valid GIF: unknown code')
    if (last !== undefined && words.length < 4096) words.push([...last, word[0] ?? 0])
    if (words.length === 1 << bits && bits < 12) bits++
    if (written + word.length > count) throw new Error('not a valid GIF: too many pixels')
    out.set(word, written)
    written += word.length
    last = word
  }
  if (written !== count) throw new Error('not a valid GIF: too few pixels')
  return out
}

export const decodeGif = (file: Uint8Array): Decoded => {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const text = (at: number, length: number) => Buffer.from(file.subarray(at, at + length)).toString('latin1')
  if (text(0, 6) !== 'GIF89a') throw new Error('not a GIF')
  const width = view.getUint16(6, true)
  const height = view.getUint16(8, true)
  let at = 13
  const readTable = (packed: number): Uint8Array => {
    const bytes = 3 << ((packed & 7) + 1)
    at += bytes
    return file.subarray(at - bytes, at)
  }
  const globalTable = (view.getUint8(10) & 0x80) > 0 ? readTable(view.getUint8(10)) : undefined
  const readBlocks = (): Uint8Array => {
    const blocks: Uint8Array[] = []
    for (let length = view.getUint8(at++); length > 0; length = view.getUint8(at++)) {
      blocks.push(file.subarray(at, at + length))
      at += length
    }
    return Buffer.concat(blocks)
  }
  const canvas = new Uint8ClampedArray(width * height * 4)
  const pictures: Shown[] = []
  let seconds = 0
  for (let separator = view.getUint8(at++); separator !== 0x3b; separator = view.getUint8(at++)) {
    if (separator === 0x21) {
      const label = view.getUint8(at++)
      const blocks = readBlocks()
      if (label !== 0xf9) continue
      if (((blocks[0] ?? 0) & 0x1d) !== 0x04) throw new Error('only opaque pictures that stay are read here')
      seconds = ((blocks[1] ?? 0) + (blocks[2] ?? 0) * 256) / 100
      continue
    }
    if (separator !== 0x2c) throw new Error('not a valid GIF: unknown block')
    const [x = 0, y = 0, w = 0, h = 0] = [0, 2, 4, 6].map((offset) => view.getUint16(at + offset, true))
    const packed = view.getUint8(at + 8)
    at += 9
    const table = (packed & 0x80) > 0 ? readTable(packed) : globalTable
    if (table === undefined || x + w > width || y + h > height) throw new Error('not a valid GIF: no colours, or outside')
    const minimumBits = view.getUint8(at++)
    decompress(readBlocks(), minimumBits, w * h).forEach((number, i) => {
      canvas.set([...table.subarray(number * 3, number * 3 + 3), 255], ((y + Math.floor(i / w)) * width + x + (i % w)) * 4)
    })
    pictures.push({ data: canvas.slice(), seconds })
  }
  if (at !== file.length) throw new Error('not a valid GIF: bytes after the end')
  return { width, height, pictures }
}
