import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Frame } from '../../../src/env/types.js'
import { ApngEncoder, GifEncoder, type ApngOptions } from '../../../src/recording/index.js'
import { callLoosely } from '../culture/cultures.js'
import { caught } from '../io/support.js'
import { expectShows, secondsOf } from './decoded.js'
import { decodeApng } from './decodeApng.js'
import { anyVideo, cartFrames, filled, gradient, withBox } from './frames.js'

const encode = (frames: Iterable<Frame>, options: ApngOptions) => {
  const encoder = new ApngEncoder(options)
  for (const frame of frames) encoder.add(frame)
  return encoder.finish()
}

const roundTrip = (frames: readonly Frame[], options: ApngOptions = { fps: 30 }) => decodeApng(encode(frames, options))

describe('an animated PNG', () => {
  it('shows every frame of any video, pixel by pixel, at its time', () => {
    fc.assert(
      fc.property(anyVideo([255, 255, 255, 128, 0]), fc.constantFrom(1, 12.5, 29.97, 30, 60, 99), (frames, fps) => {
        expectShows(roundTrip(frames, { fps }), fps, frames)
      }),
    )
  })

  it('keeps photographs exactly', () => {
    const frames = [gradient(40, 30), gradient(40, 30, 200)]
    expectShows(roundTrip(frames), 30, frames)
  })

  it('has no alpha where all is opaque, and gets it when the first transparent pixel comes', () => {
    const opaque = cartFrames(5)
    expect(roundTrip(opaque).hasAlpha).toBe(false)
    const later = [...opaque, withBox(filled(60, 40), 3, 3, 5, 5, [10, 20, 30, 40])]
    const decoded = roundTrip(later)
    expect(decoded.hasAlpha).toBe(true)
    expectShows(decoded, 30, later)
  })

  it('stores only the part that changed', () => {
    const before = filled(100, 80)
    const { areas } = roundTrip([before, withBox(before, 10, 20, 7, 5, [0, 0, 0, 255])])
    expect(areas).toEqual([8000, 35])
  })

  it('lengthens the delay of identical frames instead of storing them', () => {
    const [first, second] = [filled(9, 9), filled(9, 9, [0, 0, 0, 255])]
    const { pictures } = roundTrip([first, first, first, second, second], { fps: 10 })
    expect(pictures.map(({ seconds }) => seconds)).toEqual([0.3, 0.2])
  })

  it('splits a delay that is too long for the format', () => {
    // 16 bits at 500 ticks a second hold 131 s.
    const decoded = roundTrip(Array.from({ length: 70_000 }, () => filled(1, 1)), { fps: 500 })
    expect(decoded.pictures.length).toBe(2)
    expect(secondsOf(decoded)).toBe(140)
  })

  it('lasts as long as its frames at a rate that its clock does not divide', () => {
    // 1/29.97 s is no whole number of 1/600 s; the end is off by half of one at most, however long it is.
    expect(Math.abs(secondsOf(roundTrip(cartFrames(500, 12, 8), { fps: 29.97 })) - 500 / 29.97)).toBeLessThanOrEqual(0.5 / 600)
  })

  it('plays a fast video at its true speed, as browsers show 10 ms for 100 ms: frames are left out, the last is not', () => {
    const frames = Array.from({ length: 101 }, (_, i) => filled(3, 2, [i, 0, 0, 255]))
    const decoded = roundTrip(frames, { fps: 100 })
    expect(Math.min(...decoded.pictures.map(({ seconds }) => seconds))).toBeGreaterThan(0.01)
    expect(secondsOf(decoded)).toBeCloseTo(1.02, 10)
    expect(decoded.pictures.at(-1)?.data).toEqual(frames.at(-1)?.data)
  })

  it('keeps every frame of a fast video on request', () => {
    const frames = Array.from({ length: 101 }, (_, i) => filled(3, 2, [i, 0, 0, 255]))
    expectShows(roundTrip(frames, { fps: 100, everyFrame: true }), 100, frames)
  })

  it('copies the frame, whose array an environment may write again', () => {
    const reused = filled(4, 4)
    const encoder = new ApngEncoder({ fps: 30 })
    encoder.add(reused)
    reused.data.fill(7)
    expect(decodeApng(encoder.finish()).pictures[0]?.data).toEqual(filled(4, 4).data)
  })

  it.each([0, -1, Number.NaN, Infinity, 0.001, 501])('refuses %d frames a second', (fps) => {
    expect(caught(() => new ApngEncoder({ fps })).code).toBe('parameter/invalid')
    expect(caught(() => new GifEncoder({ fps })).code).toBe('parameter/invalid')
  })

  it('refuses frames of another size, frames that are none, and an empty video', () => {
    const encoder = new ApngEncoder({ fps: 30 })
    encoder.add(filled(4, 4))
    expect(caught(() => encoder.add(filled(4, 5))).code).toBe('recording/frame-size')
    for (const side of [0, -1, 1.5, Number.NaN, 70_000]) {
      expect(caught(() => new ApngEncoder({ fps: 30 }).add({ width: side, height: 1, data: new Uint8ClampedArray(4) })).code).toBe('recording/frame')
    }
    // What render() returns without renderMode 'rgb_array', where no compiler looks.
    for (const shown of [undefined, 'text']) expect(caught(() => callLoosely(encoder, 'add', shown)).code).toBe('recording/frame')
    expect(caught(() => new ApngEncoder({ fps: 30 }).add({ width: 2, height: 2, data: new Uint8ClampedArray(12) })).code).toBe('recording/frame')
    expect(caught(() => new ApngEncoder({ fps: 30 }).finish()).code).toBe('recording/empty')
  })
})
