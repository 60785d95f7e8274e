/** One result, whichever class steps the environments and however many threads there are. */
import { describe, expect, it } from 'vitest'
import { classicControlIds } from 'bl1/envs/classic-control'
import { PONG_ID } from 'bl1/envs/pong'
import { make, toAsync, type Env, type EnvSpec } from 'bl1/env'
import { AsyncVectorEnv, SyncVectorEnv, type VectorOptions } from 'bl1/vector'
import { WorkerVectorEnv } from 'bl1/vector/worker'
import { countEnds, play } from './support.js'

const modules = ['bl1/envs/classic-control', 'bl1/envs/pong']
const COUNT = 5

const envsOf = async (spec: EnvSpec): Promise<Env[]> => {
  const envs: Env[] = []
  for (let i = 0; i < COUNT; i++) {
    const env = await make(spec)
    if (env.sync) envs.push(env)
  }
  return envs
}

const sticky = { name: 'StickyAction', options: { repeatProbability: 0.1 } }
const cartPole: EnvSpec = { id: classicControlIds[1], options: {}, maxEpisodeSteps: 40, wrappers: [sticky] }
const reusing: EnvSpec = { id: classicControlIds[1], options: { reuseBuffers: true } }
const pong: EnvSpec = { id: PONG_ID, options: { rules: 'serve' }, maxEpisodeSteps: 60 }

const cases: [string, EnvSpec, VectorOptions][] = [
  ['CartPole with a wrapper and a time limit', cartPole, {}],
  ['CartPole that reuses its buffers', reusing, {}],
  ['CartPole without autoreset', cartPole, { autoreset: 'disabled' }],
  ['Pong', pong, {}],
  ['Pong in a vector that reuses its buffers', pong, { reuseBuffers: true }],
  ['Pong without autoreset', pong, { autoreset: 'disabled' }],
]

describe('SyncVectorEnv, AsyncVectorEnv and WorkerVectorEnv', () => {
  it.each(cases)('give equal results for equal seeds: %s', async (_, spec, options) => {
    const sync = await play(new SyncVectorEnv(await envsOf(spec), options), 11, 500)
    expect(countEnds(sync)).toBeGreaterThan(10)
    expect(await play(new AsyncVectorEnv((await envsOf(spec)).map((env) => toAsync(env)), options), 11, 500)).toEqual(sync)
    for (const threads of [1, 2]) {
      await using workers = await WorkerVectorEnv.start({ spec, modules, count: COUNT, threads, ...options })
      expect(workers.threads).toBe(threads)
      expect(await play(workers, 11, 500)).toEqual(sync)
    }
  }, 60_000)

  it('give the same where observations are Dicts, and where neither they nor the actions are of fixed size', async () => {
    const url = new URL('./strangeEnv.mjs', import.meta.url).href
    await import(url)
    const dicts: EnvSpec = { id: 'Strange-v0', options: { observation: 'dict' }, maxEpisodeSteps: 7 }
    for (const spec of [dicts, { id: 'Strange-v0', options: { observation: 'text' } }]) {
      const actions = [[0, 0, 6, 0, 0], [6, 0, 0, 0, 0], [0, 0, 0, 0, 6], ...Array.from({ length: 9 }, () => [0, 0, 0, 0, 0])]
      const results = async (vec: SyncVectorEnv | WorkerVectorEnv): Promise<unknown[]> => {
        const seen: unknown[] = [await vec.reset({ seed: 4 })]
        for (const batch of actions) seen.push(await vec.step(batch))
        return seen
      }
      const sync = await results(new SyncVectorEnv(await envsOf(spec)))
      await using workers = await WorkerVectorEnv.start({ spec, modules: [url], count: COUNT, threads: 2 })
      expect(await results(workers)).toEqual(sync)
    }

    await using echo = await WorkerVectorEnv.start({ spec: { id: 'Echo-v0', options: {} }, modules: [new URL(url)], count: 3, threads: 2 })
    await echo.reset({ seed: 1 })
    const step = await echo.step(['a', 'bcd', 'end'])
    expect(step).toMatchObject({ observations: ['a', 'bcd', ''], rewards: Float64Array.of(1, 3, 3), terminated: Uint8Array.of(0, 0, 1) })
    const end = { observation: 'end', info: { endReason: 'goal' }, episode: { return: 3, length: 1 } }
    expect(step.finals).toMatchObject([undefined, undefined, end])
  }, 60_000)

  it('start by a typed id with options as by a spec', async () => {
    await using workers = await WorkerVectorEnv.start({ spec: 'Pong-v0', envOptions: { rules: 'serve' }, modules, count: 1 })
    expect(workers.spec).toEqual((await make('Pong-v0', { rules: 'serve' })).spec)
    const { observations } = await workers.reset({ seed: 3 })
    expect(observations).toBeInstanceOf(Float32Array)
    // handed out as a copy: the memory that threads write stays inside
    expect(observations.buffer).toBeInstanceOf(ArrayBuffer)
  })
})
