/** The border between a culture and what computes it. Every faster engine is tested against the reference behind this interface. */
import type { Network } from '../network.js'
import type { CultureState, SpikesInFlight } from '../state.js'

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
 * Spikes as columns: neuron `neurons[k]` fired at step `steps[k]`, in the order of steps and, within a step, of neurons. Only the first
 * `count` entries are valid; the arrays are reused by the next call.
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
  /** The wiring as the engine keeps it. */
  readonly network: Network
  readonly threads: number
  /**
   * Advances by `steps` steps and appends the spikes. The caller has checked the stimulation: sorted, inside these steps, finite.
   * @throws Bl1Error `culture/not-finite` where a potential has left the numbers
   */
  run(steps: number, stimulation: Depolarisations | undefined, spikes: SpikeColumns): void
  /** A copy of the spikes still travelling. */
  inFlight(): SpikesInFlight
  /** Ends the threads of an engine that has some. */
  close(): void
}

/** Makes room for `more` spikes; doubling keeps growth rare. */
export const reserveSpikes = (spikes: SpikeColumns, more: number): void => {
  const needed = spikes.count + more
  if (needed <= spikes.steps.length) return
  const capacity = Math.max(needed, spikes.steps.length * 2)
  const steps = new Int32Array(capacity)
  steps.set(spikes.steps)
  const neurons = new Int32Array(capacity)
  neurons.set(spikes.neurons)
  spikes.steps = steps
  spikes.neurons = neurons
}
