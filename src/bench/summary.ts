/** From the trials to what they say: intervals per condition, paired contrasts, chance, power, and whether anything was learned. */
import { Rng } from '../rng.js'
import { conditionsOf, seedsOf } from './compare.js'
import { CONDITIONS, TEACHERS, type ConditionName, type TeacherName } from './conditions.js'
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

/** A teacher minus another condition over the same cultures. */
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

/** Whether contrasts say one thing: each beyond chance after correction, and all with one sign. */
export type Direction = 'larger' | 'smaller' | 'not clear' | 'not comparable'

/** What a teacher that is not the taught one is held against: no other is yoked to it. */
const UNTAUGHT = ['silent', 'no_feedback'] as const satisfies readonly ConditionName[]

/** A condition that teaches beside the taught one: how far it differs in what decides from cultures that were answered nothing. */
export interface OtherTeacher<Metric extends string> {
  readonly condition: TeacherName
  /** Minus `silent` and `no_feedback`, as far as they are there; corrected within these. */
  readonly contrasts: readonly Contrast<Metric>[]
  readonly difference: Direction
}

/**
 * What can be said of the taught condition. `learned`: its gain is above zero and larger than under every other condition, `inverted` and
 * `plasticity_off` where they were run; `learned to ...`: its gain is below zero and smaller than under every other condition.
 */
export type Verdict = 'learned' | 'no evidence' | 'learned to miss' | 'learned to lose' | 'not comparable'

/** A comparison in numbers: what the report prints. */
export interface Summary<G extends GameTypes> {
  /** Whose teaching is put to the test. */
  readonly taught: TeacherName
  readonly conditions: readonly ConditionSummary<G>[]
  /** The taught condition minus each other. */
  readonly contrasts: readonly Contrast<G['metric']>[]
  readonly otherTeachers: readonly OtherTeacher<G['metric']>[]
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

const directionOf = (contrasts: readonly Contrast<string>[], significance: number): Direction => {
  if (contrasts.length === 0 || contrasts.some(({ pHolm }) => pHolm === null)) return 'not comparable'
  const isClear = (sign: number): boolean =>
    contrasts.every(({ pHolm, difference }) => pHolm !== null && pHolm < significance && difference.mean !== null && sign * difference.mean > 0)
  if (isClear(1)) return 'larger'
  return isClear(-1) ? 'smaller' : 'not clear'
}

interface Findings {
  /** The gain under the taught condition. */
  readonly own: MeanInterval | undefined
  readonly primary: readonly Contrast<string>[]
  readonly excluding: readonly Contrast<string>[]
}

/**
 * The contrasts of what decides: with the conditions, and with those controls that share no gain which the contingency made, since it is
 * exchanged there, or nothing can change.
 */
export const decidingContrasts = <G extends GameTypes>({ primaryMetric }: Task<G>, contrasts: Summary<G>['contrasts']) => {
  const deciding = contrasts.filter(({ metric }) => metric === primaryMetric)
  return {
    primary: deciding.filter(({ against }) => CONDITIONS[against].role === 'condition'),
    excluding: deciding.filter(({ against }) => against === 'inverted' || against === 'plasticity_off'),
  }
}

const decide = ({ own, primary, excluding }: Findings, significance: number, opposite: 'miss' | 'lose'): Verdict => {
  switch (directionOf(primary, significance)) {
    case 'larger': {
      // what the others lost is no gain of one's own
      const hasRisen = (own?.low ?? 0) > 0
      return hasRisen && (excluding.length === 0 || directionOf(excluding, significance) === 'larger') ? 'learned' : 'no evidence'
    }
    case 'smaller':
      return (own?.high ?? 0) < 0 ? `learned to ${opposite}` : 'no evidence'
    case 'not clear':
      return 'no evidence'
    case 'not comparable':
      return 'not comparable'
  }
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

  const { taught } = protocol
  const ofTaught = outcomes.get(taught)
  const family = (role: 'condition' | 'control'): ConditionName[] =>
    conditions.filter((condition) => condition !== taught && CONDITIONS[condition].role === role)
  const contrasts = ofTaught === undefined
    ? []
    : task.contrasted.flatMap((metric) =>
        (['condition', 'control'] as const).flatMap((role) =>
          withHolm(
            family(role)
              .filter((condition) => metric !== task.primaryMetric || CONDITIONS[condition].cells)
              .map((condition) => contrast(metric, condition, ofTaught, outcomes.get(condition) ?? [], rng)),
          ),
        ),
      )

  const otherTeachers = TEACHERS.filter((teacher) => teacher !== taught && outcomes.has(teacher)).map((condition) => {
    const own = outcomes.get(condition) ?? []
    const nothing = UNTAUGHT.filter((against) => outcomes.has(against))
    const held = withHolm(nothing.map((against) => contrast(task.primaryMetric, against, own, outcomes.get(against) ?? [], rng.split(condition))))
    return { condition, contrasts: held, difference: directionOf(held, protocol.significance) }
  })

  const { primary, excluding } = decidingContrasts(task, contrasts)
  const own = summaries.find(({ condition }) => condition === taught)?.metrics[task.primaryMetric]
  return {
    taught,
    conditions: summaries,
    contrasts,
    otherTeachers,
    chance: task.chanceOf(results, protocol),
    detectable: smallestDetectableEffect(protocol.cultures, Math.max(1, primary.length), rng.split('power'), { alpha: protocol.significance }),
    primaryComparisons: primary.length,
    verdict: decide({ own, primary, excluding }, protocol.significance, task.words.opposite),
  }
}
