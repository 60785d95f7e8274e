import fc from 'fast-check'
import { mean, sampleStandardDeviation } from 'simple-statistics'
import { describe, expect, it } from 'vitest'
import { chanceRallies, randomPaddleHitProbability } from '../../src/bench/pong/chance.js'
import {
  acesShare, edgeShare, hitRate, longRalliesShare, meanRallyLength, rallyLengths, shuffledChance, skill,
} from '../../src/bench/pong/encounters.js'
import type { Encounter } from '../../src/loop/index.js'
import { Rng } from '../../src/rng.js'

const reach = 1 / 6
/** A paddle of a third of the field that stays inside it. */
const meet = (targetHeight: number, ownHeight: number, k = 0): Encounter => ({
  timeMs: 1000 * k, targetHeight, ownHeight, reach, lowest: reach, highest: 1 - reach,
  hit: targetHeight >= ownHeight - reach && targetHeight <= ownHeight + reach,
})
const series = (hits: string): Encounter[] => hits.split('').map((letter, k) => ({ ...meet(0.5, 0.5, k), hit: letter === 'h' }))

describe('skill', () => {
  it('is exactly zero for a paddle that never moves, wherever it sits and wherever the balls go', () => {
    const balls = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 60 })
    fc.assert(fc.property(balls, fc.constantFrom(reach, 0.5, 1 - reach), (heights, own) => {
      expect(skill(heights.map((height) => meet(height, own)))).toBeCloseTo(0, 12)
    }))
  })

  it('is zero on average for a paddle that follows a habit of its own, though its hit rate is not a third', () => {
    const rng = Rng.fromSeed(1)
    const sessions = Array.from({ length: 400 }, () =>
      // balls come low more often; the paddle swings with a period of 7 encounters and is stopped by the low edge in some of them
      Array.from({ length: 60 }, (_, k) => meet(rng.uniform() ** 3, Math.max(reach, 0.2 + 0.1 * Math.sin((2 * Math.PI * k) / 7)), k)),
    )
    const skills = sessions.map((session) => skill(session) ?? Number.NaN)
    // within four standard errors of zero
    expect(Math.abs(mean(skills))).toBeLessThan((4 * sampleStandardDeviation(skills)) / Math.sqrt(skills.length))
    const rates = sessions.map((session) => hitRate(session) ?? Number.NaN)
    expect(mean(rates)).toBeGreaterThan(0.4)
  })

  it('is 1 minus chance for a paddle that always meets the ball', () => {
    const rng = Rng.fromSeed(2)
    const session = Array.from({ length: 4000 }, () => {
      const ball = rng.uniform()
      return meet(ball, Math.min(1 - reach, Math.max(reach, ball)))
    })
    expect(hitRate(session)).toBe(1)
    // the chance that such a position meets another such ball, on a grid
    const grid = Array.from({ length: 600 }, (_, k) => (k + 0.5) / 600)
    let matches = 0
    for (const other of grid) for (const ball of grid) if (meet(ball, Math.min(1 - reach, Math.max(reach, other))).hit) matches++
    // the chance level is a pair statistic of 4,000 balls: SD below 0.5 / sqrt(4000) = 0.008
    expect(Math.abs((skill(session) ?? 0) - (1 - matches / 600 ** 2))).toBeLessThan(0.032)
  })

  it('is negative for a paddle that avoids the ball', () => {
    const rng = Rng.fromSeed(3)
    const session = Array.from({ length: 200 }, () => {
      const ball = rng.uniform()
      return meet(ball, ball < 0.5 ? 1 - reach : reach)
    })
    expect(skill(session)).toBeLessThan(-0.2)
  })
})

describe('shuffledChance', () => {
  it('is the share of hits over all pairs of one position and another ball', () => {
    const height = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(fc.property(fc.array(fc.tuple(height, height), { minLength: 2, maxLength: 30 }), (pairs) => {
      const encounters = pairs.map(([ball, own]) => meet(ball, own))
      let hits = 0
      for (const [i, one] of encounters.entries()) {
        for (const [j, other] of encounters.entries()) if (i !== j && meet(other.targetHeight, one.ownHeight).hit) hits++
      }
      expect(shuffledChance(encounters)).toBeCloseTo(hits / (pairs.length * (pairs.length - 1)), 12)
    }))
  })

  it('does not exist for fewer than two encounters', () => {
    expect(shuffledChance([])).toBeNull()
    expect(shuffledChance([meet(0.5, 0.5)])).toBeNull()
    expect(skill([meet(0.5, 0.5)])).toBeNull()
    expect(hitRate([])).toBeNull()
    expect(edgeShare([])).toBeNull()
  })
})

describe('edgeShare', () => {
  it('counts positions within 1 % of the field of an end of the range', () => {
    const positions = [reach, reach + 0.009, reach + 0.02, 0.5, 1 - reach - 0.009, 1 - reach]
    expect(edgeShare(positions.map((own) => meet(0.5, own)))).toBeCloseTo(4 / 6, 12)
  })
})

describe('rallies', () => {
  it('are the hits between misses; the running one is reported apart', () => {
    const rallies = rallyLengths(series('hhm' + 'm' + 'hhhhm' + 'hhhm' + 'hh'))
    expect(rallies).toEqual({ completed: [2, 0, 4, 3], unfinished: 2 })
    expect(meanRallyLength(rallies)).toBe(9 / 4)
    expect(acesShare(rallies)).toBe(1 / 4)
    // more than 3 hits
    expect(longRalliesShare(rallies)).toBe(1 / 4)
  })

  it('do not exist without a miss', () => {
    expect(rallyLengths([])).toEqual({ completed: [], unfinished: null })
    expect(rallyLengths(series('m'))).toEqual({ completed: [0], unfinished: null })
    const running = rallyLengths(series('hhh'))
    expect(running).toEqual({ completed: [], unfinished: 3 })
    expect([meanRallyLength(running), acesShare(running), longRalliesShare(running)]).toEqual([null, null, null])
  })
})

describe('chance level', () => {
  it('is a third for a paddle of a third that stays inside the field', () => {
    expect(randomPaddleHitProbability(reach, reach, 1 - reach)).toBeCloseTo(1 / 3, 12)
    // 2 r - r^2 for a centre anywhere in the field
    expect(randomPaddleHitProbability(0.25, 0, 1)).toBeCloseTo(0.4375, 12)
    expect(randomPaddleHitProbability(0.25, 0, 0)).toBe(0.25)
    expect(randomPaddleHitProbability(2, 0, 1)).toBe(1)
    expect(randomPaddleHitProbability(0, 0, 1)).toBe(0)
  })

  it('agrees with adding up the reachable part of the field over the range', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(fc.property(fc.double({ min: 0, max: 1.2, noNaN: true }), unit, unit, (half, one, other) => {
      const [lowest, highest] = [Math.min(one, other), Math.max(one, other)]
      const cells = 2000
      let sum = 0
      for (let k = 0; k < cells; k++) {
        const centre = lowest + ((k + 0.5) / cells) * (highest - lowest)
        sum += Math.min(1, centre + half) - Math.max(0, centre - half)
      }
      // the midpoint rule errs by less than one cell at each kink; closer ends lose digits in the closed form
      if (highest - lowest > 1e-6) expect(Math.abs(randomPaddleHitProbability(half, lowest, highest) - sum / cells)).toBeLessThan(1e-3)
    }))
  })

  it('implies the yardstick for rallies', () => {
    // p = 1/3: mean 0.5, aces 67 %, more than 3 hits 1.2 %; a mean of 1 needs p = 1/2
    const third = chanceRallies(1 / 3)
    expect(third.meanRallyLength).toBeCloseTo(0.5, 12)
    expect(third.acesShare).toBeCloseTo(2 / 3, 12)
    expect(third.longRalliesShare).toBeCloseTo(1 / 81, 12)
    expect(third.probabilityOf(2)).toBeCloseTo(2 / 27, 12)
    expect(chanceRallies(0.5).meanRallyLength).toBe(1)
    expect(chanceRallies(1).meanRallyLength).toBeNull()
    expect(chanceRallies(0)).toMatchObject({ meanRallyLength: 0, acesShare: 1, longRalliesShare: 0 })
  })

  it('is what a random paddle really does', () => {
    const rng = Rng.fromSeed(9)
    const n = 20_000
    const session = Array.from({ length: n }, (_, k) => meet(rng.uniform(), rng.between(reach, 1 - reach), k))
    const { completed } = rallyLengths(session)
    const fourSd = (p: number, runs: number): number => 4 * Math.sqrt((p * (1 - p)) / runs)
    expect(Math.abs((hitRate(session) ?? 0) - 1 / 3)).toBeLessThan(fourSd(1 / 3, n))
    expect(Math.abs((longRalliesShare({ completed, unfinished: null }) ?? 0) - 1 / 81)).toBeLessThan(fourSd(1 / 81, completed.length))
  })

  it('refuses impossible paddles and probabilities', () => {
    const wrong = expect.objectContaining({ code: 'statistics/input' })
    expect(() => randomPaddleHitProbability(-0.1, 0, 1)).toThrow(wrong)
    expect(() => randomPaddleHitProbability(Number.NaN, 0, 1)).toThrow(wrong)
    expect(() => randomPaddleHitProbability(0.1, 0.6, 0.4)).toThrow(wrong)
    expect(() => randomPaddleHitProbability(0.1, 0, 1.1)).toThrow(wrong)
    expect(() => chanceRallies(1.01)).toThrow(wrong)
    expect(() => chanceRallies(Number.NaN)).toThrow(wrong)
  })
})
