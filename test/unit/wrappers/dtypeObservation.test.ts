import { describe, expect, expectTypeOf, it } from 'vitest'
import { CartPoleEnv, PendulumEnv } from '../../../envs/classic-control/index.js'
import { wrap } from '../../../src/env/index.js'
import { Box, Discrete, MultiBinary, MultiDiscrete, Tuple } from '../../../src/spaces/index.js'
import { dtypeObservation } from '../../../src/wrappers/index.js'
import { errorCode } from './errorCode.js'
import { first, showing } from './shown.js'

describe('dtypeObservation', () => {
  it('converts numbers and bounds, cutting fractions off in integer types', () => {
    const space = new Box({ low: -2.5, high: 2.5, shape: [3] })
    const env = wrap(showing(space, Float32Array.of(-1.75, 0.5, 2.5)), dtypeObservation({ dtype: 'int16' }))
    expectTypeOf(env.observationSpace).toEqualTypeOf<Box<'int16'>>()
    expect(env.observationSpace.equals(new Box({ low: -2, high: 2, shape: [3], dtype: 'int16' }))).toBe(true)
    expect(first(env)).toEqual(Int16Array.of(-1, 0, 2))
  })

  it('makes Boxes of the other spaces of numbers', () => {
    const choice = wrap(showing(new Discrete({ n: 3, start: 5 }), 6), dtypeObservation({ dtype: 'float32' }))
    expect(choice.observationSpace.equals(new Box({ low: 5, high: 7 }))).toBe(true)
    expect(first(choice)).toEqual(Float32Array.of(6))
    const pads = wrap(showing(new MultiDiscrete({ nvec: [2, 4] }), Int32Array.of(1, 3)), dtypeObservation({ dtype: 'uint8' }))
    expect(pads.observationSpace.equals(new Box({ low: 0, high: [1, 3], dtype: 'uint8' }))).toBe(true)
    expect(first(pads)).toEqual(Uint8Array.of(1, 3))
    const bits = showing(new MultiBinary({ shape: 2 }), Uint8Array.of(0, 1))
    expect(first(wrap(bits, dtypeObservation({ dtype: 'float64' })))).toEqual(Float64Array.of(0, 1))
  })

  it('refuses bounds that the type cannot hold, and other spaces', async () => {
    expect(await errorCode(() => wrap(new PendulumEnv(), dtypeObservation({ dtype: 'uint8' })))).toBe('env/wrapper-space')
    expect(await errorCode(() => wrap(new CartPoleEnv(), dtypeObservation({ dtype: 'int32' })))).toBe('env/wrapper-space')
    const pair = showing(new Tuple([new Discrete({ n: 2 })]), [1])
    // @ts-expect-error a Tuple is no space of numbers
    expect(await errorCode(() => wrap(pair, dtypeObservation({ dtype: 'float32' })))).toBe('env/wrapper-space')
  })
})
