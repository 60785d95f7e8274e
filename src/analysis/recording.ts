/**
 * A spike recording: who fired in which step, as two columns. Every analysis of this room starts from one.
 *
 * Times in milliseconds are always on the culture's own clock (step x step length), never relative to the start of the recording, so
 * that bursts, stimuli and game events can be laid over one another.
 */
import { Bl1Error } from '../errors.js'
import { MS_PER_SECOND, wholeSteps } from '../units.js'

/** Spikes as columns, sorted by step. */
export interface SpikeRecording {
  /** Step of each spike, ascending, each in [startStep, endStep). */
  readonly steps: Int32Array
  /** Neuron of each spike, in [0, neuronCount); same length as `steps`. */
  readonly neurons: Int32Array
  /** Length of a step, ms. */
  readonly stepMs: number
  /** First recorded step. */
  readonly startStep: number
  /** The step after the last recorded one. */
  readonly endStep: number
  /** Neurons that could have fired, silent ones included. */
  readonly neuronCount: number
}

const refuse = (reason: string): never => {
  throw new Bl1Error('analysis/recording', { reason })
}

/**
 * Checks the columns and returns them as a recording (the columns are shared, not copied).
 * @throws Bl1Error `analysis/recording`
 */
export const makeRecording = (recording: SpikeRecording): SpikeRecording => {
  const { steps, neurons, stepMs, startStep, endStep, neuronCount } = recording
  if (!(steps instanceof Int32Array) || !(neurons instanceof Int32Array)) refuse('a column is not an Int32Array')
  if (!(stepMs > 0) || !Number.isFinite(stepMs)) refuse(`stepMs is ${stepMs}`)
  if (!Number.isInteger(startStep) || !Number.isInteger(endStep) || endStep < startStep) {
    refuse(`it runs from step ${startStep} to step ${endStep}`)
  }
  if (!Number.isInteger(neuronCount) || neuronCount < 1) refuse(`neuronCount is ${neuronCount}`)
  if (steps.length !== neurons.length) refuse(`there are ${steps.length} steps but ${neurons.length} neurons`)
  let previous = startStep
  for (let k = 0; k < steps.length; k++) {
    const step = steps[k]
    const neuron = neurons[k]
    if (step < startStep || step >= endStep) refuse(`spike ${k} is in step ${step}, outside [${startStep}, ${endStep})`)
    if (step < previous) refuse(`spike ${k} (step ${step}) comes after a spike in step ${previous}`)
    if (neuron < 0 || neuron >= neuronCount) refuse(`spike ${k} is of neuron ${neuron}, outside [0, ${neuronCount})`)
    previous = step
  }
  return { steps, neurons, stepMs, startStep, endStep, neuronCount }
}

/** Length of the recording, ms. */
export const recordingDurationMs = (recording: SpikeRecording): number =>
  (recording.endStep - recording.startStep) * recording.stepMs

/** Mean firing rate per cell, Hz; null for a recording of zero duration. */
export const meanRateHz = (recording: SpikeRecording): number | null => {
  const seconds = recordingDurationMs(recording) / MS_PER_SECOND
  return seconds > 0 ? recording.steps.length / recording.neuronCount / seconds : null
}

/** Index of the first spike at or after `step` (the number of spikes when there is none): binary search. */
export const firstSpikeAt = (recording: SpikeRecording, step: number): number => {
  let low = 0
  let high = recording.steps.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (recording.steps[middle] < step) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * The part of a recording in [fromMs, toMs), on the culture's clock. Spikes keep their steps; the columns are views, not copies.
 * @throws Bl1Error `analysis/slice` outside the recording or backwards, `time/not-a-multiple` off the step grid
 */
export const sliceRecording = (recording: SpikeRecording, fromMs: number, toMs: number): SpikeRecording => {
  const { stepMs, startStep, endStep } = recording
  const outside = { fromMs, toMs, startMs: startStep * stepMs, endMs: endStep * stepMs }
  if (!(fromMs >= 0) || !(toMs >= fromMs)) throw new Bl1Error('analysis/slice', outside)
  const from = wholeSteps(fromMs, stepMs, 'fromMs')
  const to = wholeSteps(toMs, stepMs, 'toMs')
  if (from < startStep || to > endStep) throw new Bl1Error('analysis/slice', outside)
  const first = firstSpikeAt(recording, from)
  const last = firstSpikeAt(recording, to)
  return {
    ...recording,
    steps: recording.steps.subarray(first, last),
    neurons: recording.neurons.subarray(first, last),
    startStep: from,
    endStep: to,
  }
}
