/** The slow rules as formulas, one function each, so that the engines and the tests share them. */
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

/** Marks and dopamine below this are taken as gone: left to themselves they would sink into denormal numbers, which are slow. */
export const FORGOTTEN = 1e-20

/** What an interval leaves of a mark or of dopamine: x e, e = exp(-interval / tau). */
export const faded = (value: number, keep: number): number => {
  const left = value * keep
  return Math.abs(left) < FORGOTTEN ? 0 : left
}

/** Constants of reward-modulated STDP over one interval T of its clock, computed once. */
export interface RewardConstants {
  readonly intervalSteps: number
  /** exp(-T / tau_c): share of an eligibility kept over one interval. */
  readonly eligibilityKeep: number
  /** exp(-T / tau_d): share of the dopamine kept. */
  readonly dopamineKeep: number
  /** tau (1 - exp(-T / tau)) with 1 / tau = 1 / tau_c + 1 / tau_d, ms: see {@link rewardCredit}. */
  readonly creditMs: number
  /** Baseline dopamine x tau_c (1 - exp(-T / tau_c)). */
  readonly baselineCredit: number
}

export const rewardConstants = ({ rewardModulation }: CultureParameters): RewardConstants => {
  const { eligibilityTauMs, dopamineTauMs, baselineDopamine } = rewardModulation
  const intervalSteps = Math.max(1, Math.round(rewardModulation.intervalMs / STEP_MS))
  const intervalMs = intervalSteps * STEP_MS
  const tauMs = 1 / (1 / eligibilityTauMs + 1 / dopamineTauMs)
  return {
    intervalSteps,
    eligibilityKeep: Math.exp(-intervalMs / eligibilityTauMs),
    dopamineKeep: Math.exp(-intervalMs / dopamineTauMs),
    creditMs: -tauMs * Math.expm1(-intervalMs / tauMs),
    baselineCredit: -baselineDopamine * eligibilityTauMs * Math.expm1(-intervalMs / eligibilityTauMs),
  }
}

/**
 * Weight that an interval adds for an eligibility of 1 at its beginning (Izhikevich 2007), exactly:
 *  dc/dt = -c / tau_c, dd/dt = -d / tau_d, dw/dt = c (d + baseline)
 *  dw / c = d tau (1 - exp(-T / tau)) + baseline tau_c (1 - exp(-T / tau_c))
 * Finite for any dopamine: synapses that are not marked stay as they are.
 */
export const rewardCredit = (dopamine: number, { creditMs, baselineCredit }: RewardConstants): number =>
  Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, dopamine * creditMs + baselineCredit))

/**
 * Reward-modulated STDP of one synapse: w + dw, a gain as {@link potentiated} and a loss as {@link depressed} would have it, in one formula
 * without a branch, because which of the two it is cannot be foretold.
 */
export const rewarded = (weight: number, change: number, cap: number): number => Math.max(0, Math.min(Math.max(weight, cap), weight + change))

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
