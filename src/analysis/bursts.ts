/**
 * Network bursts: when the smoothed population rate stands out of the recording's own mean, with hysteresis.
 *
 * The detector, stated in full. r is the population rate per cell in 5 ms bins, smoothed with a Gaussian of 20 ms SD; m and s are its mean
 * and (population) SD over the whole recording; h = max(1 s, 2 Hz).
 *   1. A burst opens in the first bin with r > m + h and closes in the first later bin with r < m + h/2.
 *   2. Its onset moves back to where r last rose through m + h/2.
 *   3. A burst whose onset is less than 100 ms after the last offset is merged into that one.
 *   4. Bursts under 30 ms are dropped, and a burst that begins in the first bin (its onset was not seen). A burst still open at the
 *      end is not reported (its offset was not seen).
 * Smoothing moves an onset up to about 60 ms before the first spikes of an abrupt burst.
 */
import { mean, standardDeviation } from 'simple-statistics'
import { group, quantity, readParameters } from '../parameters.js'
import { populationRate, populationRateQuantities } from './populationRate.js'
import type { PopulationRate, PopulationRateOptions } from './populationRate.js'
import { firstSpikeAt, recordingDurationMs } from './recording.js'
import type { SpikeRecording } from './recording.js'

/** Table of the detector's numbers. */
export const burstDetectorParameters = group(
  {
    ...populationRateQuantities,
    thresholdSd: quantity({ default: 1, unit: 'SD', min: 0, doc: 'Onset threshold above the mean, in SD of the smoothed rate.' }),
    minimumRiseHz: quantity({ default: 2, unit: 'Hz', min: 0, doc: 'Onset threshold above the mean is at least this.' }),
    offsetFraction: quantity({ default: 0.5, unit: '1', min: 0, max: 1, doc: 'Offset threshold, as a share of the onset threshold.' }),
    mergeGapMs: quantity({ default: 100, unit: 'ms', min: 0, doc: 'Bursts closer than this are one.' }),
    minimumDurationMs: quantity({ default: 30, unit: 'ms', min: 0, doc: 'Shorter bursts are dropped.' }),
  },
  'Network burst detector',
)

/** Options of {@link detectBursts}; what is left out has the defaults of the published ranges' detector. */
export interface BurstDetectorOptions extends PopulationRateOptions {
  readonly thresholdSd?: number
  readonly minimumRiseHz?: number
  readonly offsetFraction?: number
  readonly mergeGapMs?: number
  readonly minimumDurationMs?: number
}

/** One network burst. Times on the culture's clock. */
export interface Burst {
  readonly onsetMs: number
  /** Exclusive. */
  readonly offsetMs: number
  readonly durationMs: number
  /** Share of the cells that fired at least once inside, 0 to 1. */
  readonly recruitment: number
  /** Highest smoothed rate inside, Hz per cell. */
  readonly peakRateHz: number
  /** Spikes inside, per cell of the dish. */
  readonly spikesPerCell: number
  /** First bin of the population rate inside. */
  readonly onsetBin: number
  /** The bin after the last one inside. */
  readonly offsetBin: number
}

/** What {@link detectBursts} found, with the rate it looked at. */
export interface BurstDetection {
  readonly bursts: readonly Burst[]
  readonly rate: PopulationRate
  /** Length of the recording, ms. */
  readonly recordedMs: number
  /** Mean of the smoothed rate (m), Hz; null for a recording without a single bin, as are the thresholds. */
  readonly meanHz: number | null
  /** Onset threshold m + h, Hz. */
  readonly thresholdHz: number | null
  /** Offset threshold, Hz. */
  readonly offsetThresholdHz: number | null
}

/** A stretch of bins [onset, offset). */
type Stretch = { readonly onset: number; offset: number }

/** Steps 1 to 3 of the detector. */
const findStretches = (rate: Float64Array, threshold: number, offsetThreshold: number, mergeGapBins: number): Stretch[] => {
  const found: Stretch[] = []
  let crossing: number | null = null
  for (let b = 0; b < rate.length; b++) {
    if (crossing === null) {
      if (rate[b] > threshold) crossing = b
    } else if (rate[b] < offsetThreshold) {
      let onset = crossing
      while (onset > 0 && rate[onset - 1] > offsetThreshold) onset--
      const last = found.at(-1)
      if (last !== undefined && onset - last.offset < mergeGapBins) last.offset = b
      else found.push({ onset, offset: b })
      crossing = null
    }
  }
  return found
}

/** What one stretch of bins holds. `lastBurstOf` remembers the last burst each neuron fired in, so nobody is counted twice. */
const measure = (
  recording: SpikeRecording, rate: PopulationRate, { onset, offset }: Stretch, lastBurstOf: Int32Array, id: number,
): Burst => {
  const { startStep, neuronCount, neurons } = recording
  const first = firstSpikeAt(recording, startStep + onset * rate.stepsPerBin)
  const last = firstSpikeAt(recording, startStep + offset * rate.stepsPerBin)
  let recruited = 0
  for (let k = first; k < last; k++) {
    if (lastBurstOf[neurons[k]] === id) continue
    lastBurstOf[neurons[k]] = id
    recruited++
  }
  let peakRateHz = 0
  for (let b = onset; b < offset; b++) peakRateHz = Math.max(peakRateHz, rate.smoothedHz[b])
  return {
    onsetMs: rate.startMs + onset * rate.binMs,
    offsetMs: rate.startMs + offset * rate.binMs,
    durationMs: (offset - onset) * rate.binMs,
    recruitment: recruited / neuronCount,
    peakRateHz,
    spikesPerCell: (last - first) / neuronCount,
    onsetBin: onset,
    offsetBin: offset,
  }
}

/**
 * Finds network bursts; see the head of this file for the exact rule.
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, `time/not-a-multiple`
 */
export const detectBursts = (recording: SpikeRecording, options: BurstDetectorOptions = {}): BurstDetection => {
  const chosen = readParameters(burstDetectorParameters, options, 'detectBursts')
  const rate = populationRate(recording, { binMs: chosen.binMs, smoothingMs: chosen.smoothingMs })
  const recordedMs = recordingDurationMs(recording)
  const smoothed = Array.from(rate.smoothedHz)
  if (smoothed.length === 0) return { bursts: [], rate, recordedMs, meanHz: null, thresholdHz: null, offsetThresholdHz: null }

  const meanHz = mean(smoothed)
  // h = max(thresholdSd s, minimumRise)
  const riseHz = Math.max(chosen.thresholdSd * standardDeviation(smoothed), chosen.minimumRiseHz)
  const thresholdHz = meanHz + riseHz
  const offsetThresholdHz = meanHz + chosen.offsetFraction * riseHz

  const lastBurstOf = new Int32Array(recording.neuronCount).fill(-1)
  const bursts = findStretches(rate.smoothedHz, thresholdHz, offsetThresholdHz, chosen.mergeGapMs / rate.binMs)
    .filter(({ onset, offset }) => (offset - onset) * rate.binMs >= chosen.minimumDurationMs && onset > 0)
    .map((stretch, id) => measure(recording, rate, stretch, lastBurstOf, id))
  return { bursts, rate, recordedMs, meanHz, thresholdHz, offsetThresholdHz }
}
