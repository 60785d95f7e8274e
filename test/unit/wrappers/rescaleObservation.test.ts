import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { CartPoleEnv, PendulumEnv } from '../../../envs/classic-control/index.js'
import { make, wrap, type EnvSpec } from '../../../src/env/index.js'
import { Box } from '../../../src/spaces/index.js'
import { rescaleObservation } from '../../../src/wrappers/index.js'
import { affineMap } from '../../../src/wrappers/affine.js'
import { errorCode } from './errorCode.js'
import { first, showing } from './shown.js'

describe('rescaleObservation', () => {
  it('takes old bounds to new ones by a straight line', () => {
    // The bounds of the example in Gymnasium's documentation of RescaleObservation.
    const env = wrap(new PendulumEnv(), rescaleObservation({ min: [-2, -1, -10], max: [1, 0, 1] }))
    expect(env.observationSpace.equals(new Box({ low: [-2, -1, -10], high: [1, 0, 1] }))).toBe(true)
    // 1 is the upper end; 0 the middle of -1 to 0; 4 is 12/16 of the way: -10 + 11 * 0.75
    expect(env.reset({ options: { state: [0, 4] } }).observation).toEqual(Float32Array.of(1, -0.5, -1.75))
  })

  it('makes floats of whole numbers', () => {
    const bytes = new Box({ low: 0, high: 255, shape: [2], dtype: 'uint8' })
    const env = wrap(showing(bytes, Uint8Array.of(0, 51)), rescaleObservation({ min: 0, max: 1 }))
    expectTypeOf(env.observationSpace).toEqualTypeOf<Box>()
    expect(first(env)).toEqual(Float32Array.of(0, 0.2))
  })

  it('leaves unbounded elements alone, shifts half-bounded ones, and is rebuilt with infinite bounds', async () => {
    const max = [1, Infinity, 1, Infinity]
    const { spec } = wrap(new CartPoleEnv(), rescaleObservation({ min: max.map((x) => -x), max }))
    const read: EnvSpec = JSON.parse(JSON.stringify(spec))
    const env = await make(read)
    const state = [2.4, 7, 0, -7]
    expect((await env.reset({ options: { state } })).observation).toEqual(Float32Array.of(0.5, 7, 0, -7))
    const half = new Box({ low: [0, -Infinity], high: [Infinity, 5] })
    const shifted = wrap(showing(half, Float32Array.of(2, 3)), rescaleObservation({ min: [10, -Infinity], max: [Infinity, 0] }))
    expect(first(shifted)).toEqual(Float32Array.of(12, -2))
    expect(await errorCode(() => wrap(new CartPoleEnv(), rescaleObservation({ min: 0, max: 1 })))).toBe('env/wrapper-space')
    expect(await errorCode(() => rescaleObservation({ min: NaN, max: 1 }))).toBe('parameter/invalid')
  })

  it('never leaves the new bounds', () => {
    const bound = fc.float({ min: -1000, max: 1000, noNaN: true })
    fc.assert(
      fc.property(bound, bound, bound, bound, fc.float({ min: 0, max: 1, noNaN: true }), (a, b, c, d, part) => {
        const from = { low: [Math.min(a, b)], high: [Math.max(a, b)] }
        const to = { low: Float32Array.of(Math.min(c, d)), high: Float32Array.of(Math.max(c, d)) }
        const out = new Float32Array(1)
        affineMap(from, to)([from.low[0] * (1 - part) + from.high[0] * part], out)
        expect(out[0]).toBeGreaterThanOrEqual(to.low[0])
        expect(out[0]).toBeLessThanOrEqual(to.high[0])
      }),
    )
  })
})
