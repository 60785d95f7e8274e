/** What every video asks of a frame, and the one way transparent pixels become opaque. */
import type { Frame } from '../env/types.js'
import { Bl1Error } from '../errors.js'

/** Width and height in pixels. */
export interface FrameSize {
  readonly width: number
  readonly height: number
}

/** What both picture formats can hold in their 16 bits. */
const MAX_SIDE = 65_535

const isSide = (side: number): boolean => Number.isInteger(side) && side >= 1 && side <= MAX_SIDE

/**
 * Refuses what is not a frame, and a frame of another size than those before it.
 * @param size of the frames before; undefined for the first
 * @throws Bl1Error `recording/frame`, `recording/frame-size`
 */
export const requireFrame = (frame: Frame, size: FrameSize | undefined): void => {
  // What render() returns without the render mode is undefined or text.
  const { width, height, data }: Partial<Frame> = { ...frame }
  const bytes = data?.length ?? 0
  if (width === undefined || height === undefined || !isSide(width) || !isSide(height) || bytes !== width * height * 4) {
    throw new Bl1Error('recording/frame', { width: String(width), height: String(height), bytes, maxSide: MAX_SIDE })
  }
  if (size !== undefined && (size.width !== width || size.height !== height)) {
    throw new Bl1Error('recording/frame-size', { expected: `${size.width} x ${size.height}`, received: `${width} x ${height}` })
  }
}

/** Lays RGBA pixels onto white, in place: colour * alpha + 255 * (1 - alpha). */
export const layOnWhite = (rgba: Uint8Array): void => {
  for (let i = 0; i < rgba.length; i += 4) {
    const alpha = rgba[i + 3]
    if (alpha === 255) continue
    for (let c = i; c < i + 3; c++) rgba[c] = Math.round((rgba[c] * alpha) / 255 + 255 - alpha)
    rgba[i + 3] = 255
  }
}
