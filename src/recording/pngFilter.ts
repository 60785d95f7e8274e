/**
 * The rows of a PNG before compression: each row starts with the number of its filter and holds differences (PNG specification,
 * section 9). The filter of a row is the one with the smallest sum of absolute differences (section 12.7).
 */
import type { Rectangle } from './changedRectangle.js'

const NONE = 0
const LEFT = 1
const UP = 2

/** Bytes a pixel: RGB or RGBA. */
export type Channels = 3 | 4

/** How far a byte, read as a signed difference, lies from zero. */
const size = (difference: number): number => Math.abs((difference << 24) >> 24)

/** The filter for a row; `above` is undefined for the first. */
const choose = (row: Uint8Array, above: Uint8Array | undefined, channels: Channels): number => {
  let none = 0
  let left = 0
  let up = above === undefined ? Infinity : 0
  for (let i = 0; i < row.length; i++) {
    none += size(row[i])
    left += size(row[i] - (i < channels ? 0 : row[i - channels]))
    if (above !== undefined) up += size(row[i] - above[i])
  }
  if (up <= left && up <= none) return UP
  return left < none ? LEFT : NONE
}

/**
 * The filtered rows of a part of a picture.
 * @param rgba the whole picture
 * @param pictureWidth in pixels
 * @param channels 3 leaves alpha out
 * @returns area.height rows of 1 + area.width * channels bytes
 */
export const filterRows = (rgba: Uint8Array, pictureWidth: number, area: Rectangle, channels: Channels): Uint8Array => {
  const rowBytes = area.width * channels
  const rows = new Uint8Array(area.height * (rowBytes + 1))
  let row: Uint8Array = new Uint8Array(rowBytes)
  let above: Uint8Array | undefined
  for (let y = 0; y < area.height; y++) {
    let from = ((area.y + y) * pictureWidth + area.x) * 4
    for (let to = 0; to < rowBytes; to += channels, from += 4) {
      for (let c = 0; c < channels; c++) row[to + c] = rgba[from + c]
    }
    const filter = choose(row, above, channels)
    const start = y * (rowBytes + 1)
    rows[start] = filter
    for (let i = 0; i < rowBytes; i++) {
      const before = filter === LEFT ? (i < channels ? 0 : row[i - channels]) : filter === UP && above !== undefined ? above[i] : 0
      rows[start + 1 + i] = row[i] - before
    }
    const free = above ?? new Uint8Array(rowBytes)
    above = row
    row = free
  }
  return rows
}

/**
 * Filtered RGB rows as filtered RGBA rows, alpha 255. A filter treats every channel by itself, so the colours stay as they are, and
 * alpha, the same everywhere, is 255 where nothing precedes it and a difference of 0 elsewhere.
 */
export const withOpaqueAlpha = (rows: Uint8Array, { width, height }: Rectangle): Uint8Array => {
  const wider = new Uint8Array(height * (width * 4 + 1))
  let from = 0
  let to = 0
  for (let y = 0; y < height; y++) {
    const filter = rows[from++]
    wider[to++] = filter
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) wider[to++] = rows[from++]
      // The first row never has UP.
      const precedes = filter === UP || (filter === LEFT && x > 0)
      wider[to++] = precedes ? 0 : 255
    }
  }
  return wider
}
