/** The three slow rules as formulas, one function each, so that the engines and the tests share them. */
import { STEP_MS, type CultureParameters } from './parameters.js'
import { MS_PER_SECOND } from '../units.js'

/** Decay factors exp(-k dt / tau) for k = 0, 1, 2 ... steps; beyond the table the trace is taken as gone (below 1e-9). */
export const decayTable = (tauMs: number): Float64Array => {
  const length = Math.ceil((tauMs * Math.log(1e9)) / STEP_MS) + 1
  return Float64Array.from({ length }, (_, k) => Math.exp((-k * STEP_MS) / tauMs))
}

/** Factor for `steps` elapsed steps. */
export const decayed = (table: Float64Array, steps: number): number => (steps < table.length ? table[steps] : 0)

/**
 * STDP gain: w + dw, stopping at the cap; a weight that already lies above the cap (some are drawn that strong) is left where it is.
 */
export const potentiated = (weight: number, change: number, cap: number): number =>
  weight >= cap ? weight : Math.min(cap, weight + change)

/** STDP loss: w - dw, stopping at 0. */
export const depressed = (weight: number, change: number): number => Math.max(0, weight - change)

/**
 * Homeostatic scaling of one synapse over one interval: w (1 + gain interval (target - rate)), kept inside [floor, cap]; a weight
 * already outside is never moved by the limit alone.
 */
export const scaled = (weight: number, factor: number, floor: number, cap: number): number => {
  if (factor > 1) return weight >= cap ? weight : Math.min(cap, weight * factor)
  return weight <= floor ? weight : Math.max(floor, weight * factor)
}

/** Rate estimate after an interval with `spikes` spikes: r e + (spikes / interval) (1 - e), e = exp(-interval / tau). */
export const updatedRateHz = (rateHz: number, spikes: number, intervalMs: number, keep: number): number =>
  rateHz * keep + spikes * (MS_PER_SECOND / intervalMs) * (1 - keep)

/** Constants of homeostatic scaling, computed once. */
export interface ScalingConstants {
  readonly intervalSteps: number
  /** Share of the rate estimate kept over one interval. */
  readonly keep: number
  /** Relative weight change over one interval for each Hz of error. */
  readonly gainPerHz: number
}

export const scalingConstants = ({ homeostasis }: CultureParameters): ScalingConstants => ({
  intervalSteps: Math.max(1, Math.round(homeostasis.intervalMs / STEP_MS)),
  keep: Math.exp(-homeostasis.intervalMs / homeostasis.rateTauMs),
  gainPerHz: (homeostasis.gainPerHzPerSecond * homeostasis.intervalMs) / MS_PER_SECOND,
})
