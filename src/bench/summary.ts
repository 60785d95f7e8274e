/** From the trials to what they say: intervals per condition, paired contrasts, chance, power, and whether anything was learned. */
import { Rng } from '../rng.js'
import { conditionsOf, seedsOf } from './compare.js'
import { CONDITIONS, type ConditionName } from './conditions.js'
import type { GameTypes } from './game.js'
import { smallestDetectableEffect, type DetectableEffect } from './power.js'
import type { Protocol } from './protocol.js'
import { bootstrapMean, holm, pairedEffect, signFlipTest, type MeanInterval } from './statistics.js'
import { forEachMetric, type Outcome, type Task } from './task.js'

/** One condition over all cultures, with what the game counts of it. */
export type ConditionSummary<G extends GameTypes> = G['counts'] & {
  readonly condition: ConditionName
  readonly cultures: number
  readonly metrics: Readonly<Record<G['metric'], MeanInterval>>
  /** Mean ratio of excitatory weights after play to before; null without cells. */
  readonly weightRatio: number | null
}

/** `fep` minus another condition over the same cultures. */
export interface Contrast<Metric extends string> {
  readonly metric: Metric
  readonly against: ConditionName
  readonly n: number
  readonly difference: MeanInterval
  readonly dz: number | null
  readonly p: number | null
  /** Holm-corrected within the metric and the family (conditions, or controls). */
  readonly pHolm: number | null
}

/** What can be said of the feedback. */
export type Verdict = 'learned' | 'no evidence' | 'learned to miss' | 'learned to lose' | 'not comparable'

/** A comparison in numbers: what the report prints. */
export interface Summary<G extends GameTypes> {
  readonly conditions: readonly ConditionSummary<G>[]
  readonly contrasts: readonly Contrast<G['metric']>[]
  readonly chance: G['chance'] | null
  /** Smallest paired effect the primary family would have shown with 80 % power. */
  readonly detectable: DetectableEffect
  readonly primaryComparisons: number
  readonly verdict: Verdict
}

const finite = (values: readonly (number | null)[]): number[] => values.filter((value): value is number => value !== null)

const average = (values: readonly number[]): number | null => (values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null)

const contrast = <Metric extends string>(
  metric: Metric,
  against: ConditionName,
  own: readonly Outcome<Metric>[],
  other: readonly Outcome<Metric>[],
  rng: Rng,
): Omit<Contrast<Metric>, 'pHolm'> => {
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

const withHolm = <Metric extends string>(contrasts: readonly Omit<Contrast<Metric>, 'pHolm'>[]): Contrast<Metric>[] => {
  const corrected = holm(finite(contrasts.map(({ p }) => p)))
  let next = 0
  return contrasts.map((one) => ({ ...one, pHolm: one.p === null ? null : corrected[next++] }))
}

const decide = (primary: readonly Contrast<string>[], significance: number, opposite: 'miss' | 'lose'): Verdict => {
  if (primary.length === 0 || primary.some(({ pHolm }) => pHolm === null)) return 'not comparable'
  const isClear = (sign: number): boolean =>
    primary.every(({ pHolm, difference }) => pHolm !== null && pHolm < significance && difference.mean !== null && sign * difference.mean > 0)
  if (isClear(1)) return 'learned'
  return isClear(-1) ? `learned to ${opposite}` : 'no evidence'
}

/** Summarises all trials of a comparison. Seeded: the same trials give the same intervals and p values. */
export const summarise = <G extends GameTypes>(task: Task<G>, results: readonly G['result'][], protocol: Protocol): Summary<G> => {
  const rng = Rng.fromSeed(protocol.firstSeed).split('statistics')
  const seeds = seedsOf(protocol)
  const conditions = conditionsOf(protocol)
  const resultsOf = (condition: ConditionName): G['result'][] =>
    seeds.flatMap((seed) => results.find((result) => result.seed === seed && result.condition === condition) ?? [])
  const outcomes = new Map(conditions.map((condition) => [condition, resultsOf(condition).map((result) => task.outcomeOf(result, protocol))]))

  const summaries = conditions.map((condition): ConditionSummary<G> => {
    const own = outcomes.get(condition) ?? []
    // the same cultures are resampled in every condition: equal values have equal intervals
    const interval = (metric: G['metric']): MeanInterval =>
      bootstrapMean(finite(own.map((outcome) => outcome[metric])), rng.split(metric))
    const ratios = finite(resultsOf(condition).map(({ weightRatio }) => weightRatio))
    const counts = task.countsOf(resultsOf(condition))
    return { condition, cultures: own.length, ...counts, metrics: forEachMetric(task.metrics, interval), weightRatio: average(ratios) }
  })

  const fep = outcomes.get('fep')
  const family = (role: 'condition' | 'control'): ConditionName[] =>
    conditions.filter((condition) => condition !== 'fep' && CONDITIONS[condition].role === role)
  const contrasts = fep === undefined
    ? []
    : task.contrasted.flatMap((metric) =>
        (['condition', 'control'] as const).flatMap((role) =>
          withHolm(
            family(role)
              .filter((condition) => metric !== task.primaryMetric || CONDITIONS[condition].cells)
              .map((condition) => contrast(metric, condition, fep, outcomes.get(condition) ?? [], rng)),
          ),
        ),
      )

  const primary = contrasts.filter(({ metric, against }) => metric === task.primaryMetric && CONDITIONS[against].role === 'condition')
  return {
    conditions: summaries,
    contrasts,
    chance: task.chanceOf(results, protocol),
    detectable: smallestDetectableEffect(protocol.cultures, Math.max(1, primary.length), rng.split('power'), { alpha: protocol.significance }),
    primaryComparisons: primary.length,
    verdict: decide(primary, protocol.significance, task.words.opposite),
  }
}
