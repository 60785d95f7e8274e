/** Measuring throughput: how much work is done and how it is counted. No time is asserted: it belongs to the machine. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { alternate, benchmarkInit, benchmarkRender, benchmarkStep, benchmarkVectorStep, stepProgram } from '../../../src/bench/index.js'
import { BaseEnv, toAsync, type Info, type StepResult } from '../../../src/env/index.js'
import { Discrete } from '../../../src/spaces/index.js'
import { AsyncVectorEnv, SyncVectorEnv } from '../../../src/vector/index.js'

const LENGTH = 4
const counts = { steps: 0, resets: 0, renders: 0, closes: 0, actions: [] as number[] }
afterEach(() => {
  Object.assign(counts, { steps: 0, resets: 0, renders: 0, closes: 0, actions: [] })
  vi.restoreAllMocks()
})

/** Episodes of four steps; counts what is called. */
class CountingEnv extends BaseEnv<Discrete, Discrete> {
  #left = LENGTH

  constructor() {
    super({
      spec: { id: 'Counting-v0', options: {} },
      observationSpace: new Discrete({ n: 1 }),
      actionSpace: new Discrete({ n: 3 }),
      metadata: { renderModes: ['ansi'], renderFps: 1 },
      renderMode: 'ansi',
    })
  }

  protected onReset(): { observation: number; info: Info } {
    counts.resets++
    this.#left = LENGTH
    return { observation: 0, info: {} }
  }

  protected onStep(action: number): StepResult<number> {
    counts.steps++
    counts.actions.push(action)
    const terminated = --this.#left === 0
    return { observation: 0, reward: 0, terminated, truncated: false, info: terminated ? { endReason: 'goal' } : {} }
  }

  protected override onRender(): string {
    counts.renders++
    return 'a picture'
  }

  protected override onClose(): void {
    counts.closes++
  }
}

describe('benchmarkStep', () => {
  it.each([
    ['an Env', () => new CountingEnv()],
    ['an AsyncEnv', () => toAsync(new CountingEnv())],
  ])('takes %s through a warm-up and the rounds, with a reset at each end of an episode', async (_, make) => {
    const found = await benchmarkStep(make, { steps: 40, rounds: 3, seed: 2 })
    // the warm-up is a fourth round; the first reset starts the first episode and none is made within a step
    expect(counts).toMatchObject({ steps: 4 * 40, resets: 1 + (4 * 40) / LENGTH, closes: 1 })
    expect(found).toMatchObject({ steps: 40, resets: (3 * 40) / LENGTH })
    expect(found.rounds).toHaveLength(3)
    expect(found.nsPerStep * found.stepsPerSecond).toBeCloseTo(1e9, 0)
    expect(JSON.parse(JSON.stringify(found))).toEqual(found)
  })

  it('leaves an environment open that it was given, and goes on with it', async () => {
    const env = new CountingEnv()
    await benchmarkStep(env, { steps: 3, rounds: 1 })
    expect(counts.closes).toBe(0)
    expect(() => env.step(0)).not.toThrow()
  })

  it('draws the actions from the seed', async () => {
    const actionsOf = async (seed: number): Promise<number[]> => {
      counts.actions = []
      await benchmarkStep(() => new CountingEnv(), { steps: 30, rounds: 1, seed })
      return counts.actions
    }
    const actions = await actionsOf(5)
    expect(await actionsOf(5)).toEqual(actions)
    expect(await actionsOf(6)).not.toEqual(actions)
    expect(new Set(actions)).toEqual(new Set([0, 1, 2]))
  })

  it('finds the work that fills a duration, from the clock', async () => {
    // a clock on which every step takes a millisecond
    vi.spyOn(performance, 'now').mockImplementation(() => counts.steps)
    const found = await benchmarkStep(() => new CountingEnv(), { durationMs: 300, rounds: 3 })
    expect(found.steps).toBe(100)
    expect(found.rounds).toEqual([1000, 1000, 1000])
    expect(found).toMatchObject({ stepsPerSecond: 1000, nsPerStep: 1e6, spread: 0 })
  })

  it('closes the environment when a step throws', async () => {
    class Broken extends CountingEnv {
      protected override onStep(): StepResult<number> {
        throw new Error('broken')
      }
    }
    await expect(benchmarkStep(() => new Broken(), { steps: 1 })).rejects.toThrow('broken')
    expect(counts.closes).toBe(1)
  })

  it.each<[Record<string, number>, string]>([
    [{ steps: 0 }, 'parameter/invalid'],
    [{ steps: 1.5 }, 'parameter/invalid'],
    [{ rounds: Number.NaN }, 'parameter/invalid'],
    [{ durationMs: -1 }, 'parameter/invalid'],
    [{ seed: -1 }, 'parameter/invalid'],
    [{ step: 3 }, 'parameter/unknown'],
  ])('refuses %o', async (options, code) => {
    await expect(benchmarkStep(new CountingEnv(), options)).rejects.toMatchObject({ code })
  })
})

describe('benchmarkVectorStep', () => {
  const three = Array.from({ length: 3 }, () => () => new CountingEnv())

  it.each([
    ['a SyncVectorEnv', () => new SyncVectorEnv(three)],
    ['an AsyncVectorEnv', () => new AsyncVectorEnv(three.map((make) => () => toAsync(make())))],
  ])('counts the steps and ends of single environments in %s, in whole steps of the vector', async (_, make) => {
    const found = await benchmarkVectorStep(make, { steps: 22, rounds: 2 })
    expect(found).toMatchObject({ steps: 24, resets: (2 * 24) / LENGTH })
    expect(counts).toMatchObject({ steps: 3 * 24, resets: 3 + (3 * 24) / LENGTH, closes: 3 })
  })
})

describe('benchmarkInit and benchmarkRender', () => {
  it('makes, resets and closes as many as asked', async () => {
    const found = await benchmarkInit(() => new CountingEnv(), { steps: 5, rounds: 2 })
    expect(counts).toMatchObject({ resets: 15, closes: 15, steps: 0 })
    expect(found.steps).toBe(5)
    expect(found.nsPerInit * found.initsPerSecond).toBeCloseTo(1e9, 0)
  })

  it.each([
    ['an Env', () => new CountingEnv()],
    ['an AsyncEnv', () => toAsync(new CountingEnv())],
  ])('draws as many pictures of %s as asked', async (_, make) => {
    const found = await benchmarkRender(make, { steps: 5, rounds: 2 })
    expect(counts).toMatchObject({ renders: 15, resets: 1, closes: 1 })
    expect(found.rendersPerSecond).toBeGreaterThan(0)
  })
})

describe('alternate', () => {
  it('lets the programs take turns, and compares round with round', async () => {
    const order: string[] = []
    const program = (name: string, seconds: readonly number[]) => {
      let round = 0
      return (steps: number) => {
        order.push(name)
        return { steps, seconds: seconds[round++], resets: 1 }
      }
    }
    // the first of each is the warm-up: 99 would show
    const a = program('a', [99, 1, 2, 4])
    const b = program('b', [99, 10, 10, 80])
    const { rates, ratios } = await alternate({ a, b }, { steps: 100, rounds: 3 })
    expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b'])
    expect(rates.a).toEqual({ perSecond: 50, nsEach: 2e7, rounds: [100, 50, 25], spread: 1.5, steps: 100, resets: 3 })
    // 100/10, 50/10, 25/1.25
    expect(ratios).toEqual({ b: { median: 10, low: 5, high: 20 } })
  })

  it('takes programs of environments', async () => {
    const env = new CountingEnv()
    const { ratios } = await alternate({ one: await stepProgram(env, 1), other: await stepProgram(env, 1) }, { steps: 10, rounds: 1 })
    expect(Object.keys(ratios)).toEqual(['other'])
  })
})
