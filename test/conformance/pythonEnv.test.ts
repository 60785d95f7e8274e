/**
 * Gymnasium's own environments, played through the bridge, keep the contract, and play as Gymnasium does: the recorded episodes of
 * test/fixtures/classic-control (python/golden/classic_control.py says with which seeds), and this project's CartPole from the same start.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CartPoleEnv } from '../../envs/classic-control/index.js'
import { PythonEnv, type PythonEnvOptions } from '../../envs/python/index.js'
import { assertEnv, checkEnv, make } from '../../src/env/index.js'
import { Box, Discrete, Tuple } from '../../src/spaces/index.js'
import { AsyncVectorEnv } from '../../src/vector/index.js'

/** Each part of a check starts processes of its own. */
const LIMIT_MS = 240_000

/** What Gymnasium's definitions bring with them. */
const warnings: Readonly<Record<string, readonly string[]>> = {
  'Pendulum-v1': ['space/action-scale'],
}

// CartPole-v1 is checked as Python-v0 in registered.test.ts.
describe('the contract', () => {
  it.each([
    { id: 'FrozenLake-v1', observation: Discrete, action: Discrete },
    { id: 'Pendulum-v1', observation: Box, action: Box },
    { id: 'Blackjack-v1', observation: Tuple, action: Discrete },
  ])('is kept by $id', { timeout: LIMIT_MS }, async ({ id, observation, action }) => {
    const findings = await checkEnv(() => PythonEnv.create(id), { steps: 300 })
    expect(findings.filter(({ level }) => level === 'error')).toEqual([])
    expect(findings.map(({ rule }) => rule)).toEqual(warnings[id] ?? [])
    await using env = await PythonEnv.create(id)
    expect(env.observationSpace).toBeInstanceOf(observation)
    expect(env.actionSpace).toBeInstanceOf(action)
  })

  it('is kept through pipes, with a limit and with text', { timeout: LIMIT_MS }, async () => {
    const lake: PythonEnvOptions = { id: 'FrozenLake-v1', kwargs: { is_slippery: false }, renderMode: 'ansi' }
    await assertEnv(() => make('Python-v0', { ...lake, bridge: { transport: 'pipe' } }, { maxEpisodeSteps: 12 }), { steps: 100 })
  })
})

interface Recording {
  readonly episodes: readonly {
    readonly name: string
    readonly start: readonly number[]
    readonly first: readonly number[]
    readonly steps: readonly (readonly [action: number, state: number[], seen: number[], reward: number, terminated: 0 | 1])[]
  }[]
}

const recorded = (id: string): Recording['episodes'] => {
  const text = readFileSync(new URL(`../fixtures/classic-control/${id}.json`, import.meta.url), 'utf8')
  const recording: Recording = JSON.parse(text)
  return recording.episodes
}

/**
 * Up to one unit in the last place of a float32, and 1e-9 for what sines and cosines of two libraries may make of it (both as in
 * test/unit/classic-control/golden.test.ts; with the recording's NumPy every number is the same).
 */
const expectClose = (seen: unknown, expected: ArrayLike<number>, moment: string): void => {
  if (!(seen instanceof Float32Array)) throw new Error(`no Float32Array ${moment}`)
  expect(seen.length).toBe(expected.length)
  for (const [k, x] of seen.entries()) {
    const error = Math.abs(x - Math.fround(expected[k]))
    expect(error, `number ${k} ${moment}`).toBeLessThanOrEqual(2 ** -23 * Math.abs(x) + 1e-9)
  }
}

describe('recorded episodes', () => {
  // The seeds are those of python/golden/classic_control.py.
  it.each([
    { id: 'CartPole-v1', seeds: { balanced: 1, 'balanced again': 2, random: 3, 'to the right': 4, alternating: 5 } },
    { id: 'Pendulum-v1', seeds: { random: 1, 'swung round': 2 } },
  ])('of $id are played again', async ({ id, seeds }) => {
    await using env = await PythonEnv.create(id)
    const isBox = env.actionSpace instanceof Box
    const episodes = new Map(recorded(id).map((episode) => [episode.name, episode]))
    for (const [name, seed] of Object.entries(seeds)) {
      const episode = episodes.get(name)
      if (episode === undefined) throw new Error(`no recording '${name}'`)
      expectClose((await env.reset({ seed })).observation, episode.first, `of the reset of '${name}'`)
      for (const [action, , seen, reward, terminated] of episode.steps) {
        const step = await env.step(isBox ? Float32Array.of(action) : action)
        expectClose(step.observation, seen, `in '${name}'`)
        expect(Math.abs(step.reward - reward), `reward in '${name}'`).toBeLessThanOrEqual(1e-9)
        expect(step.terminated, `terminated in '${name}'`).toBe(terminated === 1)
      }
    }
  })
})

describe('CartPole', () => {
  it('is the one of this project, from the same start to the end', async () => {
    await using theirs = await PythonEnv.create('CartPole-v1')
    using ours = new CartPoleEnv()
    for (const at of [-0.04, 0, 0.03]) {
      const start = await theirs.reset({ seed: 1, options: { low: at, high: at } })
      expect(start.observation).toEqual(ours.reset({ options: { state: [at, at, at, at] } }).observation)
      let steps = 0
      for (let over = false; !over; steps++) {
        const action = steps % 3 === 0 ? 1 : 0
        const [a, b] = [await theirs.step(action), ours.step(action)]
        expectClose(a.observation, b.observation, `after step ${steps + 1} from ${at}`)
        expect([a.reward, a.terminated]).toEqual([b.reward, b.terminated])
        over = a.terminated
      }
      expect(steps).toBeGreaterThan(8)
    }
  })
})

describe('several at once', () => {
  it('step as each would alone', async () => {
    const seeds = [1, 2, 3, 4]
    const actions = (step: number): number[] => seeds.map((seed) => (seed + step) % 2)
    const envs = await Promise.all(seeds.map(() => PythonEnv.create('CartPole-v1')))
    await using vec = new AsyncVectorEnv(envs)
    const { infos } = await vec.reset({ seeds })
    expect(infos).toHaveLength(4)
    const together: unknown[] = []
    for (let step = 0; step < 6; step++) together.push((await vec.step(actions(step))).observations)
    await using alone = await PythonEnv.create('CartPole-v1')
    for (const [i, seed] of seeds.entries()) {
      await alone.reset({ seed })
      for (let step = 0; step < 6; step++) {
        const { observation } = await alone.step(actions(step)[i])
        const all = together[step]
        if (!(all instanceof Float32Array)) throw new Error('no Float32Array')
        expect(all.subarray(4 * i, 4 * i + 4)).toEqual(observation)
      }
    }
  })
})

describe('the spec', () => {
  it('is plain JSON that rebuilds the environment', async () => {
    await using env = await make('Python-v0', { id: 'FrozenLake-v1', kwargs: { map_name: '8x8' } }, { maxEpisodeSteps: 9 })
    expect(JSON.parse(JSON.stringify(env.spec))).toEqual(env.spec)
    expect(env.spec).toMatchObject({ id: 'Python-v0', options: { id: 'FrozenLake-v1' }, maxEpisodeSteps: 9 })
    const again = await make(env.spec)
    expect(again.spec).toEqual(env.spec)
    expect(again.observationSpace.equals(new Discrete({ n: 64 }))).toBe(true)
    await again.close()
  })
})

describe('pictures', () => {
  it('are opaque frames', async () => {
    await using env = await PythonEnv.create('CartPole-v1', { renderMode: 'rgb_array' })
    await env.reset({ seed: 1 })
    const frame = await env.render()
    if (typeof frame !== 'object') throw new Error('no frame')
    expect([frame.width, frame.height, frame.data.length]).toEqual([600, 400, 600 * 400 * 4])
    // White above, the black cart on its black track below.
    expect([...frame.data.subarray(0, 4)]).toEqual([255, 255, 255, 255])
    expect(new Set(frame.data.filter((_, i) => i % 4 === 3))).toEqual(new Set([255]))
    expect(frame.data.some((byte) => byte === 0)).toBe(true)
  })
})
