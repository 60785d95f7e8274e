import { describe, expect, expectTypeOf, it } from 'vitest'
import { CartPoleEnv, PendulumEnv } from '../../../envs/classic-control/index.js'
import { wrap } from '../../../src/env/index.js'
import { Box, Dict, Discrete, Tuple } from '../../../src/spaces/index.js'
import { timeAwareObservation, timeLimit } from '../../../src/wrappers/index.js'
import { CountingEnv } from './countingEnv.js'
import { errorCode } from './errorCode.js'
import { first, showing } from './shown.js'

describe('timeAwareObservation', () => {
  it('puts the steps so far at the end of the array', () => {
    const env = wrap(new CartPoleEnv({}, { maxEpisodeSteps: 500 }), timeAwareObservation())
    expectTypeOf(env.observationSpace).toEqualTypeOf<Box<'float64'>>()
    const high = [4.8, Infinity, (24 * Math.PI) / 180, Infinity].map(Math.fround)
    expect(env.observationSpace.equals(new Box({ low: [...high.map((x) => -x), 0], high: [...high, 500], dtype: 'float64' }))).toBe(true)
    // Gymnasium's documentation of TimeAwareObservation: reset(seed=42), then action 0; digits as printed there.
    const seen = env.reset({ options: { state: [0.0273956, -0.00611216, 0.03585979, 0.0197368] } }).observation
    expect(seen[4]).toBe(0)
    const golden = [0.02727336, -0.20172954, 0.03625453, 0.32351476, 1]
    Array.from(env.step(0).observation).forEach((x, i) => expect(x).toBeCloseTo(golden[i], 6))
  })

  it('goes from 0 to 1 where it is normalised', () => {
    const env = wrap(new PendulumEnv({}, { maxEpisodeSteps: 4 }), timeAwareObservation({ normalize: true }))
    expectTypeOf(env.observationSpace).toEqualTypeOf<Box>()
    const times = [env.reset().observation[3], ...Array.from({ length: 4 }, () => env.step(Float32Array.of(0)).observation[3])]
    expect(times).toEqual([0, 0.25, 0.5, 0.75, 1])
    expect(env.reset().observation[3]).toBe(0)
  })

  it('makes a Dict, or adds a part to a Dict or Tuple, without flattening', () => {
    const boxed = wrap(new CountingEnv(), timeAwareObservation({ flatten: false, maxEpisodeSteps: 9 }))
    expectTypeOf(first(boxed).observation).toEqualTypeOf<Float32Array>()
    expectTypeOf(first(boxed).time).toEqualTypeOf<Int32Array>()
    expect(first(boxed)).toEqual({ observation: Float32Array.of(0, 10), time: Int32Array.of(0) })
    const lives = new Discrete({ n: 4 })
    const clock = timeAwareObservation({ flatten: false, timeKey: 'clock', maxEpisodeSteps: 9 })
    const named = wrap(showing(new Dict({ lives }), { lives: 3 }), clock)
    expectTypeOf(first(named).clock).toEqualTypeOf<Int32Array>()
    expect(named.observationSpace.equals(new Dict({ lives, clock: new Box({ low: 0, high: 9, shape: [1], dtype: 'int32' }) }))).toBe(true)
    expect(first(named)).toEqual({ lives: 3, clock: Int32Array.of(0) })
    const listed = wrap(showing(new Tuple([lives]), [3]), timeAwareObservation({ flatten: false, normalize: true, maxEpisodeSteps: 9 }))
    expectTypeOf(first(listed)).toEqualTypeOf<readonly [number, Float32Array]>()
    expect(first(listed)).toEqual([3, Float32Array.of(0)])
  })

  it('takes the shortest limit it knows, and stops at it', async () => {
    const limited = wrap(new CartPoleEnv({}, { maxEpisodeSteps: 20 }), timeLimit({ maxEpisodeSteps: 7 }))
    expect(wrap(limited, timeAwareObservation()).observationSpace.high[4]).toBe(7)
    const past = wrap(new CountingEnv(), timeAwareObservation({ maxEpisodeSteps: 2 }))
    past.reset()
    expect(Array.from({ length: 4 }, () => past.step(0).observation[2])).toEqual([1, 2, 2, 2])
    expect(await errorCode(() => wrap(new CountingEnv(), timeAwareObservation()))).toBe('env/wrapper-space')
  })
})
