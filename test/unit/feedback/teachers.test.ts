/** The teachers that are not DishBrain's: pauses after moves, and rewards. */
import { describe, expect, it } from 'vitest'
import { avoidance, fep, invertedAvoidance, invertedReward, NO_ANSWER, reward, silent, type GameOutcome } from '../../../src/feedback/index.js'
import { Rng } from '../../../src/rng.js'
import { codeOf } from '../culture/cultures.js'

const nearer = { distanceBefore: 0.3, distanceAfter: 0.29 }
const farther = { distanceBefore: 0.29, distanceAfter: 0.3 }
const still = { distanceBefore: 0.3, distanceAfter: 0.3 }
const context = { channels: [8], rng: Rng.fromSeed(1) }

describe('avoidance', () => {
  it('pauses the sensory input after moves towards the ball, and only then', () => {
    const pauses = [nearer, farther, still].map((move) => avoidance({ pauseAfterMoveMs: 30 }).pauseAfterMove?.(move))
    expect(pauses).toEqual([30, 0, 0])
  })

  it('inverted, it pauses after moves away from the ball', () => {
    expect([nearer, farther, still].map((move) => invertedAvoidance().pauseAfterMove?.(move))).toEqual([0, 20, 0])
  })

  it('answers neither hit nor miss and rewards nothing; the conditions of DishBrain answer no move', () => {
    expect((['hit', 'miss'] as const).map((outcome) => avoidance().answer(outcome, context))).toEqual([NO_ANSWER, NO_ANSWER])
    expect(Object.keys(avoidance())).not.toContain('rewardFor')
    for (const policy of [fep(), silent()]) expect(Object.keys(policy).sort()).toEqual(['answer', 'missEndsRally', 'name', 'script', 'sensory'])
  })

  it.each([0, -20, NaN, Infinity])('refuses a pause of %s ms', (pauseAfterMoveMs) => {
    expect(codeOf(() => avoidance({ pauseAfterMoveMs }))).toBe('parameter/invalid')
  })
})

describe('reward', () => {
  const rewards = (policy: ReturnType<typeof reward>, outcomes: readonly GameOutcome[]) => outcomes.map((outcome) => policy.rewardFor?.(outcome))

  it('is the outcome minus its running mean: R - m, then m <- m + (R - m) / n', () => {
    const policy = reward({ rewardAmount: 2, rewardMeanOutcomes: 4, rewardFirstMean: 0.5 })
    // m: 0.5 -> 0.625 -> 0.46875
    expect(rewards(policy, ['hit', 'miss', 'hit'])).toEqual([1, -1.25, 1.0625])
  })

  it('comes to nothing on average, however often is hit', () => {
    const policy = reward({ rewardMeanOutcomes: 20 })
    const given = rewards(policy, Array.from({ length: 2000 }, (_, k) => (k % 4 === 0 ? 'miss' : 'hit')))
    const late = given.slice(1000).reduce<number>((sum, amount) => sum + (amount ?? NaN), 0) / 1000
    // the mean follows the outcomes: what is left over the periods of four is what the mean moved, at most 1 / 1000
    expect(Math.abs(late)).toBeLessThan(1e-3)
  })

  it('inverted, it rewards misses: as much as the other takes away, from the first outcome on', () => {
    const outcomes = ['hit', 'miss', 'miss', 'hit'] as const
    const [plain, inverted] = [reward, invertedReward].map((make) => rewards(make({ rewardFirstMean: 0.3, rewardMeanOutcomes: 4 }), outcomes))
    expect(inverted.map((amount) => Math.sign(amount ?? NaN))).toEqual([-1, 1, 1, -1])
    expect(inverted).toEqual(plain.map((amount) => expect.closeTo(-(amount ?? NaN), 12)))
  })

  it('remembers its mean for one session: a new policy starts afresh', () => {
    expect(rewards(reward(), ['hit'])).toEqual(rewards(reward(), ['hit']))
  })

  it.each([{ rewardAmount: 0 }, { rewardAmount: NaN }, { rewardMeanOutcomes: 0.5 }, { rewardFirstMean: 1.5 }])('refuses %o', (options) => {
    expect(codeOf(() => reward(options))).toBe('parameter/invalid')
  })
})
