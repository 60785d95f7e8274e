import { describe, expect, it } from 'vitest'
import { toAsync, wrap } from '../../../src/env/index.js'
import { Box, Discrete } from '../../../src/spaces/index.js'
import { delayObservation, maxAndSkipObservation } from '../../../src/wrappers/index.js'
import { CountingEnv } from './countingEnv.js'
import { errorCode } from './errorCode.js'
import { showing } from './shown.js'

describe('maxAndSkipObservation', () => {
  it.each([false, true])('shows the larger of the last two observations of each step (buffers reused: %s)', (reusesBuffers) => {
    const env = wrap(new CountingEnv(6, reusesBuffers), maxAndSkipObservation())
    for (let episode = 0; episode < 2; episode++) {
      expect([...env.reset().observation]).toEqual([0, 10])
      const step = env.step(0)
      expect([[...step.observation], step.reward, step.terminated]).toEqual([[4, 7], 4, false]) // [3, 7] and [4, 6]
      const last = env.step(0)
      expect([[...last.observation], last.reward, last.terminated]).toEqual([[6, 5], 2, true]) // [5, 5] and [6, 4]
    }
  })

  it('shows the only observation where the first repetition ends the episode', async () => {
    const env = wrap(toAsync(new CountingEnv(4)), maxAndSkipObservation({ skip: 3 }))
    await env.reset()
    await env.step(0)
    const last = await env.step(0)
    expect([[...last.observation], last.reward, last.terminated]).toEqual([[4, 6], 1, true])
  })

  it('runs the wrappers inside once a repetition', () => {
    const env = wrap(wrap(new CountingEnv(), delayObservation({ steps: 1 })), maxAndSkipObservation({ skip: 2 }))
    env.reset()
    expect(env.step(0).observation).toEqual(Float32Array.of(1, 10)) // [0, 10] and [1, 9]
  })

  it('forgets a step that failed', async () => {
    const env = wrap(new CountingEnv(), maxAndSkipObservation({ skip: 2 }))
    env.reset()
    expect(await errorCode(() => env.step(5))).toBe('env/action')
    expect(env.reset().observation).toEqual(Float32Array.of(0, 10))
  })

  it('begins anew after a repetition that an error broke off', () => {
    class Stumbling extends CountingEnv {
      #calls = 0
      protected override onStep() {
        if (++this.#calls === 2) throw new RangeError('stumbled')
        return super.onStep()
      }
    }
    const env = wrap(new Stumbling(), maxAndSkipObservation({ skip: 2 }))
    env.reset()
    expect(() => env.step(0)).toThrow('stumbled')
    const { observation, reward } = env.step(0)
    expect([[...observation], reward]).toEqual([[3, 8], 2]) // [2, 8] and [3, 7]
  })

  it('refuses what is no Box', async () => {
    const number = showing(new Discrete({ n: 2 }), 1)
    // @ts-expect-error a Discrete is no Box
    expect(await errorCode(() => wrap(number, maxAndSkipObservation()))).toBe('env/wrapper-space')
    expect(await errorCode(() => wrap(showing(new Box({ low: 0, high: 1 }), Float32Array.of(1)), maxAndSkipObservation()))).toBeUndefined()
  })
})
