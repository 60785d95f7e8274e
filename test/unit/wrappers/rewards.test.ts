/** What the reward wrappers, and those that count, do to a step. */
import { describe, expect, it } from 'vitest'
import { BaseEnv, find, isOver, wrap, type Info, type StepResult } from '../../../src/env/index.js'
import { Discrete } from '../../../src/spaces/index.js'
import { clipReward, normalizeReward, recordEpisodeStatistics, timeLimit, transformReward } from '../../../src/wrappers/index.js'
import { CountingEnv } from './countingEnv.js'

type End = 'terminated' | 'truncated' | undefined

/** Pays what it is told to, episode after episode. */
class Payer extends BaseEnv<Discrete, Discrete> {
  #at = 0

  constructor(readonly plan: readonly (readonly [reward: number, end?: End])[]) {
    const only = new Discrete<number>({ n: 1 })
    super({ spec: { id: 'Payer-v0', options: {} }, observationSpace: only, actionSpace: only })
  }

  protected onReset(): { observation: number; info: Info } {
    return { observation: 0, info: {} }
  }

  protected onStep(): StepResult<number> {
    const [reward, end] = this.plan[this.#at++]
    const info: Info = end === undefined ? {} : { endReason: end === 'terminated' ? 'goal' : 'timeLimit' }
    return { observation: 0, reward, terminated: end === 'terminated', truncated: end === 'truncated', info }
  }
}

const plan = [[1], [-2], [0.5, 'terminated'], [3], [-1, 'truncated'], [10, 'terminated']] as const

const rewardsOf = (env: { reset(options?: { seed: number }): unknown; step(action: number): StepResult<number> }): number[] => {
  env.reset({ seed: 1 })
  return plan.map(() => {
    const step = env.step(0)
    if (isOver(step)) env.reset()
    return step.reward
  })
}

describe('transformReward and clipReward', () => {
  it('change every reward', () => {
    expect(rewardsOf(wrap(new Payer(plan), transformReward({ transform: (reward) => 2 * reward })))).toEqual([2, -4, 1, 6, -2, 20])
    expect(rewardsOf(wrap(new Payer(plan), clipReward({ min: -1, max: 2 })))).toEqual([1, -1, 0.5, 2, -1, 2])
    expect(rewardsOf(wrap(new Payer(plan), clipReward({ max: 0.5 })))).toEqual([0.5, -2, 0.5, 0.5, -1, 0.5])
    expect(rewardsOf(wrap(new Payer(plan), clipReward({ min: 0 })))).toEqual([1, 0, 0.5, 3, 0, 10])
  })
})

describe('normalizeReward', () => {
  it('divides by the deviation of the discounted return, as Gymnasium does', () => {
    // Gymnasium 1.4: NormalizeReward(env, gamma=0.9) around an environment that pays and ends as the plan says.
    const golden = [70.71421321062337, -1.9047662151156022, 0.5582396923246904, 1.8379674552459524, -0.6536889436165658, 2.8030151596087958]
    const rewards = rewardsOf(wrap(new Payer(plan), normalizeReward({ gamma: 0.9 })))
    rewards.forEach((reward, i) => expect(reward).toBeCloseTo(golden[i], 12))
  })

  it('keeps the variance while update is false', () => {
    const env = wrap(new Payer([...plan, ...plan]), normalizeReward())
    rewardsOf(env)
    const kept = find(env, normalizeReward)
    const variance = kept?.variance ?? NaN
    if (kept !== undefined) kept.update = false
    expect(rewardsOf(env)).toEqual(plan.map(([reward]) => reward / Math.sqrt(variance + 1e-8)))
    expect(kept?.variance).toBe(variance)
    // From the start: variance 1.
    expect(rewardsOf(wrap(new Payer(plan), normalizeReward({ update: false, epsilon: 3 })))[3]).toBe(1.5)
  })
})

describe('timeLimit', () => {
  it('truncates at the limit, with the reason, unless the episode has ended by itself', () => {
    const env = wrap(new CountingEnv(3), timeLimit({ maxEpisodeSteps: 2 }))
    for (let episode = 0; episode < 2; episode++) {
      env.reset({ seed: 1 })
      expect(isOver(env.step(0))).toBe(false)
      expect(env.step(0)).toMatchObject({ terminated: false, truncated: true, info: { endReason: 'timeLimit' } })
      expect(() => env.step(0)).toThrow(expect.objectContaining({ code: 'env/over' }))
    }
    const exact = wrap(new CountingEnv(2), timeLimit({ maxEpisodeSteps: 2 }))
    exact.reset({ seed: 1 })
    exact.step(0)
    expect(exact.step(0)).toMatchObject({ terminated: true, truncated: false, info: { endReason: 'goal' } })
  })
})

describe('recordEpisodeStatistics', () => {
  it('sums up each episode on its last step, and keeps the latest', () => {
    const env = wrap(new Payer(plan), recordEpisodeStatistics({ history: 2 }))
    env.reset({ seed: 1 })
    const summaries = plan.map(() => {
      const step = env.step(0)
      if (isOver(step)) env.reset()
      return step.info.episode
    })
    const ends = [{ return: -0.5, length: 3 }, { return: 2, length: 2 }, { return: 10, length: 1 }]
    expect(summaries).toEqual([undefined, undefined, ends[0], undefined, ends[1], ends[2]])
    expect(find(env, recordEpisodeStatistics)).toMatchObject({ returns: [2, 10], lengths: [2, 1], episodes: 3 })
  })

  it('counts what passes through it, and an episode that was given up not at all', () => {
    const env = wrap(wrap(new CountingEnv(2), recordEpisodeStatistics()), transformReward({ transform: () => 100 }))
    env.reset({ seed: 1 })
    env.step(0)
    env.reset()
    env.step(0)
    env.step(0)
    expect(find(env, recordEpisodeStatistics)?.returns).toEqual([2])
  })
})
