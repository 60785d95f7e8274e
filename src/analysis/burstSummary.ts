/** What the bursts of a recording amount to: how often, how regular, how long, how wide, and what the dish does in between. */
import { mean, sampleStandardDeviation } from 'simple-statistics'
import { MS_PER_MINUTE } from '../units.js'
import type { Burst, BurstDetection } from './bursts.js'

/** Bursts are widened by this much before what is left counts as tonic firing. */
const TONIC_GUARD_BEFORE_MS = 50
const TONIC_GUARD_AFTER_MS = 100

/** Null stands for a quantity that does not exist in this recording (no burst, one burst, no time). */
export interface BurstSummary {
  readonly count: number
  /** Bursts per minute of recording; null for zero duration. */
  readonly burstsPerMinute: number | null
  /** Mean of the intervals from each offset to the next onset, ms; null for fewer than 2 bursts. */
  readonly interBurstIntervalMeanMs: number | null
  /** Sample SD over mean of the same intervals; null for fewer than 3 bursts. */
  readonly interBurstIntervalCv: number | null
  readonly durationMeanMs: number | null
  readonly recruitmentMean: number | null
  readonly peakRateMeanHz: number | null
  readonly spikesPerCellMean: number | null
  /** Rate per cell outside bursts widened by 50 ms before and 100 ms after, Hz; null when nothing is left outside. */
  readonly tonicRateHz: number | null
}

const meanOrNull = (values: readonly number[]): number | null => (values.length > 0 ? mean(values) : null)

const tonicRateHz = ({ bursts, rate }: BurstDetection): number | null => {
  const bins = rate.rateHz.length
  const before = Math.round(TONIC_GUARD_BEFORE_MS / rate.binMs)
  const after = Math.round(TONIC_GUARD_AFTER_MS / rate.binMs)
  const inside = new Uint8Array(bins)
  for (const { onsetBin, offsetBin } of bursts) inside.fill(1, Math.max(0, onsetBin - before), Math.min(bins, offsetBin + after))
  let sum = 0
  let outside = 0
  for (let b = 0; b < bins; b++) {
    if (inside[b] === 1) continue
    sum += rate.rateHz[b]
    outside++
  }
  return outside > 0 ? sum / outside : null
}

/** Summarises what {@link detectBursts} found. */
export const burstSummary = (detection: BurstDetection): BurstSummary => {
  const { bursts, recordedMs } = detection
  const intervalsMs: number[] = []
  for (let k = 1; k < bursts.length; k++) intervalsMs.push(bursts[k].onsetMs - bursts[k - 1].offsetMs)
  const intervalMs = meanOrNull(intervalsMs)
  const average = (of: (burst: Burst) => number): number | null => meanOrNull(bursts.map(of))
  return {
    count: bursts.length,
    burstsPerMinute: recordedMs > 0 ? bursts.length / (recordedMs / MS_PER_MINUTE) : null,
    interBurstIntervalMeanMs: intervalMs,
    // Two bursts are never closer than a bin, so the mean interval is above zero.
    interBurstIntervalCv: intervalMs !== null && intervalsMs.length > 1 ? sampleStandardDeviation(intervalsMs) / intervalMs : null,
    durationMeanMs: average((burst) => burst.durationMs),
    recruitmentMean: average((burst) => burst.recruitment),
    peakRateMeanHz: average((burst) => burst.peakRateHz),
    spikesPerCellMean: average((burst) => burst.spikesPerCell),
    tonicRateHz: tonicRateHz(detection),
  }
}
