/** Gymnasium's spaces become ours, and values cross the bridge unchanged. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PythonEnv } from '../../../envs/python/index.js'
import { Rng } from '../../../src/rng.js'
import { Box, Dict, Discrete, MultiBinary, MultiDiscrete, OneOf, Sequence, Text, Tuple, type Space } from '../../../src/spaces/index.js'
import { mirror } from './fixture.js'

/** What EVERYTHING of test/fixtures/python-env/bl1_test_envs.py is here. */
const expected: Readonly<Record<string, Space>> = {
  float32: new Box({ low: -1, high: 1, shape: [2, 3] }),
  float64: new Box({ low: -1, high: 1, shape: [2], dtype: 'float64' }),
  uint8: new Box({ low: 0, high: 255, shape: [2, 2, 3], dtype: 'uint8' }),
  int16: new Box({ low: -300, high: 300, shape: [2], dtype: 'int16' }),
  // Cut to what 32 bits hold.
  int64: new Box({ low: -5, high: 2 ** 31 - 1, shape: [2], dtype: 'int32' }),
  bool: new Box({ low: 0, high: 1, shape: [3], dtype: 'uint8' }),
  scalar: new Box({ low: 0, high: 1, shape: [] }),
  bounds: new Box({ low: [-Infinity, 0], high: [0, Infinity] }),
  discrete: new Discrete({ n: 3, start: -1 }),
  wide: new Discrete({ n: 2 ** 32, start: 2 ** 40 }),
  multiDiscrete: new MultiDiscrete({ nvec: [2, 3, 4, 5], shape: [2, 2], start: [0, -1, 2, 0] }),
  multiBinary: new MultiBinary({ shape: [2, 3] }),
  text: new Text({ minLength: 0, maxLength: 4, charset: 'abé😀' }),
  '10': new Discrete({ n: 10 }),
  '2': new Discrete({ n: 2 }),
  tuple: new Tuple([new Discrete({ n: 2 }), new Box({ low: 0, high: 1, shape: [2], dtype: 'float64' })]),
  dict: new Dict({ inside: new Text({ maxLength: 3, charset: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz' }) }),
  oneOf: new OneOf([new Discrete({ n: 3 }), new Box({ low: 0, high: 1, shape: [2] })]),
}

describe('the spaces of a Python environment', () => {
  let env: PythonEnv
  beforeAll(async () => {
    env = await mirror()
  })
  afterAll(() => env.close())

  it('are ours, with the bounds, lengths and names of Gymnasium', () => {
    const { actionSpace } = env
    if (!(actionSpace instanceof Dict)) throw new Error('no Dict')
    const { sequence, stacked, ...others } = actionSpace.spaces
    expect(Object.keys(others).sort()).toEqual(Object.keys(expected).sort())
    for (const [name, space] of Object.entries(expected)) {
      expect(JSON.stringify(others[name]), `the space '${name}'`).toBe(JSON.stringify(space))
    }
    expect(sequence).toBeInstanceOf(Sequence)
    expect(stacked).toBeInstanceOf(Sequence)
    expect(env.observationSpace.equals(actionSpace)).toBe(true)
  })

  it('carry every sample there and back unchanged, and Gymnasium finds each a member', async () => {
    const { observation } = await env.reset({ seed: 1 })
    expect(env.observationSpace.contains(observation)).toBe(true)
    const rng = Rng.fromSeed(5)
    for (let i = 0; i < 30; i++) {
      const action = env.actionSpace.sample(rng)
      const step = await env.step(action)
      expect(step.info.python['member']).toBe(true)
      // A float32 or float64 that changed in its last bit would not be equal.
      expect(step.observation).toEqual(action)
    }
  })

  it('keep empty sequences and texts, and float64 to the last bit', async () => {
    await env.reset({ seed: 1 })
    const some = env.actionSpace.sample(Rng.fromSeed(1))
    const float64 = Float64Array.of(0.1, -(2 ** -60))
    const action = { ...(some as object), sequence: [], stacked: [], text: '', float64 }
    const { observation, info } = await env.step(action)
    expect(info.python['member']).toBe(true)
    expect(observation).toEqual(action)
  })

  it('refuse an action that is no member before Python sees it', async () => {
    await env.reset({ seed: 1 })
    await expect(env.step({ float32: 1 })).rejects.toMatchObject({ code: 'env/action' })
  })
})
