/** Windows, rallies, curves and the numbers of one trial, worked by hand. */
import { describe, expect, it } from 'vitest'
import { PONG_METRICS, pongOutcomeOf, ralliesEndingIn, rallyCurve, windowsOf } from '../../../src/bench/index.js'
import { AVOIDED, FOLLOWED, IGNORED, trialResult } from './results.js'
import { encounter, played, smallProtocol } from './small.js'

const MINUTE = 60_000
const protocol = smallProtocol({ dropSeconds: 10, earlyShare: 0.25, lateShare: 0.3 })
const everything = { fromMs: 0, toMs: Infinity }

describe('windowsOf', () => {
  it('gives the protocol of the paper for 20 minutes: 10 s dropped, early to 5 min, late from 6 min', () => {
    expect(windowsOf(protocol, 20 * MINUTE)).toEqual({
      early: { fromMs: 10_000, toMs: 5 * MINUTE },
      late: { fromMs: 6 * MINUTE, toMs: Infinity },
      all: { fromMs: 10_000, toMs: Infinity },
    })
  })

  it('drops at most half of a short session, and no window runs backwards', () => {
    expect(windowsOf(protocol, 12_000)).toEqual({
      early: { fromMs: 6000, toMs: 6000 },
      late: { fromMs: 6000, toMs: Infinity },
      all: { fromMs: 6000, toMs: Infinity },
    })
  })
})

describe('ralliesEndingIn', () => {
  // seconds:          0123456789
  const encounters = played('HHMMHMHHHH')

  it('counts the hits before each miss; the last rally never ended', () => {
    expect(ralliesEndingIn(encounters, everything)).toEqual([2, 0, 1])
  })

  it('puts a rally, whole, where its miss falls; a window holds its start and not its end', () => {
    expect(ralliesEndingIn(encounters, { fromMs: 2000, toMs: 3000 })).toEqual([2])
    expect(ralliesEndingIn(encounters, { fromMs: 2001, toMs: 5000 })).toEqual([0])
    expect(ralliesEndingIn(encounters, { fromMs: 5000, toMs: Infinity })).toEqual([1])
    expect(ralliesEndingIn(encounters, { fromMs: 6000, toMs: Infinity })).toEqual([])
    expect(ralliesEndingIn([], everything)).toEqual([])
  })
})

describe('pongOutcomeOf', () => {
  it('measures early and late play apart', () => {
    // 100 s, so early is 10 to 25 s and late from 30 s. The misses in the first 10 s count nowhere.
    const early = ['HHHHHHHHHM', 'MMHHM'].join('')
    const late = `${'HHHHM'.repeat(2)}MM${'H'.repeat(8)}`
    const encounters = [
      ...played('M'.repeat(10)),
      ...played(early).map((one) => ({ ...one, timeMs: one.timeMs + 10_000 })),
      ...played('M'.repeat(5)).map((one) => ({ ...one, timeMs: one.timeMs + 25_000 })),
      ...played(late).map((one) => ({ ...one, timeMs: one.timeMs + 30_000 })),
    ]
    const outcome = pongOutcomeOf(trialResult(1, 'fep', { durationMs: 100_000, encounters }), protocol)
    expect(outcome).toMatchObject({
      hitRateEarly: 11 / 15,
      hitRateLate: 16 / 20,
      // rallies that ended early: 9, 0, 0, 2 hits; late: 4, 4, 0, 0
      rallyEarly: 11 / 4,
      rallyLate: 2,
      acesEarly: 2 / 4,
      acesLate: 2 / 4,
      longEarly: 1 / 4,
      longLate: 2 / 4,
      edgeShare: 0,
    })
    expect(outcome.hitRateGain).toBeCloseTo(16 / 20 - 11 / 15, 12)
  })

  it('takes the gain of the probe as skill after minus skill before', () => {
    const gain = (probeBefore: typeof FOLLOWED, probeAfter: typeof FOLLOWED) => pongOutcomeOf(trialResult(1, 'fep', { probeBefore, probeAfter }), protocol)
    expect(gain(IGNORED, FOLLOWED)).toMatchObject({ probeBefore: 0, probeAfter: 1 - 1 / 3 })
    expect(gain(IGNORED, FOLLOWED).probeGain).toBeCloseTo(2 / 3, 12)
    expect(gain(FOLLOWED, AVOIDED).probeGain).toBeCloseTo(-4 / 3, 12)
    expect(gain(AVOIDED, AVOIDED).probeGain).toBe(0)
  })

  it('counts encounters with the paddle at an end of its range', () => {
    const encounters = [1 / 6, 0.17, 0.5, 5 / 6].map((own, k) => encounter(20_000 + k, 0.5, own))
    expect(pongOutcomeOf(trialResult(1, 'fep', { encounters }), protocol).edgeShare).toBe(3 / 4)
  })

  it('is null, never a number made up, where there is nothing to measure', () => {
    const outcome = pongOutcomeOf(trialResult(1, 'no_cells'), protocol)
    expect(Object.keys(outcome).sort()).toEqual(Object.keys(PONG_METRICS).sort())
    expect(new Set(Object.values(outcome))).toEqual(new Set([null]))
    // One ball cannot be shuffled: no skill, so no gain.
    const lonely = pongOutcomeOf(trialResult(1, 'fep', { probeBefore: FOLLOWED.slice(0, 1), probeAfter: FOLLOWED }), protocol)
    expect(lonely).toMatchObject({ probeBefore: null, probeGain: null })
  })
})

describe('rallyCurve', () => {
  it('averages the rallies that ended in each eighth of play, first within a culture, then over cultures', () => {
    const results = [
      trialResult(1, 'fep', { durationMs: 8000, encounters: played('HMMHMHHHHM') }),
      trialResult(2, 'fep', { durationMs: 8000, encounters: played('MMMM') }),
      trialResult(1, 'silent', { durationMs: 8000, encounters: played('HHHHHHHM') }),
    ]
    const curve = rallyCurve('fep', results)
    expect(curve.minutes).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5].map((second) => second / 60))
    // Culture 1 ends rallies of 1, 0, 1 in seconds 1, 2 and 4; culture 2 ends rallies of 0 in seconds 0 to 3.
    expect(curve.mean).toEqual([0, 0.5, 0, 0, 1, NaN, NaN, NaN])
    expect([curve.low[1], curve.high[1]]).toEqual([0, 1])
    // One culture has no interval: the mean stands for it.
    expect([curve.low[4], curve.high[4]]).toEqual([1, 1])
  })

  it('is empty of numbers, not of bins, for a condition that was not played', () => {
    expect(rallyCurve('rest', []).mean).toEqual(Array.from({ length: 8 }, () => NaN))
  })
})
