/** Which share of the return above chance is lost, with its interval. */
import { quantile } from 'simple-statistics'
import type { Rng } from '../../rng.js'
import type { MeanInterval } from '../statistics.js'
import { meanOf } from './contrast.js'
import type { AblationUnit } from './types.js'

const RESAMPLES = 10_000
const LEVEL = 0.95

/** One unit (an agent, or an episode of the one agent), played three ways. */
export interface SharedUnits {
  /** With nothing taken. */
  readonly whole: readonly number[]
  /** With something taken. */
  readonly without: readonly number[]
  /** At random. */
  readonly chance: readonly number[]
}

/**
 * lost = (mean whole - mean without) / (mean whole - mean chance)
 *
 * with a percentile bootstrap interval over units, the three ways resampled together (a ratio of means, not a mean of ratios, which single
 * units at chance level would blow up). A resample whose denominator is not positive counts as an unbounded share; where that reaches into the
 * interval there is none. For `each agent` it is the range of the agents' own shares, and none where one of them is not above chance.
 * @returns null where the whole is not above chance
 */
export const lostShare = ({ whole, without, chance }: SharedUnits, unit: AblationUnit, rng: Rng): MeanInterval | null => {
  const lost = whole.map((value, k) => value - without[k])
  const above = whole.map((value, k) => value - chance[k])
  const n = whole.length
  if (n === 0 || meanOf(above) <= 0) return null
  const share = meanOf(lost) / meanOf(above)
  const none: MeanInterval = { mean: share, low: null, high: null, n }
  const bounded = (low: number, high: number): MeanInterval => (Number.isFinite(low) && Number.isFinite(high) ? { mean: share, low, high, n } : none)
  if (unit === 'each agent') {
    const shares = lost.map((value, k) => (above[k] > 0 ? value / above[k] : Infinity))
    return bounded(Math.min(...shares), Math.max(...shares))
  }
  if (n < 2) return none
  const shares = Array.from({ length: RESAMPLES }, () => {
    let [numerator, denominator] = [0, 0]
    for (let k = 0; k < n; k++) {
      const drawn = rng.integer(n)
      numerator += lost[drawn]
      denominator += above[drawn]
    }
    return denominator > 0 ? numerator / denominator : numerator < 0 ? -Infinity : Infinity
  })
  const [low, high] = quantile(shares, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
  return bounded(low, high)
}
