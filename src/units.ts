/** The only unit conversions of the project. Times are in ms, potentials in mV, lengths in um, rates in Hz unless a name says otherwise. */
import { Bl1Error } from './errors.js'

export const MS_PER_SECOND = 1000
export const MS_PER_MINUTE = 60_000
export const MS_PER_DAY = 86_400_000
export const SECONDS_PER_MINUTE = 60

/**
 * A duration as a whole number of steps.
 * @throws Bl1Error `time/not-a-multiple` when the duration does not fall on the grid: rounding it away would shift the clock
 */
export const wholeSteps = (durationMs: number, stepMs: number, name: string): number => {
  const steps = Math.round(durationMs / stepMs)
  if (!(durationMs >= 0 && Math.abs(steps * stepMs - durationMs) <= 1e-9 * Math.max(1, durationMs))) {
    throw new Bl1Error('time/not-a-multiple', { name, valueMs: durationMs, stepMs })
  }
  return steps
}
