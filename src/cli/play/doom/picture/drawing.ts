/** Boxes and pictures onto a frame, pixel by pixel: all that a film of panels and dots needs beside lettering. */
import type { Color, Frame } from '../../../../env/index.js'

/** A part of a picture, whole pixels from the top left corner. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** `#rrggbb` as numbers. */
export const colourOf = (hex: string): Color => {
  const part = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16)
  return [part(1), part(3), part(5)]
}

/** Lays a colour over a pixel; `share` 1 covers it. */
export const blendPixel = ({ data }: Frame, at: number, [red, green, blue]: Color, share: number): void => {
  data[at] += (red - data[at]) * share
  data[at + 1] += (green - data[at + 1]) * share
  data[at + 2] += (blue - data[at + 2]) * share
}

/** Fills a box, cut off at the edges of the frame. */
export const fillBox = (frame: Frame, { x, y, width, height }: Box, colour: Color, share = 1): void => {
  const right = Math.min(frame.width, x + width)
  const bottom = Math.min(frame.height, y + height)
  for (let row = Math.max(0, y); row < bottom; row++) {
    for (let column = Math.max(0, x); column < right; column++) blendPixel(frame, (row * frame.width + column) * 4, colour, share)
  }
}

/** A line of one pixel just inside the edge of a box. */
export const strokeBox = (frame: Frame, { x, y, width, height }: Box, colour: Color): void => {
  fillBox(frame, { x, y, width, height: 1 }, colour)
  fillBox(frame, { x, y: y + height - 1, width, height: 1 }, colour)
  fillBox(frame, { x, y, width: 1, height }, colour)
  fillBox(frame, { x: x + width - 1, y, width: 1, height }, colour)
}

/** The largest box of a picture's proportions in the middle of another. */
export const fitInto = (source: Pick<Frame, 'width' | 'height'>, box: Box): Box => {
  const scale = Math.min(box.width / source.width, box.height / source.height)
  const width = Math.round(source.width * scale)
  const height = Math.round(source.height * scale)
  return { x: box.x + ((box.width - width) >> 1), y: box.y + ((box.height - height) >> 1), width, height }
}

/** Bounds of the source pixels that each target pixel stands for, from and up to in turn: one when enlarged, several when reduced. */
const boundsOf = (size: number, sourceSize: number): Int32Array => {
  const bounds = new Int32Array(2 * size)
  for (let i = 0; i < size; i++) {
    bounds[2 * i] = Math.floor((i * sourceSize) / size)
    bounds[2 * i + 1] = Math.max(bounds[2 * i] + 1, Math.floor(((i + 1) * sourceSize) / size))
  }
  return bounds
}

/** Draws an opaque picture into a box that lies inside the frame: scaled to fill it, whole pixels when enlarged, means when reduced. */
export const drawInto = (frame: Frame, { data, width: sourceWidth, height: sourceHeight }: Frame, { x: left, y: top, width, height }: Box): void => {
  const columns = boundsOf(width, sourceWidth)
  const rows = boundsOf(height, sourceHeight)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [red, green, blue, count] = [0, 0, 0, 0]
      for (let row = rows[2 * y]; row < rows[2 * y + 1]; row++) {
        for (let column = columns[2 * x]; column < columns[2 * x + 1]; column++) {
          const from = (row * sourceWidth + column) * 4
          red += data[from]
          green += data[from + 1]
          blue += data[from + 2]
          count++
        }
      }
      const to = ((top + y) * frame.width + left + x) * 4
      frame.data[to] = red / count
      frame.data[to + 1] = green / count
      frame.data[to + 2] = blue / count
    }
  }
}
