import { describe, expect, expectTypeOf, it } from 'vitest'
import { PendulumEnv } from '../../../envs/classic-control/index.js'
import { wrap } from '../../../src/env/index.js'
import { Box, Dict, Discrete, Sequence } from '../../../src/spaces/index.js'
import { flattenObservation } from '../../../src/wrappers/index.js'
import { errorCode } from './errorCode.js'
import { first, showing } from './shown.js'

describe('flattenObservation', () => {
  it('puts the parts in a row, a Discrete as one place a choice', () => {
    const space = new Dict({ position: new Box({ low: 0, high: 1, shape: [2] }), lives: new Discrete({ n: 3 }) })
    const env = wrap(showing(space, { position: Float32Array.of(0.25, 0.5), lives: 1 }), flattenObservation())
    expect(first(env)).toEqual(Float32Array.of(0.25, 0.5, 0, 1, 0))
    expect(env.observationSpace.equals(new Box({ low: 0, high: 1, shape: [5] }))).toBe(true)
  })

  it('keeps the element type of a Box, with one axis', () => {
    const image = new Box({ low: 0, high: 255, shape: [2, 2], dtype: 'uint8' })
    const env = wrap(showing(image, Uint8Array.of(1, 2, 3, 4)), flattenObservation())
    expectTypeOf(env.observationSpace).toEqualTypeOf<Box<'uint8'>>()
    expect(env.observationSpace.shape).toEqual([4])
    expect(first(env)).toEqual(Uint8Array.of(1, 2, 3, 4))
  })

  it('refuses values without a fixed length', async () => {
    const spikes = showing(new Sequence({ space: new Discrete({ n: 8 }) }), [1])
    expect(await errorCode(() => wrap(spikes, flattenObservation()))).toBe('env/wrapper-space')
    expect(await errorCode(() => wrap(new PendulumEnv(), flattenObservation()))).toBeUndefined()
  })
})
