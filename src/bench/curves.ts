/** Rally length and hit rate over the time of play, with intervals over cultures. */
import { Rng } from '../rng.js'
import { MS_PER_MINUTE } from '../units.js'
import type { ConditionName } from './conditions.js'
import { ralliesEndingIn } from './outcomes.js'
import { bootstrapMean } from './statistics.js'
import type { TrialResult } from './trialResult.js'

/** One condition's curve: a bin each, NaN where no rally ended. */
export interface Curve {
  readonly condition: ConditionName
  readonly minutes: number[]
  readonly mean: number[]
  readonly low: number[]
  readonly high: number[]
}

const BINS = 8

/** Mean rally length per culture in equal bins of play, then mean and 95 % interval over cultures. */
export const rallyCurve = (condition: ConditionName, results: readonly TrialResult[]): Curve => {
  const own = results.filter((result) => result.condition === condition)
  const durationMs = Math.max(0, ...own.map((result) => result.durationMs))
  const rng = Rng.fromSeed(0).split(`curve/${condition}`)
  const curve: Curve = { condition, minutes: [], mean: [], low: [], high: [] }
  for (let bin = 0; bin < BINS; bin++) {
    const window = { fromMs: (bin * durationMs) / BINS, toMs: ((bin + 1) * durationMs) / BINS }
    const perCulture = own.flatMap((result) => {
      const rallies = ralliesEndingIn(result.encounters, window)
      return rallies.length > 0 ? [rallies.reduce((sum, length) => sum + length, 0) / rallies.length] : []
    })
    const interval = bootstrapMean(perCulture, rng.split(bin))
    curve.minutes.push((window.fromMs + window.toMs) / 2 / MS_PER_MINUTE)
    curve.mean.push(interval.mean ?? NaN)
    curve.low.push(interval.low ?? interval.mean ?? NaN)
    curve.high.push(interval.high ?? interval.mean ?? NaN)
  }
  return curve
}
