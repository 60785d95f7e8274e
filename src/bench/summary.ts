/** From the trials to what they say: intervals per condition, paired contrasts, chance, power, and whether anything was learned. */
import { Rng } from '../rng.js'
import { chanceRallies, randomPaddleHitProbability } from './chance.js'
import { conditionsOf, seedsOf } from './compare.js'
import { CONDITIONS, type ConditionName } from './conditions.js'
import { forEachMetric, outcomeOf, type Metric, type Outcome } from './outcomes.js'
import { smallestDetectableEffect, type DetectableEffect } from './power.js'
import type { Protocol } from './protocol.js'
import { bootstrapMean, holm, pairedEffect, signFlipTest, type MeanInterval } from './statistics.js'
import type { TrialResult } from './trialResult.js'

/** One condition over all cultures. */
export interface ConditionSummary {
  readonly condition: ConditionName
  readonly cultures: number
  readonly encounters: number
  readonly metrics: Readonly<Record<Metric, MeanInterval>>
  /** Mean ratio of excitatory weights after play to before; null without cells. */
  readonly weightRatio: number | null
}

/** `fep` minus another condition over the same cultures. */
export interface Contrast {
  readonly metric: Metric
  readonly against: ConditionName
  readonly n: number
  readonly difference: MeanInterval
  readonly dz: number | null
  readonly p: number | null
  /** Holm-corrected within the metric and the family (conditions, or controls). */
  readonly pHolm: number | null
}

/** What can be said of a condition. */
export type Verdict = 'learned' | 'no evidence' | 'learned to miss' | 'not comparable'

/** A comparison in numbers: what the report prints. */
export interface Summary {
  readonly conditions: readonly ConditionSummary[]
  readonly contrasts: readonly Contrast[]
  readonly chance: { readonly hitRate: number; readonly meanRally: number | null } | null
  /** Smallest paired effect the primary family would have shown with 80 % power. */
  readonly detectable: DetectableEffect
  readonly primaryComparisons: number
  readonly verdict: Verdict
}

/** What decides: the probe cannot be fooled by what happens during play. */
export const PRIMARY_METRIC: Metric = 'probeGain'
const CONTRASTED: readonly Metric[] = ['probeGain', 'hitRateGain', 'hitRateLate']

const finite = (values: readonly (number | null)[]): number[] => values.filter((value): value is number => value !== null)

const average = (values: readonly number[]): number | null => (values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null)

const contrast = (metric: Metric, against: ConditionName, own: readonly Outcome[], other: readonly Outcome[], rng: Rng): Omit<Contrast, 'pHolm'> => {
  const pairs = own.flatMap((outcome, k) => {
    const a = outcome[metric]
    const b = other[k]?.[metric] ?? null
    return a === null || b === null ? [] : [[a, b] as const]
  })
  const { differences, dz } = pairedEffect(pairs.map(([a]) => a), pairs.map(([, b]) => b))
  const stream = rng.split(`${metric}/${against}`)
  return {
    metric,
    against,
    n: pairs.length,
    difference: bootstrapMean(differences, stream.split('interval')),
    dz,
    p: differences.length > 1 ? signFlipTest(differences, stream.split('test')).p : null,
  }
}

const withHolm = (contrasts: readonly Omit<Contrast, 'pHolm'>[]): Contrast[] => {
  const corrected = holm(finite(contrasts.map(({ p }) => p)))
  let next = 0
  return contrasts.map((one) => ({ ...one, pHolm: one.p === null ? null : corrected[next++] }))
}

const decide = (primary: readonly Contrast[], significance: number): Verdict => {
  if (primary.length === 0 || primary.some(({ pHolm }) => pHolm === null)) return 'not comparable'
  const isClear = (sign: number): boolean =>
    primary.every(({ pHolm, difference }) => pHolm !== null && pHolm < significance && difference.mean !== null && sign * difference.mean > 0)
  if (isClear(1)) return 'learned'
  return isClear(-1) ? 'learned to miss' : 'no evidence'
}

/** Summarises all trials of a comparison. Seeded: the same trials give the same intervals and p values. */
export const summarise = (results: readonly TrialResult[], protocol: Protocol): Summary => {
  const rng = Rng.fromSeed(protocol.firstSeed).split('statistics')
  const seeds = seedsOf(protocol)
  const conditions = conditionsOf(protocol)
  const resultsOf = (condition: ConditionName): TrialResult[] =>
    seeds.flatMap((seed) => results.find((result) => result.seed === seed && result.condition === condition) ?? [])
  const outcomes = new Map(conditions.map((condition) => [condition, resultsOf(condition).map((result) => outcomeOf(result, protocol))]))

  const summaries = conditions.map((condition): ConditionSummary => {
    const own = outcomes.get(condition) ?? []
    // the same cultures are resampled in every condition: equal values have equal intervals
    const interval = (metric: Metric): MeanInterval =>
      bootstrapMean(finite(own.map((outcome) => outcome[metric])), rng.split(metric))
    const ratios = finite(resultsOf(condition).map(({ weightRatio }) => weightRatio))
    const encounters = resultsOf(condition).reduce((sum, result) => sum + result.encounters.length, 0)
    return { condition, cultures: own.length, encounters, metrics: forEachMetric(interval), weightRatio: average(ratios) }
  })

  const fep = outcomes.get('fep')
  const family = (role: 'condition' | 'control'): ConditionName[] =>
    conditions.filter((condition) => condition !== 'fep' && CONDITIONS[condition].role === role)
  const contrasts = fep === undefined
    ? []
    : CONTRASTED.flatMap((metric) =>
        (['condition', 'control'] as const).flatMap((role) =>
          withHolm(
            family(role)
              .filter((condition) => metric !== 'probeGain' || CONDITIONS[condition].cells)
              .map((condition) => contrast(metric, condition, fep, outcomes.get(condition) ?? [], rng)),
          ),
        ),
      )

  const primary = contrasts.filter(({ metric, against }) => metric === PRIMARY_METRIC && CONDITIONS[against].role === 'condition')
  const encounter = results.flatMap(({ encounters }) => encounters.slice(0, 1))[0]
  const hitRate = encounter && randomPaddleHitProbability(encounter.reach, encounter.lowest, encounter.highest)
  return {
    conditions: summaries,
    contrasts,
    chance: hitRate === undefined ? null : { hitRate, meanRally: chanceRallies(hitRate).meanRallyLength },
    detectable: smallestDetectableEffect(protocol.cultures, Math.max(1, primary.length), rng.split('power'), { alpha: protocol.significance }),
    primaryComparisons: primary.length,
    verdict: decide(primary, protocol.significance),
  }
}
