/** The border between a culture and what computes it. Every faster engine is tested against the reference behind this interface. */
import type { CultureState } from '../state.js'

/**
 * Depolarisations to deliver, as columns sorted by step: at `steps[k]` the potential of `neurons[k]` rises by `amplitudesMv[k]`.
 * Steps are absolute (since the culture was grown).
 */
export interface Depolarisations {
  readonly count: number
  readonly steps: ArrayLike<number>
  readonly neurons: ArrayLike<number>
  readonly amplitudesMv: ArrayLike<number>
}

/**
 * Spikes as columns: neuron `neurons[k]` fired at step `steps[k]`, in the order of steps. Only the first `count` entries are valid; the
 * arrays are reused by the next call.
 */
export interface SpikeColumns {
  count: number
  steps: Int32Array
  neurons: Int32Array
}

/** Which long-term rules act. Short-term plasticity is part of the synapse and always acts as the parameters say. */
export interface PlasticitySwitches {
  stdp: boolean
  homeostasis: boolean
}

/** Steps one culture. */
export interface Engine {
  /** The live state; read it freely, write it only between calls. */
  readonly state: CultureState
  readonly plasticity: PlasticitySwitches
  /** Advances by `steps` steps and appends the spikes. Entries of `stimulation` before the first or after the last step are an error. */
  run(steps: number, stimulation: Depolarisations | undefined, spikes: SpikeColumns): void
}
