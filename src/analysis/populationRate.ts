/** The population rate: spikes per cell and second in short bins, raw and smoothed by a Gaussian. */
import { group, quantity, readParameters } from '../parameters.js'
import { MS_PER_SECOND, wholeSteps } from '../units.js'
import type { SpikeRecording } from './recording.js'

/** Kernel half-width, in standard deviations. */
const TRUNCATION_SIGMAS = 4

/** Bin and kernel of the population rate. */
export const populationRateQuantities = {
  binMs: quantity({ default: 5, unit: 'ms', above: 0, doc: 'Width of a rate bin; a whole number of steps.' }),
  smoothingMs: quantity({
    default: 20, unit: 'ms', min: 0, doc: 'SD of the Gaussian kernel, cut off at 4 SD; 0 leaves the rate as it is.',
  }),
}

/** Table of {@link populationRate}'s options. */
export const populationRateParameters = group(populationRateQuantities, 'Population rate')

/** Options of {@link populationRate}. */
export interface PopulationRateOptions {
  readonly binMs?: number
  readonly smoothingMs?: number
}

/** A population rate over time. Bin b covers [startMs + b binMs, startMs + (b + 1) binMs) on the culture's clock. */
export interface PopulationRate {
  readonly startMs: number
  readonly binMs: number
  /** Steps in a bin. */
  readonly stepsPerBin: number
  /** Rate per cell, Hz, one entry a bin. */
  readonly rateHz: Float64Array
  /** The same after smoothing. */
  readonly smoothedHz: Float64Array
}

/**
 * Convolution with a Gaussian truncated at 4 SD. Beyond both ends the signal counts as zero, so the first and last 4 SD are damped.
 * @param sigmaBins SD in bins; 0 returns a copy
 */
export const smoothGaussian = (values: Float64Array, sigmaBins: number): Float64Array => {
  if (sigmaBins === 0) return values.slice()
  const half = Math.ceil(TRUNCATION_SIGMAS * sigmaBins)
  const kernel = new Float64Array(2 * half + 1)
  let area = 0
  for (let k = -half; k <= half; k++) area += kernel[k + half] = Math.exp((-0.5 * k * k) / sigmaBins / sigmaBins)
  const smoothed = new Float64Array(values.length)
  for (let b = 0; b < values.length; b++) {
    const last = Math.min(half, values.length - 1 - b)
    let sum = 0
    for (let k = Math.max(-half, -b); k <= last; k++) sum += kernel[k + half] * values[b + k]
    smoothed[b] = sum / area
  }
  return smoothed
}

/**
 * Rate per cell in bins of `binMs` (default 5 ms), smoothed with SD `smoothingMs` (default 20 ms). A partial bin at the end is dropped.
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`; `time/not-a-multiple` when a bin is no whole number of steps
 */
export const populationRate = (recording: SpikeRecording, options: PopulationRateOptions = {}): PopulationRate => {
  const { binMs, smoothingMs } = readParameters(populationRateParameters, options, 'populationRate')
  const { steps, stepMs, startStep, endStep, neuronCount } = recording
  // wholeSteps lets widths below its tolerance pass as 0 steps; a bin has at least one.
  const stepsPerBin = Math.max(1, wholeSteps(binMs, stepMs, 'binMs'))
  const bins = Math.floor((endStep - startStep) / stepsPerBin)
  const rateHz = new Float64Array(bins)
  for (const step of steps) {
    const bin = Math.floor((step - startStep) / stepsPerBin)
    if (bin < bins) rateHz[bin]++
  }
  const cellSeconds = neuronCount * (binMs / MS_PER_SECOND)
  for (let b = 0; b < bins; b++) rateHz[b] /= cellSeconds
  return { startMs: startStep * stepMs, binMs, stepsPerBin, rateHz, smoothedHz: smoothGaussian(rateHz, smoothingMs / binMs) }
}
