/**
 * Is this culture's spontaneous activity like that of living ones? Seven numbers against six published ranges, pass or fail each.
 *
 * Record at least 120 s after a settling time of 10 s: over shorter spans the interval statistics rest on a handful of bursts.
 */
import { MS_PER_SECOND } from '../units.js'
import { burstSummary } from './burstSummary.js'
import type { BurstSummary } from './burstSummary.js'
import { detectBursts } from './bursts.js'
import type { BurstDetection, BurstDetectorOptions } from './bursts.js'
import { meanRateHz } from './recording.js'
import type { SpikeRecording } from './recording.js'

/** The six criteria. The mean and the CV of the inter-burst interval are one criterion: both must lie inside. */
export type SpontaneousCriterion =
  | 'mean rate' | 'burst rate' | 'inter-burst interval' | 'burst duration' | 'recruitment' | 'tonic rate'

/** One number and the range living cultures show; both ends belong to it. */
export interface PublishedRange {
  readonly criterion: SpontaneousCriterion
  readonly name: string
  readonly unit: string
  readonly low: number
  readonly high: number
  readonly source: string
}

const workingRange = (span: string): string =>
  `${span} of dissociated rat cortex; working range after Wagenaar, Pine & Potter 2006, BMC Neurosci 7:11 ` +
  '(doi 10.1186/1471-2202-7-11): an aggregate made for simulations, not a range the paper states'

/** Mature dissociated rat cortex (21 to 35 days in vitro). Seven numbers, six criteria. */
export const publishedRanges: readonly PublishedRange[] = [
  { criterion: 'mean rate', name: 'mean rate', unit: 'Hz', low: 0.1, high: 5, source: workingRange('Cultures') },
  { criterion: 'burst rate', name: 'network bursts', unit: '1/min', low: 3, high: 20, source: workingRange('Mature cultures') },
  {
    criterion: 'inter-burst interval', name: 'inter-burst interval, mean', unit: 's', low: 3, high: 30,
    source: workingRange('Mature cultures'),
  },
  { criterion: 'inter-burst interval', name: 'inter-burst interval, CV', unit: '1', low: 0.3, high: 2, source: workingRange('Cultures') },
  { criterion: 'burst duration', name: 'burst duration, mean', unit: 'ms', low: 100, high: 1000, source: workingRange('Mature cultures') },
  {
    criterion: 'recruitment', name: 'recruitment, mean', unit: '1', low: 0.2, high: 0.95,
    source: `${workingRange('Cultures')}; lower end from mature ones`,
  },
  {
    criterion: 'tonic rate', name: 'tonic rate between bursts', unit: 'Hz', low: 0, high: 2,
    source: `${workingRange('Mature cultures')}; its lower end (0.1 Hz) is not asked for`,
  },
]

/** A measured number beside its published range. */
export interface RangeCheck extends PublishedRange {
  /** Null when the recording does not have this quantity (no bursts, say); that is outside the range. */
  readonly value: number | null
  readonly inRange: boolean
}

/** Spontaneous activity, measured and judged. */
export interface SpontaneousStatistics {
  /** One entry for each of {@link publishedRanges}, in their order. */
  readonly checks: readonly RangeCheck[]
  /** Criteria met, 0 to `criteria`. */
  readonly passed: number
  readonly criteria: number
  readonly summary: BurstSummary
  readonly detection: BurstDetection
}

const inSeconds = (ms: number | null): number | null => (ms === null ? null : ms / MS_PER_SECOND)

/**
 * Measures a recording without stimulation and compares it with {@link publishedRanges}.
 * @param options for the burst detector; the ranges belong to its defaults
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, `time/not-a-multiple`
 */
export const spontaneousStatistics = (recording: SpikeRecording, options: BurstDetectorOptions = {}): SpontaneousStatistics => {
  const detection = detectBursts(recording, options)
  const summary = burstSummary(detection)
  // In the order of publishedRanges.
  const values = [
    meanRateHz(recording),
    summary.burstsPerMinute,
    inSeconds(summary.interBurstIntervalMeanMs),
    summary.interBurstIntervalCv,
    summary.durationMeanMs,
    summary.recruitmentMean,
    summary.tonicRateHz,
  ]
  const checks = publishedRanges.map((range, k): RangeCheck => {
    const value = values[k] ?? null
    return { ...range, value, inRange: value !== null && value >= range.low && value <= range.high }
  })
  const criteria = [...new Set(publishedRanges.map((range) => range.criterion))]
  const passed = criteria.filter((criterion) => checks.every((check) => check.criterion !== criterion || check.inRange)).length
  return { checks, passed, criteria: criteria.length, summary, detection }
}
