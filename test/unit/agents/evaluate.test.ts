import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { actorCritic, evaluate, networkActor, startBackend, type ActorCritic, type EpisodeResult } from '../../../agents/index.js'
import { CartPoleEnv } from '../../../envs/classic-control/index.js'
import { Rng } from '../../../src/rng.js'
import { splitSeed, SyncVectorEnv } from '../../../src/vector/index.js'

const cartPoles = (count: number): SyncVectorEnv =>
  new SyncVectorEnv(Array.from({ length: count }, () => () => new CartPoleEnv()), { autoreset: 'disabled' })

const agentFor = (vec: SyncVectorEnv): ActorCritic => actorCritic(4, vec.singleActionSpace, { policy: { hidden: [4] } }, Rng.fromSeed(1))

const play = async (count: number, episodes: number, greedy: boolean, actorSeed = 1): Promise<EpisodeResult[]> => {
  const vec = cartPoles(count)
  const { policy, codec } = agentFor(vec)
  const results = await evaluate({ vec, actor: networkActor(policy, Rng.fromSeed(actorSeed)), codec, episodes, seed: 7, greedy })
  vec.close()
  return results
}

describe('an evaluation', () => {
  beforeAll(async () => {
    await startBackend('wasm')
  })

  it('gives the same episodes however many environments play them, draws included', async () => {
    const alone = await play(1, 5, false)
    expect(alone.map(({ episode, seed }) => [episode, seed])).toEqual([0, 1, 2, 3, 4].map((i) => [i, splitSeed(7, i)]))
    expect(await play(3, 5, false, 2)).toEqual(alone)
    expect(await play(8, 5, false, 3)).toEqual(alone)
  })

  it('plays the episodes of its seeds: one alone repeats any of them', async () => {
    const [, second] = await play(1, 2, true)
    const env = new CartPoleEnv()
    const { policy } = agentFor(cartPoles(1))
    let observation = env.reset({ seed: second.seed }).observation
    let length = 0
    for (let over = false; !over; length++) {
      const [left, right] = tf.tidy(() => policy.prepare(tf.tensor2d(observation, [1, 4])).dataSync())
      const step = env.step(right > left ? 1 : 0)
      observation = step.observation
      over = step.terminated || step.truncated
    }
    expect(second.length).toBe(length)
    expect(second.return).toBe(length)
  })

  it('stops when aborted with what is over, and tells of each episode as it ends', async () => {
    const vec = cartPoles(2)
    const { policy, codec } = agentFor(vec)
    const stop = new AbortController()
    const told: number[] = []
    const onEpisode = ({ episode }: EpisodeResult): void => {
      if (told.push(episode) === 3) stop.abort()
    }
    const parts = { vec, actor: networkActor(policy, Rng.fromSeed(1)), codec, episodes: 50, seed: 7, greedy: true, signal: stop.signal, onEpisode }
    const results = await evaluate(parts)
    expect(results.length).toBeLessThan(6)
    expect(results.map(({ episode }) => episode)).toEqual(told.toSorted((a, b) => a - b))
  })

  it('refuses a vector that resets by itself, and no episodes', async () => {
    const vec = new SyncVectorEnv([() => new CartPoleEnv()])
    const { policy, codec } = agentFor(vec)
    const parts = { vec, actor: networkActor(policy, Rng.fromSeed(1)), codec, episodes: 1, seed: 7, greedy: true }
    await expect(evaluate(parts)).rejects.toMatchObject({ code: 'agents/rollout' })
    await expect(evaluate({ ...parts, vec: cartPoles(1), episodes: 0 })).rejects.toMatchObject({ code: 'agents/rollout' })
  })
})
