/** Pictures as programs outside hand them over, as frames. */
import type { Frame } from './types.js'

/**
 * RGB bytes, row by row from the top, as an opaque frame.
 * @param rgb width * height * 3 bytes
 */
export const rgbFrame = (width: number, height: number, rgb: ArrayLike<number>): Frame => {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let from = 0, to = 0; to < data.length; from += 3, to += 4) {
    data[to] = rgb[from]
    data[to + 1] = rgb[from + 1]
    data[to + 2] = rgb[from + 2]
    data[to + 3] = 255
  }
  return { width, height, data }
}
