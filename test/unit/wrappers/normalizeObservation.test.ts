import { describe, expect, it } from 'vitest'
import { CartPoleEnv } from '../../../envs/classic-control/index.js'
import { find, isOver, wrap } from '../../../src/env/index.js'
import { Box, Discrete } from '../../../src/spaces/index.js'
import { normalizeObservation } from '../../../src/wrappers/index.js'
import { CountingEnv } from './countingEnv.js'
import { errorCode } from './errorCode.js'
import { showing } from './shown.js'

describe('normalizeObservation', () => {
  it('computes what Gymnasium computes', () => {
    // Gymnasium's documentation of NormalizeObservation: CartPole from reset(seed=123), action 1 to the end, and the last observation.
    const env = wrap(new CartPoleEnv(), normalizeObservation())
    env.reset({ options: { state: [0.01823519, -0.0446179, -0.02796401, -0.03156282] } })
    let step = env.step(1)
    while (!isOver(step)) step = env.step(1)
    const golden = [2.0059888, 1.5676788, -1.9944268, -1.6120394]
    // Its moments are float32 (2^-24 of numbers near 1, over ten steps), and so are the digits of the start: 5 digits agree.
    Array.from(step.observation).forEach((x, i) => expect(x).toBeCloseTo(golden[i], 5))
    expect(env.observationSpace.equals(new Box({ low: -Infinity, high: Infinity, shape: [4] }))).toBe(true)
  })

  it('shows its moments, which go on over episodes', () => {
    const env = wrap(new CountingEnv(2), normalizeObservation())
    for (let episode = 0; episode < 2; episode++) {
      env.reset()
      env.step(0)
      env.step(0)
    }
    const moments = find(env, normalizeObservation)
    expect(moments?.count).toBeCloseTo(6.0001, 9)
    // 0, 1, 2, 0, 1, 2 and 0.0001 of a 0: mean 6 / 6.0001; variance 2/3, as good as
    expect(moments?.mean[0]).toBeCloseTo(6 / 6.0001, 12)
    expect(moments?.variance[0]).toBeCloseTo(2 / 3, 4)
  })

  it('can be frozen, and its moments moved to another environment', () => {
    const training = wrap(new CountingEnv(), normalizeObservation())
    training.reset()
    training.step(0)
    const evaluation = wrap(new CountingEnv(), normalizeObservation({ update: false }))
    const [from, to] = [find(training, normalizeObservation), find(evaluation, normalizeObservation)]
    if (from === undefined || to === undefined) throw new Error('the wrapper was not found')
    from.update = false
    to.load?.(from.save?.() ?? null)
    expect(evaluation.reset().observation).toEqual(training.reset().observation)
    expect(evaluation.step(0).observation).toEqual(training.step(0).observation)
    expect(to.count).toBeCloseTo(2.0001, 9)
  })

  it('refuses other spaces, and a state of another size', async () => {
    const number = showing(new Discrete({ n: 2 }), 1)
    // @ts-expect-error a Discrete is no Box
    expect(await errorCode(() => wrap(number, normalizeObservation()))).toBe('env/wrapper-space')
    const small = find(wrap(new CountingEnv(), normalizeObservation()), normalizeObservation)
    const large = find(wrap(new CartPoleEnv(), normalizeObservation()), normalizeObservation)
    expect(await errorCode(() => small?.load?.(large?.save?.() ?? null))).toBe('env/state')
  })
})
