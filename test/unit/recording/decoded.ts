/** What a decoder gives back, as a viewer would show it. */
import { expect } from 'vitest'
import type { Frame } from '../../../src/env/types.js'

/** One picture and how long it stands. */
export interface Shown {
  readonly data: Uint8ClampedArray
  readonly seconds: number
}

export interface Decoded {
  readonly width: number
  readonly height: number
  readonly pictures: readonly Shown[]
}

/** The picture that a viewer shows at each frame's middle. */
const atRate = ({ width, height, pictures }: Decoded, fps: number, count: number): Frame[] => {
  let end = 0
  const ends = pictures.map(({ seconds }) => (end += seconds))
  return Array.from({ length: count }, (_, i) => {
    const at = ends.findIndex((until) => (i + 0.5) / fps < until)
    return { width, height, data: pictures.at(at)?.data ?? new Uint8ClampedArray() }
  })
}

export const secondsOf = ({ pictures }: Decoded): number => pictures.reduce((sum, { seconds }) => sum + seconds, 0)

/** The frames that a viewer shows are these, pixel by pixel. */
export const expectShows = (decoded: Decoded, fps: number, frames: readonly Frame[]): void => {
  const shown = atRate(decoded, fps, frames.length)
  const different = frames.findIndex(({ data }, i) => !Buffer.from(data).equals(Buffer.from(shown[i]?.data ?? [])))
  expect([decoded.width, decoded.height]).toEqual([frames[0]?.width, frames[0]?.height])
  expect(different === -1 ? undefined : { frame: different, ...shown[different] }).toBeUndefined()
}
