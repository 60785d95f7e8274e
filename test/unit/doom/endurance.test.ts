/** Doom for long, and many at once. */
import { describe, expect, it } from 'vitest'
import { DoomEnv } from '../../../envs/doom/index.js'
import { AsyncVectorEnv } from '../../../src/vector/index.js'
import { gameProcesses, residentKib } from './support.js'

describe('Doom', () => {
  it('takes 10,000 steps without growing in any of its three processes', { timeout: 180_000 }, async () => {
    await using env = await DoomEnv.create({ resolution: 'RES_160X120', ticsPerStep: 1, features: {}, scenario: 'defend_the_center' })
    const { python, engine } = gameProcesses()
    const ours = async (): Promise<number> => {
      globalThis.gc?.()
      const { heapUsed, arrayBuffers } = process.memoryUsage()
      return (heapUsed + arrayBuffers) / 1024
    }
    const readings: { readonly node: number; readonly python: number; readonly engine: number }[] = []
    const read = async (): Promise<void> => {
      readings.push({ node: await ours(), python: residentKib(python), engine: residentKib(engine) })
    }
    await env.reset({ seed: 1 })
    for (let i = 1; i <= 10_000; i++) {
      const { terminated, truncated } = await env.step(env.sampleAction())
      if (terminated || truncated) await env.reset()
      if (i % 500 === 0) await read()
    }
    // The second half beside the first, each by its smallest reading, between collections of garbage. One leaked picture a step
    // (160 x 120 x 3 bytes) would be 281 MiB over half the steps, one leaked byte for each pixel of one episode's last picture nothing
    // that could be seen: 8 MiB lie between.
    for (const name of ['node', 'python', 'engine'] as const) {
      const [first, second] = [readings.slice(2, 10), readings.slice(10)].map((half) => Math.min(...half.map((reading) => reading[name])))
      expect(second - first, `${name}: ${readings.map((reading) => Math.round(reading[name])).join(' ')}`).toBeLessThan(8 * 1024)
    }
  })

  it('plays eight games at once, each by its own seed', { timeout: 120_000 }, async () => {
    const seeds = [1, 2, 3, 4, 1, 2, 3, 4]
    const make = () => DoomEnv.create({ resolution: 'RES_160X120', screen: { format: 'grey' }, actions: 'heads' })
    const games = await Promise.all(seeds.map(make))
    await using vec = new AsyncVectorEnv(games)
    await vec.reset({ seeds })
    const rewards: number[][] = []
    for (let i = 0; i < 100; i++) {
      const step = await vec.step(games.map(() => Int32Array.of(i % 3, i % 2)))
      rewards.push([...step.rewards])
    }
    const ofGame = (game: number): number[] => rewards.map((row) => row[game])
    for (let game = 0; game < 4; game++) expect(ofGame(game + 4)).toEqual(ofGame(game))
    // Somebody has met a monster: the games are not all the same.
    expect(new Set([0, 1, 2, 3].map((game) => ofGame(game).join())).size).toBeGreaterThan(1)
  })
})
