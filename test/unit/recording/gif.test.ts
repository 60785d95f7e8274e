import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Frame } from '../../../src/env/types.js'
import { GifEncoder } from '../../../src/recording/index.js'
import { caught } from '../io/support.js'
import { expectShows, secondsOf } from './decoded.js'
import { decodeGif } from './decodeGif.js'
import { anyVideo, cartFrames, filled, gradient, withBox } from './frames.js'

const roundTrip = (frames: readonly Frame[], fps: number) => {
  const encoder = new GifEncoder({ fps })
  for (const frame of frames) encoder.add(frame)
  return decodeGif(encoder.finish())
}

describe('a GIF', () => {
  it('shows every frame of up to 256 colours, pixel by pixel, at its time', () => {
    fc.assert(
      fc.property(anyVideo([255]), fc.constantFrom(1, 10, 12.5, 29.97, 50), (frames, fps) => {
        expectShows(roundTrip(frames, fps), fps, frames)
      }),
    )
  })

  it('stays exact in a picture the size of a game, with a long code table', () => {
    const frames = cartFrames(20, 300, 200)
    expectShows(roundTrip(frames, 25), 25, frames)
  })

  it('keeps exactly 256 colours', () => {
    const frame = filled(16, 16)
    for (let i = 0; i < 256; i++) frame.data.set([i, 255 - i, 3, 255], i * 4)
    expectShows(roundTrip([frame], 25), 25, [frame])
  })

  it('comes near to more than 256 colours', () => {
    const frame = gradient(64, 64)
    const [shown] = roundTrip([frame], 25).pictures
    // 256 colours over a square of red and green: each stands for 16 x 16 levels, so a pixel is 4 levels away on average in either
    // channel. Twice that is allowed for an imperfect choice.
    const distance = frame.data.reduce((sum, value, i) => sum + Math.abs(value - (shown?.data[i] ?? 0)), 0)
    expect(distance / (64 * 64 * 2)).toBeLessThanOrEqual(8)
  })

  it('lays transparent pixels on white', () => {
    const clear = withBox(filled(4, 4, [9, 9, 9, 0]), 0, 0, 2, 2, [100, 0, 0, 51])
    // 51 / 255 = 1/5 of the colour and 4/5 of white.
    const expected = withBox(filled(4, 4), 0, 0, 2, 2, [224, 204, 204, 255])
    expectShows(roundTrip([clear], 25), 25, [expected])
  })

  it('lasts as long as its frames: hundredths of a second are rounded, their sum is not', () => {
    expect(secondsOf(roundTrip(cartFrames(300, 12, 8), 30))).toBeCloseTo(10, 10)
  })

  it('plays a fast video at its true speed, as viewers show 1/100 s for 1/10 s: frames are left out, the last is not', () => {
    const frames = Array.from({ length: 101 }, (_, i) => filled(3, 2, [i, 0, 0, 255]))
    const decoded = roundTrip(frames, 100)
    expect(Math.min(...decoded.pictures.map(({ seconds }) => seconds))).toBe(0.02)
    expect(secondsOf(decoded)).toBeCloseTo(1.02, 10)
    expect(decoded.pictures.at(-1)?.data).toEqual(frames.at(-1)?.data)
  })

  it('refuses frames of another size and an empty video', () => {
    const encoder = new GifEncoder({ fps: 30 })
    encoder.add(filled(4, 4))
    expect(caught(() => encoder.add(filled(5, 4))).code).toBe('recording/frame-size')
    expect(caught(() => new GifEncoder({ fps: 30 }).finish()).code).toBe('recording/empty')
  })
})
