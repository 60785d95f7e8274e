import { describe, expect, expectTypeOf, it } from 'vitest'
import { PendulumEnv } from '../../../envs/classic-control/index.js'
import { make, wrap } from '../../../src/env/index.js'
import { Box, type Discrete } from '../../../src/spaces/index.js'
import { named, transformObservation } from '../../../src/wrappers/index.js'
import { errorCode } from './errorCode.js'

const start = { options: { state: [0, 4] } }

describe('transformObservation', () => {
  it('shows what the function returns, in the space given', () => {
    const observationSpace = new Box({ low: 0, high: 8, shape: [1], dtype: 'float64' })
    const speed = (seen: Float32Array) => Float64Array.of(Math.abs(seen[2]))
    const env = wrap(new PendulumEnv(), transformObservation({ transform: speed, observationSpace }))
    expectTypeOf(env.observationSpace).toEqualTypeOf<Box<'float64'>>()
    expectTypeOf(env.actionSpace).toEqualTypeOf<Box>()
    expect(env.observationSpace).toBe(observationSpace)
    expect(env.reset(start).observation).toEqual(Float64Array.of(4))
    expect(env.step(Float32Array.of(0)).observation[0]).toBeLessThan(8)
  })

  it('stays in its space without another', () => {
    const inner = new PendulumEnv()
    const env = wrap(inner, transformObservation({ transform: (seen: Float32Array) => seen.map((x) => -x) }))
    expectTypeOf(env.observationSpace).toEqualTypeOf<Box>()
    expect(env.observationSpace).toBe(inner.observationSpace)
    expect(env.reset(start).observation).toEqual(Float32Array.of(-1, -0, -4))
  })

  it('keeps the name of a named function in the spec, and says that a nameless one has none', async () => {
    const negate = named('test/negate', (seen: Float32Array) => seen.map((x) => -x))
    expect(wrap(new PendulumEnv(), transformObservation({ transform: negate })).spec.wrappers).toEqual([
      { name: 'TransformObservation', options: { transform: { function: 'test/negate' } } },
    ])
    const nameless = wrap(new PendulumEnv(), transformObservation({ transform: (seen: Float32Array) => seen })).spec
    expect(await errorCode(() => make(nameless))).toBe('wrapper/function')
  })

  it('refuses an observation outside the space at the reset', async () => {
    const env = wrap(new PendulumEnv(), transformObservation({ transform: (seen: Float32Array) => seen.map((x) => 100 * x) }))
    expect(await errorCode(() => env.reset(start))).toBe('env/wrapper-observation')
  })

  it('does not compile for observations of another type', () => {
    // @ts-expect-error observations of Pendulum are no numbers
    const build = () => wrap(new PendulumEnv(), transformObservation({ transform: (seen: number) => seen }))
    expectTypeOf(build().actionSpace).not.toEqualTypeOf<Discrete>()
    expect(build).toBeTypeOf('function')
  })
})
