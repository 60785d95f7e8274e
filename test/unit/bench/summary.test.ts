/** From trials to verdict: families of comparisons, numbers of cultures, missing values. Worked by hand. */
import { describe, expect, it } from 'vitest'
import { pongTask, summarise, type ConditionName, type Contrast, type PongMetric, type PongSummary, type PongTrial, type Protocol, type TeacherName } from '../../../src/bench/index.js'
import type { Encounter } from '../../../src/loop/index.js'
import { AVOIDED, FOLLOWED, IGNORED, trialResult } from './results.js'
import { played, smallProtocol } from './small.js'

type Probes = { readonly before: Encounter[] | null; readonly after: Encounter[] | null }
const LEARNED: Probes = { before: IGNORED, after: FOLLOWED }
const UNCHANGED: Probes = { before: IGNORED, after: IGNORED }
const MISSING: Probes = { before: AVOIDED, after: AVOIDED.slice(0, 1) }
const WORSE: Probes = { before: IGNORED, after: AVOIDED }
const WITHOUT_CELLS: Probes = { before: null, after: null }

const protocolFor = (cultures: number, conditions: readonly ConditionName[]): Protocol =>
  smallProtocol({ cultures, firstSeed: 11, conditions: [...conditions], dropSeconds: 0 })

/** Every culture alike, unless `probesOf` says otherwise. */
const summaryOf = (
  cultures: number,
  probes: Partial<Record<ConditionName, Probes | ((culture: number) => Probes)>>,
  changes: Partial<PongTrial> = {},
  taught: TeacherName = 'fep',
): PongSummary => {
  const conditions = Object.keys(probes) as ConditionName[]
  const results = conditions.flatMap((condition) =>
    Array.from({ length: cultures }, (_, culture) => {
      const own = probes[condition] ?? UNCHANGED
      const { before, after } = typeof own === 'function' ? own(culture) : own
      return trialResult(11 + culture, condition, { probeBefore: before, probeAfter: after, ...changes })
    }),
  )
  return summarise(pongTask, results, { ...protocolFor(cultures, conditions), taught })
}
const contrastOf = (summary: PongSummary, metric: PongMetric, against: ConditionName): Contrast<PongMetric> => {
  const found = summary.contrasts.find((one) => one.metric === metric && one.against === against)
  if (found === undefined) throw new Error(`no contrast of ${metric} against ${against}`)
  return found
}

describe('summarise', () => {
  it('says learned when fep gains more than each condition in every one of 8 cultures', () => {
    const summary = summaryOf(8, { fep: LEARNED, open_loop: UNCHANGED, silent: UNCHANGED, rest: WORSE })
    // All 8 differences positive: p = 2 of 2^8 patterns; three comparisons, all with the same p: 3 p after Holm.
    const yoked = contrastOf(summary, 'probeGain', 'open_loop')
    expect(yoked).toMatchObject({ n: 8, p: 2 / 256, pHolm: 6 / 256, dz: null })
    expect(yoked.difference.mean).toBeCloseTo(2 / 3, 12)
    expect(contrastOf(summary, 'probeGain', 'rest').difference.mean).toBeCloseTo(4 / 3, 12)
    expect(summary.primaryComparisons).toBe(3)
    expect(summary.verdict).toBe('learned')
  })

  it('says learned to miss when it loses against each', () => {
    expect(summaryOf(8, { fep: WORSE, open_loop: UNCHANGED, silent: LEARNED }).verdict).toBe('learned to miss')
  })

  it('finds no evidence when a single condition shares the gain, or when the signs differ', () => {
    expect(summaryOf(8, { fep: LEARNED, open_loop: LEARNED, silent: UNCHANGED, rest: UNCHANGED }).verdict).toBe('no evidence')
    expect(summaryOf(8, { fep: UNCHANGED, silent: LEARNED, rest: WORSE }).verdict).toBe('no evidence')
  })

  it('takes what others lost for no gain, and what they gained for no loss', () => {
    expect(summaryOf(8, { fep: UNCHANGED, silent: WORSE }).verdict).toBe('no evidence')
    expect(summaryOf(8, { fep: UNCHANGED, silent: LEARNED }).verdict).toBe('no evidence')
  })

  it('finds no evidence where the correction takes the significance away', () => {
    // 6 cultures: p = 2/64 = 0.031 each, below 0.05 alone and 0.0625 after correction for two.
    expect(summaryOf(6, { fep: LEARNED, silent: UNCHANGED }).verdict).toBe('learned')
    expect(summaryOf(6, { fep: LEARNED, silent: UNCHANGED, rest: UNCHANGED }).verdict).toBe('no evidence')
  })

  it('corrects conditions and controls apart, and each number by itself', () => {
    const summary = summaryOf(
      8,
      { fep: LEARNED, silent: UNCHANGED, inverted: UNCHANGED, plasticity_off: UNCHANGED, no_cells: WITHOUT_CELLS, random_paddle: WITHOUT_CELLS },
      { durationMs: 4000, encounters: played('HHMM') },
    )
    expect(contrastOf(summary, 'probeGain', 'silent').pHolm).toBe(2 / 256)
    expect(contrastOf(summary, 'probeGain', 'inverted').pHolm).toBe(4 / 256)
    expect(contrastOf(summary, 'probeGain', 'plasticity_off').pHolm).toBe(4 / 256)
    expect(summary.primaryComparisons).toBe(1)
    // Nothing to probe without cells; the play of all four controls is compared. Equal in all: p = 1.
    expect(summary.contrasts.filter(({ metric }) => metric === 'probeGain').map(({ against }) => against)).toEqual(['silent', 'inverted', 'plasticity_off'])
    expect(summary.contrasts.filter(({ metric }) => metric === 'hitRateLate').map(({ against, p }) => [against, p])).toEqual(
      ['silent', 'inverted', 'plasticity_off', 'no_cells', 'random_paddle'].map((against) => [against, 1]),
    )
  })

  it('lets no control say that cultures learned, and lets those that exclude the contingency object', () => {
    const decided = (control: ConditionName, of: Probes) => summaryOf(8, { fep: LEARNED, silent: UNCHANGED, [control]: of }).verdict
    expect([decided('inverted', LEARNED), decided('inverted', WORSE), decided('shuffled_electrodes', LEARNED)]).toEqual(['no evidence', 'learned', 'learned'])
    expect(summaryOf(8, { fep: LEARNED, inverted: UNCHANGED, plasticity_off: UNCHANGED }).verdict).toBe('not comparable')
  })

  it('pairs cultures, and leaves out those that lack a value in either condition', () => {
    // Culture k gains under fep what it gains under silent, so nothing is left but for the culture that is missing.
    const mixed = (culture: number): Probes => [LEARNED, WORSE, UNCHANGED, LEARNED, MISSING, WORSE][culture]
    const summary = summaryOf(6, { fep: mixed, silent: (culture) => (culture === 1 ? MISSING : mixed(culture)), rest: UNCHANGED })
    expect(contrastOf(summary, 'probeGain', 'silent')).toMatchObject({ n: 4, difference: { mean: 0, low: 0, high: 0, n: 4 }, p: 1 })
    expect(contrastOf(summary, 'probeGain', 'rest').n).toBe(5)
    expect(summary.conditions[0]).toMatchObject({ condition: 'fep', cultures: 6 })
    expect(summary.conditions[0].metrics.probeGain.n).toBe(5)
    expect(summary.conditions[0].metrics.probeBefore.n).toBe(6)
  })

  it('cannot compare when fewer than two cultures have both values', () => {
    const lonely = summaryOf(3, { fep: LEARNED, silent: (culture) => (culture === 0 ? UNCHANGED : MISSING) })
    expect(contrastOf(lonely, 'probeGain', 'silent')).toMatchObject({ n: 1, p: null, pHolm: null, dz: null })
    expect(lonely.verdict).toBe('not comparable')
    const none = summaryOf(3, { fep: MISSING, silent: UNCHANGED })
    expect(contrastOf(none, 'probeGain', 'silent')).toMatchObject({ n: 0, p: null, difference: { mean: null, low: null, high: null, n: 0 } })
    expect(none.verdict).toBe('not comparable')
    expect(summaryOf(1, { fep: LEARNED, silent: UNCHANGED }).verdict).toBe('not comparable')
  })

  it('has no contrasts and no verdict without fep', () => {
    const summary = summaryOf(8, { silent: LEARNED, rest: UNCHANGED })
    expect(summary).toMatchObject({ contrasts: [], primaryComparisons: 0, verdict: 'not comparable' })
  })

  it('asks of the taught condition, which fep must not share, and of fep apart', () => {
    const probes = { fep: UNCHANGED, avoidance: LEARNED, open_loop: UNCHANGED, silent: UNCHANGED, no_feedback: WORSE, inverted: WORSE }
    const summary = summaryOf(9, probes, {}, 'avoidance')
    expect(summary).toMatchObject({ taught: 'avoidance', verdict: 'learned', primaryComparisons: 4 })
    expect(summary.contrasts.filter(({ metric }) => metric === 'probeGain').map(({ against }) => against)).toEqual(['fep', 'open_loop', 'silent', 'no_feedback', 'inverted'])
    expect(contrastOf(summary, 'probeGain', 'fep').difference.mean).toBeCloseTo(2 / 3, 12)
    // fep gains as much as silent and more than no_feedback: that is no gain of its own. 9 differences of one sign: p = 2 of 2^9 patterns.
    const [other, ...none] = summary.otherTeachers
    expect(none).toEqual([])
    expect(other).toMatchObject({ condition: 'fep', difference: 'not clear' })
    expect(other.contrasts.map(({ metric, against, p, pHolm }) => [metric, against, p, pHolm])).toEqual([
      ['probeGain', 'silent', 1, 1],
      ['probeGain', 'no_feedback', 2 / 512, 4 / 512],
    ])
    // a gain that fep shares is no evidence for avoidance
    expect(summaryOf(9, { ...probes, fep: LEARNED }, {}, 'avoidance').verdict).toBe('no evidence')
    expect(summaryOf(9, probes).verdict).toBe('no evidence')
  })

  it.each([
    ['larger', LEARNED, 8],
    ['smaller', WORSE, 8],
    ['not clear', LEARNED, 5],
    ['not comparable', WITHOUT_CELLS, 8],
  ] as const)('calls the difference of another teacher %s', (difference, probes, cultures) => {
    const [other] = summaryOf(cultures, { fep: probes, reward: UNCHANGED, silent: UNCHANGED }, {}, 'reward').otherTeachers
    expect(other).toMatchObject({ condition: 'fep', difference })
  })

  it('has no other teacher in a comparison of fep alone', () => {
    expect(summaryOf(8, { fep: LEARNED, silent: UNCHANGED, no_feedback: UNCHANGED }).otherTeachers).toEqual([])
  })

  it('says from how many cultures on a result is possible at all', () => {
    expect(summaryOf(3, { fep: LEARNED, silent: UNCHANGED }).detectable).toMatchObject({ dz: null })
    const { detectable } = summaryOf(8, { fep: LEARNED, silent: UNCHANGED })
    expect(detectable.dz).toBeGreaterThan(1)
  })

  it('takes the chance level from the paddle that played, and has none where nobody played', () => {
    // A paddle of 1/3 that stays inside the field: 1/3, and rallies of (1/3) / (2/3) hits.
    const { chance } = summaryOf(2, { fep: LEARNED }, { encounters: played('HM') })
    expect(chance?.hitRate).toBeCloseTo(1 / 3, 12)
    expect(chance?.meanRally).toBeCloseTo(1 / 2, 12)
    expect(summaryOf(2, { fep: LEARNED }).chance).toBeNull()
  })

  it('averages the change of weights over the cultures that have one', () => {
    const results = [1.5, 0.5, null].map((weightRatio, k) => trialResult(11 + k, 'fep', { weightRatio }))
    expect(summarise(pongTask, results, protocolFor(3, ['fep'])).conditions[0].weightRatio).toBe(1)
    expect(summarise(pongTask, [], protocolFor(3, ['no_cells'])).conditions[0].weightRatio).toBeNull()
  })

  it('gives the same numbers for the same trials in any order', () => {
    const results = (['fep', 'silent'] as const).flatMap((condition) =>
      [0, 1, 2, 3, 4].map((k) => {
        const probeAfter = k % 2 === 0 ? FOLLOWED : IGNORED
        return trialResult(11 + k, condition, { encounters: played('HM'.repeat(k + 1)), probeBefore: IGNORED, probeAfter })
      }),
    )
    const protocol = protocolFor(5, ['fep', 'silent'])
    expect(summarise(pongTask, results.toReversed(), protocol)).toEqual(summarise(pongTask, results, protocol))
  })
})
