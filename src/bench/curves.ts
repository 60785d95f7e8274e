/** A quantity over the time of play, with intervals over cultures. */
import { STEP_MS } from '../culture/index.js'
import { Rng } from '../rng.js'
import { MS_PER_MINUTE } from '../units.js'
import type { ConditionName } from './conditions.js'
import { bootstrapMean } from './statistics.js'
import type { TimeWindow } from './windows.js'

/** One condition's curve: a bin each, NaN where no culture has a value. */
export interface Curve {
  readonly condition: ConditionName
  readonly minutes: number[]
  readonly mean: number[]
  readonly low: number[]
  readonly high: number[]
}

const BINS = 8

/**
 * The mean of each culture's values in equal bins of play, then mean and 95 % interval over cultures.
 * @param valuesIn a trial's values that belong to a window: hits of the rallies, returns of the episodes that ended in it
 */
export const curveOf = <Result extends { readonly condition: ConditionName; readonly durationMs: number }>(
  condition: ConditionName,
  results: readonly Result[],
  valuesIn: (result: Result, window: TimeWindow) => readonly number[],
): Curve => {
  const own = results.filter((result) => result.condition === condition)
  const durationMs = Math.max(0, ...own.map((result) => result.durationMs))
  const rng = Rng.fromSeed(0).split(`curve/${condition}`)
  const curve: Curve = { condition, minutes: [], mean: [], low: [], high: [] }
  for (let bin = 0; bin < BINS; bin++) {
    const [fromMs, endMs] = [bin, bin + 1].map((edge) => (edge * durationMs) / BINS)
    // a window's end does not belong to it, but what ends with the session belongs to the last bin
    const window = { fromMs, toMs: bin === BINS - 1 ? endMs + STEP_MS : endMs }
    const perCulture = own.flatMap((result) => {
      const values = valuesIn(result, window)
      return values.length > 0 ? [values.reduce((sum, value) => sum + value, 0) / values.length] : []
    })
    const interval = bootstrapMean(perCulture, rng.split(bin))
    curve.minutes.push((fromMs + endMs) / 2 / MS_PER_MINUTE)
    curve.mean.push(interval.mean ?? NaN)
    curve.low.push(interval.low ?? interval.mean ?? NaN)
    curve.high.push(interval.high ?? interval.mean ?? NaN)
  }
  return curve
}
