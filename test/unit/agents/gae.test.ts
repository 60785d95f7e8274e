import { describe, expect, it } from 'vitest'
import { generalisedAdvantages } from '../../../agents/gae.js'
import { Rollout } from '../../../agents/rollout.js'
import { codeOf } from './gradientCheck.js'

const OPTIONS = { gamma: 0.9, lambda: 0.5, rewardScale: 1 }

const rolloutOf = (steps: number, envs: number, rewards: readonly number[]): Rollout => {
  const rollout = new Rollout({ steps, envs, columns: [{ name: 'observation', width: 1 }] })
  rollout.rewards.set(rewards)
  return rollout
}

const expectNumbers = (received: Float32Array, expected: readonly number[]): void => {
  expect(received.length).toBe(expected.length)
  expected.forEach((value, i) => expect(received[i]).toBeCloseTo(value, 5))
}

describe('generalised advantage estimation', () => {
  it('follows the equations, worked out by hand for two environments', () => {
    const rollout = rolloutOf(3, 2, [1, 0, 2, 0, 3, 10])
    const { advantages, returns } = generalisedAdvantages(
      rollout,
      { values: [0.5, 0, 1, 0, 1.5, 0], nextValues: [2, 0], finalValues: [] },
      OPTIONS,
    )
    // Environment 0, gamma lambda = 0.45:  d2 = 3 + 1.8 - 1.5 = 3.3;  d1 = 2 + 1.35 - 1 = 2.35;  d0 = 1 + 0.9 - 0.5 = 1.4
    // A2 = 3.3;  A1 = 2.35 + 0.45 * 3.3 = 3.835;  A0 = 1.4 + 0.45 * 3.835 = 3.12575
    // Environment 1: A2 = 10;  A1 = 4.5;  A0 = 2.025
    expectNumbers(advantages, [3.12575, 2.025, 3.835, 4.5, 3.3, 10])
    expectNumbers(returns, [3.62575, 2.025, 4.835, 4.5, 4.8, 10])
  })

  it('expects nothing after a termination, and stops adding up there', () => {
    const rollout = rolloutOf(2, 1, [1, 5])
    rollout.terminated[0] = 1
    const { advantages } = generalisedAdvantages(rollout, { values: [0.5, 1], nextValues: [100], finalValues: [] }, OPTIONS)
    // A0 = 1 - 0.5; whatever came later belongs to another episode.
    expectNumbers(advantages, [0.5, 5 + 90 - 1])
  })

  it('expects the value of the true last observation after a truncation, not that of the next episode', () => {
    const rollout = rolloutOf(2, 1, [1, 5])
    rollout.truncated[0] = 1
    rollout.finals.push({ row: 0, observation: Float32Array.of(7) })
    const { advantages } = generalisedAdvantages(rollout, { values: [0.5, 1], nextValues: [0], finalValues: [20] }, OPTIONS)
    // A0 = 1 + 0.9 * 20 - 0.5
    expectNumbers(advantages, [18.5, 4])
  })

  it('refuses a truncated row whose last observation is missing', () => {
    const rollout = rolloutOf(1, 1, [1])
    rollout.truncated[0] = 1
    expect(codeOf(() => generalisedAdvantages(rollout, { values: [0], nextValues: [0], finalValues: [] }, OPTIONS))).toBe('agents/rollout')
  })

  it('is the discounted sum of scaled rewards minus the value where lambda is 1', () => {
    const rollout = rolloutOf(3, 1, [10, 20, 30])
    rollout.terminated[2] = 1
    const values = { values: [1, 2, 3], nextValues: [0], finalValues: [] }
    const { advantages, returns } = generalisedAdvantages(rollout, values, { gamma: 0.5, lambda: 1, rewardScale: 0.1 })
    // 1 + 0.5 * 2 + 0.25 * 3 = 2.75;  2 + 0.5 * 3 = 3.5;  3
    expectNumbers(returns, [2.75, 3.5, 3])
    expectNumbers(advantages, [1.75, 1.5, 0])
  })
})

describe('a rollout', () => {
  it('refuses shapes that hold nothing', () => {
    const columns = [{ name: 'observation', width: 1 }]
    for (const steps of [0, -1, 1.5, NaN]) expect(codeOf(() => new Rollout({ steps, envs: 1, columns }))).toBe('agents/rollout')
    expect(codeOf(() => new Rollout({ steps: 1, envs: 0, columns }))).toBe('agents/rollout')
    expect(codeOf(() => new Rollout({ steps: 1, envs: 1, columns: [{ name: 'action', width: 1 }] }))).toBe('agents/rollout')
  })
})
