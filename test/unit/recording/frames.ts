/** Frames for the tests of this room. */
import fc from 'fast-check'
import type { Frame } from '../../../src/env/types.js'

export type Colour = readonly [red: number, green: number, blue: number, alpha: number]

const WHITE: Colour = [255, 255, 255, 255]

/** A picture of one colour. */
export const filled = (width: number, height: number, colour: Colour = WHITE): Frame => {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < data.length; i += 4) data.set(colour, i)
  return { width, height, data }
}

/** The same picture with a filled rectangle on it. */
export const withBox = (frame: Frame, x: number, y: number, width: number, height: number, colour: Colour): Frame => {
  const data = frame.data.slice()
  for (let row = y; row < Math.min(frame.height, y + height); row++) {
    for (let column = x; column < Math.min(frame.width, x + width); column++) data.set(colour, (row * frame.width + column) * 4)
  }
  return { ...frame, data }
}

/** A cart that swings from side to side over a track: what a game looks like. */
export const cartFrames = (count: number, width = 60, height = 40): Frame[] => {
  const track = withBox(filled(width, height), 0, Math.floor(height * 0.75), width, 1, [0, 0, 0, 255])
  return Array.from({ length: count }, (_, i) => {
    const x = Math.round((width / 2) * (1 + 0.6 * Math.sin(i / 9))) - Math.floor(width / 12)
    const cart = withBox(track, x, Math.floor(height * 0.65), Math.floor(width / 6), Math.floor(height / 8), [0, 0, 0, 255])
    return withBox(cart, x + Math.floor(width / 12), Math.floor(height * 0.2), 3, Math.floor(height * 0.5), [202, 152, 101, 255])
  })
}

/** A picture with a colour of its own in nearly every pixel. */
export const gradient = (width: number, height: number, blue = 0): Frame => {
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => {
    const pixel = i >> 2
    return [((pixel % width) * 255) / width, (Math.floor(pixel / width) * 255) / height, blue, 255][i & 3] ?? 0
  })
  return { width, height, data }
}

/** Short videos of small pictures with few colours, so that equal and nearly equal frames are frequent. */
export const anyVideo = (alphas: readonly number[]) => {
  const side = fc.integer({ min: 1, max: 9 })
  return fc.tuple(side, side).chain(([width, height]) => {
    const colour: fc.Arbitrary<Colour> = fc.tuple(fc.constantFrom(0, 200), fc.constantFrom(0, 77), fc.constant(9), fc.constantFrom(...alphas))
    const box = fc.record({ x: fc.nat(width - 1), y: fc.nat(height - 1), width: fc.nat(4), height: fc.nat(4), colour })
    return fc.array(fc.option(box), { minLength: 1, maxLength: 12 }).map((boxes) => {
      let last = filled(width, height)
      return boxes.map((next) => {
        if (next !== null) last = withBox(last, next.x, next.y, next.width, next.height, next.colour)
        return last
      })
    })
  })
}
