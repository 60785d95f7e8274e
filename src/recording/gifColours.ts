/** Colours of a GIF: at most 256 a picture. Exact where a picture has no more; otherwise the nearest of 256 chosen for it. */
import type { Palette } from 'gifenc'
import { gifenc } from './gifencLibrary.js'

/** A picture as numbers into a list of colours. */
export interface IndexedPicture {
  /** RGB, 0 to 255. */
  readonly palette: Palette
  /** One byte a pixel. */
  readonly index: Uint8Array
}

const MAX_COLOURS = 256

/** Undefined as soon as a 257th colour is met. */
const exactColours = (pixels: Uint32Array, rgba: Uint8Array): IndexedPicture | undefined => {
  const numbers = new Map<number, number>()
  const palette: Palette = []
  const index = new Uint8Array(pixels.length)
  let last = -1
  let number = 0
  for (let i = 0; i < pixels.length; i++) {
    const pixel = pixels[i]
    if (pixel !== last) {
      number = numbers.get(pixel) ?? palette.length
      if (number === palette.length) {
        if (number === MAX_COLOURS) return undefined
        numbers.set(pixel, number)
        palette.push([rgba[i * 4], rgba[i * 4 + 1], rgba[i * 4 + 2]])
      }
      last = pixel
    }
    index[i] = number
  }
  return { palette, index }
}

/** @param rgba opaque pixels, the first byte at the start of its buffer */
export const indexColours = (rgba: Uint8Array): IndexedPicture => {
  const exact = exactColours(new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4), rgba)
  if (exact !== undefined) return exact
  const palette = gifenc.quantize(rgba, MAX_COLOURS)
  return { palette, index: gifenc.applyPalette(rgba, palette) }
}
