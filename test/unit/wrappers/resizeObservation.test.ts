import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PendulumEnv } from '../../../envs/classic-control/index.js'
import { wrap } from '../../../src/env/index.js'
import { Box } from '../../../src/spaces/index.js'
import { resizeObservation } from '../../../src/wrappers/index.js'
import { resizer } from '../../../src/wrappers/resize.js'
import { errorCode } from './errorCode.js'
import { first, showing } from './shown.js'

const bytes = (...shape: number[]) => new Box({ low: 0, high: 255, shape, dtype: 'uint8' })

describe('resizeObservation', () => {
  it('averages the area that a new pixel covers, part pixels in part', () => {
    const halved = wrap(showing(bytes(2, 4), Uint8Array.of(0, 10, 100, 200, 20, 31, 100, 200)), resizeObservation({ height: 1, width: 2 }))
    expect(first(halved)).toEqual(Uint8Array.of(15, 150)) // 61 / 4 and 600 / 4
    // Three columns to two: (0 + 90 / 2) / 1.5 and (90 / 2 + 240) / 1.5
    const narrowed = wrap(showing(bytes(1, 3), Uint8Array.of(0, 90, 240)), resizeObservation({ height: 1, width: 2 }))
    expect(first(narrowed)).toEqual(Uint8Array.of(30, 190))
    // Growing: the new middle pixel covers half of each
    const grown = wrap(showing(bytes(1, 2), Uint8Array.of(0, 100)), resizeObservation({ height: 1, width: 3 }))
    expect(first(grown)).toEqual(Uint8Array.of(0, 50, 100))
  })

  it('keeps channels apart', () => {
    const env = wrap(showing(bytes(1, 2, 3), Uint8Array.of(0, 10, 20, 100, 110, 121)), resizeObservation({ height: 2, width: 1 }))
    expect(env.observationSpace.equals(bytes(2, 1, 3))).toBe(true)
    expect(first(env)).toEqual(Uint8Array.of(50, 60, 71, 50, 60, 71)) // 70.5 is rounded upwards
  })

  it('takes the pixel at the top left with nearest', () => {
    const env = wrap(showing(bytes(2, 3), Uint8Array.of(1, 2, 3, 4, 5, 6)), resizeObservation({ height: 3, width: 2, method: 'nearest' }))
    expect(first(env)).toEqual(Uint8Array.of(1, 2, 1, 2, 4, 5)) // columns floor(0), floor(1.5); rows floor(0), floor(2 / 3), floor(4 / 3)
  })

  it('does not round floats', () => {
    const floats = new Box({ low: 0, high: 1, shape: [1, 2] })
    const env = wrap(showing(floats, Float32Array.of(0, 0.5)), resizeObservation({ height: 1, width: 1 }))
    expect(first(env)).toEqual(Float32Array.of(0.25))
  })

  it('refuses what is no image', async () => {
    expect(await errorCode(() => wrap(new PendulumEnv(), resizeObservation({ height: 1, width: 1 })))).toBe('env/wrapper-space')
    const uneven = new Box({ low: 0, high: [1, 2], shape: [1, 2] })
    const unevenImage = showing(uneven, new Float32Array(2))
    expect(await errorCode(() => wrap(unevenImage, resizeObservation({ height: 1, width: 1 })))).toBe('env/wrapper-space')
  })
})

describe('resizer', () => {
  it('finds means halfway between two bytes exactly', () => {
    // Six pixels to five: (5 * 1 + 28) / 6 = 5.5; with weights rounded one by one it is 5.499999999999999.
    const resize = resizer({ fromHeight: 1, fromWidth: 6, height: 1, width: 5, channels: 1 }, 'area')
    expect(resize([1, 28, 0, 0, 0, 0])[0]).toBe(5.5)
  })

  it('keeps the mean of an image, and a flat image flat', () => {
    const side = fc.integer({ min: 1, max: 9 })
    fc.assert(
      fc.property(side, side, side, side, fc.integer({ min: 0, max: 255 }), (fromHeight, fromWidth, height, width, grey) => {
        const resize = resizer({ fromHeight, fromWidth, height, width, channels: 1 }, 'area')
        const ramp = Array.from({ length: fromHeight * fromWidth }, (_, i) => (i * 37) % 256)
        const mean = (image: ArrayLike<number>): number => Array.from(image).reduce((sum, x) => sum + x, 0) / image.length
        // The sums of bytes are exact; what rounds is the division, by 2^-53 of a byte: far below 1e-9.
        expect(mean(resize(ramp))).toBeCloseTo(mean(ramp), 9)
        for (const pixel of resize(ramp.map(() => grey))) expect(pixel).toBeCloseTo(grey, 9)
      }),
    )
  })
})
