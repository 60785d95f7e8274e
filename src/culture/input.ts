/** What callers hand in, checked at the border: a NaN or a wrong index would spread through the whole dish. */
import { Bl1Error } from '../errors.js'
import { MS_PER_DAY } from '../units.js'
import type { Depolarisations } from './engine/engine.js'
import { pulseCapacityOf } from './engine/wasm/columns.js'
import { STEP_MS } from './parameters.js'
import { LAST_STEP } from './snapshot.js'

/**
 * Steps of a stretch of time that begins at step `from`.
 * @throws Bl1Error `culture/duration`, `culture/too-old`
 */
export const stepsOf = (durationMs: number, from: number): number => {
  const steps = Math.round(durationMs / STEP_MS)
  if (!(Number.isSafeInteger(steps) && steps >= 1 && Math.abs(steps * STEP_MS - durationMs) <= 1e-9 * durationMs)) {
    throw new Bl1Error('culture/duration', { received: String(durationMs) })
  }
  if (from + steps > LAST_STEP) {
    throw new Bl1Error('culture/too-old', { step: from + steps, last: LAST_STEP, lastDays: (LAST_STEP * STEP_MS) / MS_PER_DAY })
  }
  return steps
}

/**
 * Refuses depolarisations that are not counted, not sorted, name no cell, are no number, lie outside [first, end) or crowd into one step.
 * @throws Bl1Error `culture/stimulation`, `culture/stimulation-outside`, `culture/stimulation-crowded`
 */
export const checkStimulation = (
  { count, steps, neurons, amplitudesMv }: Depolarisations, cells: number, first: number, end: number,
): void => {
  if (!(Number.isSafeInteger(count) && count >= 0)) {
    throw new Bl1Error('culture/stimulation', { what: 'the count', received: String(count), expected: 'a whole number from 0 on' })
  }
  const most = pulseCapacityOf(cells)
  for (let k = 0; k < count; k++) {
    if (!(neurons[k] >= 0 && neurons[k] < cells && Number.isInteger(neurons[k]))) {
      throw new Bl1Error('culture/stimulation', { what: 'the neuron', received: String(neurons[k]), expected: `0 to ${cells - 1}` })
    }
    if (!(Math.abs(amplitudesMv[k]) <= 1000)) {
      throw new Bl1Error('culture/stimulation', { what: 'an amplitude of', received: `${amplitudesMv[k]} mV`, expected: 'within +-1,000 mV' })
    }
    if (!Number.isInteger(steps[k])) {
      throw new Bl1Error('culture/stimulation', { what: 'the step', received: String(steps[k]), expected: 'a whole number' })
    }
    if (k > 0 && steps[k] < steps[k - 1]) {
      throw new Bl1Error('culture/stimulation', { what: 'the step', received: `${steps[k]} after ${steps[k - 1]}`, expected: 'sorted' })
    }
    // sorted: too many for one step lie as many entries apart
    if (k >= most && steps[k] === steps[k - most]) throw new Bl1Error('culture/stimulation-crowded', { step: steps[k], most })
  }
  if (count === 0) return
  const outside = steps[0] < first ? steps[0] : steps[count - 1]
  if (outside < first || outside >= end) throw new Bl1Error('culture/stimulation-outside', { step: outside, first, end })
}
