/** What a setting came to: the mean over cultures of a number, under what is taught and minus what it is held against. */
import { mean, sampleStandardDeviation } from 'simple-statistics'
import type { ConditionName } from '../conditions.js'

/** What one culture showed: every number of every condition it played under. */
export interface PlayedCulture {
  readonly seed: number
  /** By condition, then by metric; null where a number could not be had. */
  readonly outcomes: Readonly<Record<string, Readonly<Record<string, number | null>>>>
}

/** The score of a setting in one rung. */
export interface Score {
  /** Null when no culture had the number. */
  readonly mean: number | null
  /** Over cultures; null with fewer than two. */
  readonly sd: number | null
  /** Cultures that had the number. */
  readonly n: number
}

/**
 * Scores a setting by a metric of the game's task: under the taught condition, minus what it is held against (null: it stands alone).
 */
export const scoreOf = (
  cultures: readonly PlayedCulture[],
  { metric, taught, against }: { readonly metric: string; readonly taught: ConditionName; readonly against: ConditionName | null },
): Score => {
  const values = cultures.flatMap(({ outcomes }) => {
    const own = outcomes[taught]?.[metric] ?? null
    const other = against === null ? 0 : (outcomes[against]?.[metric] ?? null)
    return own === null || other === null ? [] : [own - other]
  })
  return {
    mean: values.length > 0 ? mean(values) : null,
    sd: values.length > 1 ? sampleStandardDeviation(values) : null,
    n: values.length,
  }
}
