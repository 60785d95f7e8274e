import { describe, expect, expectTypeOf, it } from 'vitest'
import { CartPoleEnv, MountainCarEnv } from '../../../envs/classic-control/index.js'
import { wrap } from '../../../src/env/index.js'
import { Box, MultiDiscrete, type Discrete } from '../../../src/spaces/index.js'
import { discretizeObservation } from '../../../src/wrappers/index.js'
import { errorCode } from './errorCode.js'
import { first, showing } from './shown.js'

const space = new Box({ low: [0, -1], high: [3, 1] })
const binsOf = (x: number, y: number) =>
  first(wrap(showing(space, Float32Array.of(x, y)), discretizeObservation({ bins: [3, 4], multidiscrete: true })))

describe('discretizeObservation', () => {
  it('gives a bin its lower edge, and the last one both', () => {
    // Edges 1, 2 and -0.5, 0, 0.5
    expect(binsOf(0, -1)).toEqual(Int32Array.of(0, 0))
    expect(binsOf(0.99, -0.51)).toEqual(Int32Array.of(0, 0))
    expect(binsOf(1, -0.5)).toEqual(Int32Array.of(1, 1))
    expect(binsOf(1.99, 0.25)).toEqual(Int32Array.of(1, 2))
    expect(binsOf(3, 1)).toEqual(Int32Array.of(2, 3))
  })

  it('finds the edges of a Box of float32 as Gymnasium does, in float32', () => {
    // gymnasium 1.4.0: DiscretizeObservation(env, 10) of Box(low, low + 1, (1,), np.float32), observing low + k / 10 for k from 0 to 10
    const binsAt = (low: number) =>
      Array.from({ length: 11 }, (_, k) => {
        const place = new Box({ low, high: low + 1, shape: [1] })
        const value = Float32Array.of(low + k / 10)
        return first(wrap(showing(place, value), discretizeObservation({ bins: 10 })))
      })
    expect(binsAt(0)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 9])
    expect(binsAt(-0.3)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9])
  })

  it('numbers the states in row-major order', () => {
    const env = wrap(showing(space, Float32Array.of(2.5, -0.25)), discretizeObservation({ bins: [3, 4] }))
    expectTypeOf(env.observationSpace).toEqualTypeOf<Discrete>()
    expect(env.observationSpace.n).toBe(12)
    expect(first(env)).toBe(2 * 4 + 1)
    expect(env.reusesBuffers).toBe(false)
  })

  it('keeps the shape where each element has its own bin', () => {
    const image = new Box({ low: 0, high: 255, shape: [1, 2], dtype: 'uint8' })
    const env = wrap(showing(image, Uint8Array.of(100, 200)), discretizeObservation({ bins: 2, multidiscrete: true }))
    expectTypeOf(env.observationSpace).toEqualTypeOf<MultiDiscrete>()
    expect(env.observationSpace.equals(new MultiDiscrete({ nvec: [2, 2], shape: [1, 2] }))).toBe(true)
    expect(first(env)).toEqual(Int32Array.of(0, 1))
  })

  it('refuses infinite bounds, and bins that do not fit the elements', async () => {
    expect(await errorCode(() => wrap(new CartPoleEnv(), discretizeObservation({ bins: 4 })))).toBe('env/wrapper-space')
    expect(await errorCode(() => wrap(new MountainCarEnv(), discretizeObservation({ bins: [4] })))).toBe('env/wrapper-space')
    expect(await errorCode(() => discretizeObservation({ bins: NaN }))).toBe('parameter/invalid')
    expect(await errorCode(() => wrap(new MountainCarEnv(), discretizeObservation({ bins: [1e10, 1e10] })))).toBe('space/discrete')
  })
})
