/** What a reset or step of a Python environment tells: seeds, options, infos. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PythonEnv } from '../../../envs/python/index.js'
import { Rng } from '../../../src/rng.js'
import { broken, mirror } from './fixture.js'

describe('a reset', () => {
  let env: PythonEnv
  beforeAll(async () => {
    env = await mirror()
  })
  afterAll(() => env.close())

  it.each([0, 7, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1])('gives Gymnasium the very seed %d as a whole number, and reports it', async (seed) => {
    const { info } = await env.reset({ seed })
    expect(info).toEqual({ seed, python: { seed: String(seed), options: null, type: 'int' } })
  })

  it('without a seed draws one, which Gymnasium is given too', async () => {
    await env.reset({ seed: 3 })
    const { info, observation } = await env.reset()
    expect(info.python['seed']).toBe(String(info.seed))
    expect((await env.reset({ seed: info.seed })).observation).toEqual(observation)
  })

  it('passes options on as plain JSON: whole numbers stay whole', async () => {
    const options = { low: 0.5, many: 2 ** 40, list: [1, 'a', null, true], inside: { x: -3 } }
    const { info } = await env.reset({ seed: 1, options })
    expect(info.python['options']).toEqual(options)
  })

  it('refuses options that are no JSON', async () => {
    await expect(env.reset({ options: { draw: () => 1 } })).rejects.toMatchObject({ code: 'parameter/invalid' })
  })
})

describe('an info', () => {
  it('is plain JSON under its own name, and names what could not be kept', async () => {
    await using env = await mirror()
    await env.reset({ seed: 1 })
    const { info } = await env.step(env.actionSpace.sample(Rng.fromSeed(1)))
    expect(info).toEqual({
      python: { member: true, odd: [0.5, null], large: 2 ** 40, mask: [0, 1, 2], seed: 'own', endReason: 'own' },
      leftOut: ['odd[1] (nan)', 'big (a whole number beyond 2^53)', 'picture (an array of 160000 elements)', 'thing (object)'],
    })
  })
})

describe('an odd info', () => {
  it('arrives all the same, with the beginning of what was left out', async () => {
    await using env = await broken('odd info')
    await env.reset({ seed: 1 })
    await env.step(0)
    const { info } = await env.step(0)
    expect(info.python['a?']).toBe('b?')
    expect(info.leftOut?.length).toBe(1001)
    expect(info.leftOut?.at(-1)).toContain('too many')
  })
})

describe('an end', () => {
  it('that Gymnasium calls terminated and truncated is terminated, and says that it was both', async () => {
    await using env = await broken('both')
    await env.reset({ seed: 1 })
    await env.step(0)
    const { terminated, truncated, info } = await env.step(0)
    expect({ terminated, truncated, info }).toEqual({
      terminated: true,
      truncated: false,
      info: { python: {}, alsoTruncated: true, endReason: 'lost' },
    })
    await expect(env.step(0)).rejects.toMatchObject({ code: 'env/over' })
  })

  it('has the reason that the user vouches for', async () => {
    await using env = await broken('both', { endReason: 'goal' })
    await env.reset({ seed: 1 })
    await env.step(0)
    expect((await env.step(0)).info.endReason).toBe('goal')
  })

  it('by the limit of the settings is a time limit', async () => {
    await using env = await mirror({}, { maxEpisodeSteps: 2 })
    expect(env.spec.maxEpisodeSteps).toBe(2)
    await env.reset({ seed: 1 })
    const action = env.actionSpace.sample(Rng.fromSeed(1))
    expect((await env.step(action)).truncated).toBe(false)
    const { terminated, truncated, info } = await env.step(action)
    expect([terminated, truncated, info.endReason]).toEqual([false, true, 'timeLimit'])
  })
})
