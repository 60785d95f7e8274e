/** Inter-spike intervals pooled over cells, and a histogram with logarithmic bins (intervals span four decades in bursting cultures). */
import { group, quantity, readParameters } from '../parameters.js'
import { Bl1Error } from '../errors.js'
import type { SpikeRecording } from './recording.js'

/** Intervals between successive spikes of the same cell, ms, all cells together, in the order in which the intervals ended. */
export const interSpikeIntervals = (recording: SpikeRecording): Float64Array => {
  const { steps, neurons, stepMs, neuronCount } = recording
  const lastSpike = new Int32Array(neuronCount)
  const hasFired = new Uint8Array(neuronCount)
  const intervalsMs = new Float64Array(steps.length)
  let count = 0
  for (let k = 0; k < steps.length; k++) {
    const neuron = neurons[k]
    if (hasFired[neuron] === 1) intervalsMs[count++] = (steps[k] - lastSpike[neuron]) * stepMs
    hasFired[neuron] = 1
    lastSpike[neuron] = steps[k]
  }
  return intervalsMs.slice(0, count)
}

/** Table of {@link logHistogram}'s options. */
export const logHistogramParameters = group(
  {
    lowMs: quantity({ default: 1, unit: 'ms', above: 0, doc: 'Lower edge of the first bin.' }),
    highMs: quantity({ default: 100_000, unit: 'ms', above: 0, doc: 'Upper edge of the last bin is the first one at or above this.' }),
    binsPerDecade: quantity({ default: 10, unit: '1', min: 1, integer: true, doc: 'Bins per factor of ten.' }),
  },
  'Histogram with logarithmic bins',
)

/** Options of {@link logHistogram}. */
export interface LogHistogramOptions {
  readonly lowMs?: number
  readonly highMs?: number
  readonly binsPerDecade?: number
}

/** Counts in bins of equal ratio: bin i holds intervals in [edgesMs[i], edgesMs[i + 1]). */
export interface LogHistogram {
  readonly edgesMs: Float64Array
  readonly counts: Int32Array
  /** Intervals below the first edge. */
  readonly below: number
  /** Intervals at or above the last edge. */
  readonly above: number
}

/**
 * Histogram of intervals over logarithmic bins.
 * @param intervalsMs non-negative intervals
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`; `analysis/input` when highMs is not above lowMs
 */
export const logHistogram = (intervalsMs: ArrayLike<number>, options: LogHistogramOptions = {}): LogHistogram => {
  const { lowMs, highMs, binsPerDecade } = readParameters(logHistogramParameters, options, 'logHistogram')
  if (highMs <= lowMs) {
    throw new Bl1Error('analysis/input', { what: 'logHistogram: highMs', expected: `above lowMs (${lowMs})`, received: String(highMs) })
  }
  // The small allowance keeps a rounding error of the logarithm from adding an empty bin.
  const bins = Math.ceil(Math.log10(highMs / lowMs) * binsPerDecade - 1e-9)
  const edgesMs = Float64Array.from({ length: bins + 1 }, (_, i) => lowMs * 10 ** (i / binsPerDecade))
  const counts = new Int32Array(bins)
  let below = 0
  let above = 0
  for (let k = 0; k < intervalsMs.length; k++) {
    const interval = intervalsMs[k]
    if (interval < lowMs) below++
    else if (interval >= edgesMs[bins]) above++
    else {
      // The logarithm may land one bin off at an edge; the edges themselves decide.
      let bin = Math.min(bins - 1, Math.max(0, Math.floor(Math.log10(interval / lowMs) * binsPerDecade)))
      if (interval < edgesMs[bin]) bin--
      else if (interval >= edgesMs[bin + 1]) bin++
      counts[bin]++
    }
  }
  return { edgesMs, counts, below, above }
}
