/** Wrappers around whole vectors: what they count, and that both kinds of vector and both kinds of autoreset are served. */
import { describe, expect, it } from 'vitest'
import { BaseEnv, toAsync, wrap, type StepResult } from '../../../src/env/index.js'
import { Box, Discrete, Text } from '../../../src/spaces/index.js'
import {
  AsyncVectorEnv,
  findVector,
  normalizeVectorObservation,
  normalizeVectorReward,
  recordVectorEpisodeStatistics,
  SyncVectorEnv,
  wrapVector,
  type AnyVectorEnv,
  type Autoreset,
} from '../../../src/vector/index.js'
import { normalizeObservation } from '../../../src/wrappers/index.js'

/** Observes 10 times its place after a reset, then counts up; the reward is its place + 1; action 1 terminates, 2 truncates. */
class Ramp extends BaseEnv<Box, Discrete<3>> {
  readonly #place: number
  #steps = 0
  constructor(place: number) {
    const observationSpace = new Box({ low: -Infinity, high: Infinity, shape: [1] })
    super({ spec: { id: 'Ramp-v0', options: {} }, observationSpace, actionSpace: new Discrete({ n: 3 }) })
    this.#place = place
  }

  protected onReset() {
    this.#steps = 0
    return { observation: Float32Array.of(10 * this.#place), info: {} }
  }

  protected onStep(action: number): StepResult<Float32Array> {
    this.#steps++
    const info = action === 0 ? {} : ({ endReason: action === 1 ? 'goal' : 'timeLimit' } as const)
    const observation = Float32Array.of(10 * this.#place + this.#steps)
    return { observation, reward: this.#place + 1, terminated: action === 1, truncated: action === 2, info }
  }
}

const rampVector = (autoreset: Autoreset = 'sameStep') => new SyncVectorEnv([new Ramp(0), new Ramp(1)], { autoreset })

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length
const varianceOf = (values: readonly number[]): number => meanOf(values.map((x) => (x - meanOf(values)) ** 2))

describe('recordVectorEpisodeStatistics', () => {
  it('keeps the latest episodes of both kinds of autoreset, and none that was broken off', () => {
    for (const autoreset of ['sameStep', 'disabled'] as const) {
      const vec = wrapVector(rampVector(autoreset), recordVectorEpisodeStatistics({ history: 2 }))
      const statistics = findVector(vec, recordVectorEpisodeStatistics)
      const resetEnded = (mask: number[]): unknown => (autoreset === 'disabled' ? vec.reset({ mask }) : undefined)
      vec.reset({ seed: 1 })
      vec.step([0, 0])
      vec.step([1, 0])
      resetEnded([1, 0])
      expect([statistics?.returns, statistics?.lengths, statistics?.episodes]).toEqual([[2], [2], 1])
      vec.step([2, 1])
      resetEnded([1, 1])
      expect([statistics?.returns, statistics?.lengths, statistics?.episodes]).toEqual([[1, 6], [1, 3], 3])
      vec.step([0, 0])
      vec.reset({ mask: [0, 1] })
      vec.step([0, 1])
      expect([statistics?.returns, statistics?.lengths, statistics?.episodes]).toEqual([[6, 2], [3, 1], 4])
      vec.close()
    }
  })
})

describe('normalizeVectorObservation', () => {
  it('counts every observation once, those of ends and of resets too, and normalises all of a step alike', () => {
    const vec = wrapVector(rampVector(), normalizeVectorObservation())
    const normalization = findVector(vec, normalizeVectorObservation)
    vec.reset({ seed: 1 })
    const step = vec.step([0, 1])
    // 0 and 10 of the reset; 1 of the first; 11 of the second, whose episode ended there, and 10 of its next
    const seen = [0, 10, 1, 11, 10]
    expect(normalization?.count).toBeCloseTo(5, 3)
    // the beginning, mean 0 and variance 1, weighs 1e-4 rows of 5: that is the tolerance
    expect(Math.abs((normalization?.mean[0] ?? NaN) - meanOf(seen))).toBeLessThan(1e-3)
    expect(Math.abs((normalization?.variance[0] ?? NaN) / varianceOf(seen) - 1)).toBeLessThan(1e-3)
    const [mean, variance] = [normalization?.mean[0] ?? NaN, normalization?.variance[0] ?? NaN]
    const expected = (x: number): number => Math.fround((x - mean) / Math.sqrt(variance + 1e-8))
    expect(step.observations).toEqual(Float32Array.of(expected(1), expected(10)))
    expect(step.finals[1]?.observation).toEqual(Float32Array.of(expected(11)))
    expect(step.finals[0]).toBeUndefined()
    expect(step.finals[1]).toMatchObject({ info: { endReason: 'goal' }, episode: { return: 2, length: 1 } })
    expect(vec.observationSpace.contains(step.observations)).toBe(true)
  })

  it('does not count environments again that a masked reset leaves alone', () => {
    const vec = wrapVector(rampVector('disabled'), normalizeVectorObservation())
    vec.reset({ seed: 1 })
    vec.step([1, 0])
    expect(findVector(vec, normalizeVectorObservation)?.count).toBeCloseTo(4, 3)
    const { observations } = vec.reset({ mask: [1, 0] })
    expect(findVector(vec, normalizeVectorObservation)?.count).toBeCloseTo(5, 3)
    expect(observations[1]).not.toBe(0)
  })

  it('is the wrapper for one environment, for one environment', () => {
    const single = wrap(new Ramp(1), normalizeObservation())
    const vec = wrapVector(new SyncVectorEnv([new Ramp(1)], { autoreset: 'disabled' }), normalizeVectorObservation())
    expect(vec.reset({ seed: 1 }).observations).toEqual(single.reset({ seed: 1 }).observation)
    for (let t = 0; t < 20; t++) expect(vec.step([0]).observations).toEqual(single.step(0).observation)
  })

  it('stands still without update, and moves to another vector', () => {
    const trained = wrapVector(rampVector(), normalizeVectorObservation())
    trained.reset({ seed: 1 })
    for (let t = 0; t < 5; t++) trained.step([0, 2])
    const saved = findVector(trained, normalizeVectorObservation)?.save()
    expect(saved).toEqual(JSON.parse(JSON.stringify(saved)))
    const evaluated = wrapVector(rampVector(), normalizeVectorObservation({ update: false }))
    if (saved !== undefined) findVector(evaluated, normalizeVectorObservation)?.load(saved)
    evaluated.reset({ seed: 1 })
    evaluated.step([0, 1])
    expect(findVector(evaluated, normalizeVectorObservation)?.save()).toEqual(saved)
  })

  it('refuses moments of other observations, and what are no moments', () => {
    const normalization = findVector(wrapVector(rampVector(), normalizeVectorObservation()), normalizeVectorObservation)
    const stateError = expect.objectContaining({ code: 'env/state' })
    expect(() => normalization?.load({ count: 1, mean: [1, 2], variance: [1, 2] })).toThrow(stateError)
    expect(() => normalization?.load({ ...normalization.save(), count: NaN })).toThrow(stateError)
  })

  it('needs a Box, and sensible options', () => {
    const text = new Text({ maxLength: 3 })
    const vec = { count: 1, singleObservationSpace: text, singleActionSpace: text, autoreset: 'sameStep', reusesBuffers: false }
    expect(() => Reflect.apply(normalizeVectorObservation(), undefined, [vec])).toThrow(expect.objectContaining({ code: 'vector/envs' }))
    expect(() => normalizeVectorObservation({ epsilon: 0 })).toThrow(expect.objectContaining({ code: 'parameter/invalid' }))
    expect(() => normalizeVectorReward({ gamma: 1.1 })).toThrow(expect.objectContaining({ code: 'parameter/invalid' }))
    expect(() => recordVectorEpisodeStatistics({ history: NaN })).toThrow(expect.objectContaining({ code: 'parameter/invalid' }))
  })
})

describe('normalizeVectorReward', () => {
  it('divides by the deviation of discounted returns, which begin anew with every episode', () => {
    const vec = wrapVector(rampVector(), normalizeVectorReward({ gamma: 0.5 }))
    vec.reset({ seed: 1 })
    const actions = [[0, 0], [0, 1], [2, 0], [0, 0]]
    const rewards = actions.map((batch) => [...vec.step(batch).rewards])
    // G of both environments at each step, with gamma 0.5: the second ends in step 2, the first in step 3
    const returns = [[1, 2], [1.5, 3], [1.75, 2], [1, 3]]
    returns.forEach((_, t) => {
      const seen = returns.slice(0, t + 1).flat()
      // the beginning weighs 1e-4 rows of 2 or more, with a variance above 0.25 and a mean below 3: less than 1e-3 of the variance
      const deviation = Math.sqrt(varianceOf(seen))
      expect(Math.abs(rewards[t][0] * deviation - 1)).toBeLessThan(2e-3)
      expect(Math.abs(rewards[t][1] * deviation - 2)).toBeLessThan(4e-3)
    })
  })

  it('forgets the return of an environment that is reset before its end', () => {
    const variances = [true, false].map((resets) => {
      const vec = wrapVector(rampVector(), normalizeVectorReward())
      vec.reset({ seed: 1 })
      for (let t = 0; t < 3; t++) vec.step([0, 0])
      if (resets) vec.reset({ mask: [0, 1] })
      vec.step([0, 0])
      return findVector(vec, normalizeVectorReward)?.variance
    })
    expect(variances[0]).toBeLessThan(variances[1] ?? NaN)
  })
})

describe('wrapVector', () => {
  const stacked = (vec: AnyVectorEnv<Box, Discrete<3>>) =>
    vec.sync
      ? wrapVector(wrapVector(wrapVector(vec, recordVectorEpisodeStatistics()), normalizeVectorObservation()), normalizeVectorReward())
      : wrapVector(wrapVector(wrapVector(vec, recordVectorEpisodeStatistics()), normalizeVectorObservation()), normalizeVectorReward())

  it('serves vectors of both kinds alike, whether they reuse their buffers or not', async () => {
    const played = async (vec: AnyVectorEnv<Box, Discrete<3>>) => {
      const wrapped = stacked(vec)
      const seen: unknown[] = [structuredClone(await wrapped.reset({ seed: 2 }))]
      for (let t = 0; t < 50; t++) seen.push(structuredClone(await wrapped.step(wrapped.sampleActions())))
      return [...seen, findVector(wrapped, recordVectorEpisodeStatistics)?.returns]
    }
    const sync = await played(rampVector())
    expect(await played(new SyncVectorEnv([new Ramp(0), new Ramp(1)], { reuseBuffers: true }))).toEqual(sync)
    const remote = [0, 1].map((place) => toAsync<Box, Discrete<3>, object>(new Ramp(place)))
    expect(await played(new AsyncVectorEnv(remote))).toEqual(sync)
  })

  it('shows what the vector inside shows, and closes it', async () => {
    const vec = stacked(rampVector())
    expect([vec.count, vec.autoreset, vec.reusesBuffers, vec.spec?.id, vec.envs?.length]).toEqual([2, 'sameStep', false, 'Ramp-v0', 2])
    expect(findVector(rampVector(), normalizeVectorReward)).toBeUndefined()
    await vec.close()
    await vec.close()
    expect(vec.closed).toBe(true)
    expect(() => vec.sampleActions()).toThrow(expect.objectContaining({ code: 'vector/closed' }))
    await using remote = stacked(new AsyncVectorEnv([toAsync<Box, Discrete<3>, object>(new Ramp(0))]))
    expect(remote.closed).toBe(false)
  })
})
