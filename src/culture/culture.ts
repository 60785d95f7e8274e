/** A culture of spiking neurons: grown from parameters and a seed, advanced in time, stimulated, read, copied. */
import { Bl1Error } from '../errors.js'
import { Rng } from '../rng.js'
import type { Depolarisations, Engine, PlasticitySwitches, SpikeColumns } from './engine/engine.js'
import { ReferenceEngine } from './engine/reference.js'
import { growNetwork } from './wiring.js'
import type { Network } from './network.js'
import { completeCultureParameters, STEP_MS, type CultureOptions, type CultureParameters } from './parameters.js'
import { growPopulation, type Population } from './population.js'
import { checkSnapshot, SNAPSHOT_FORMAT, type CultureSnapshot } from './snapshot.js'
import { copyState, initialState, type CultureState } from './state.js'

/**
 * @example
 * ```ts
 * const culture = Culture.grow({ neurons: 1000 }, 7)
 * const spikes = culture.advance(1000)
 * console.log(`${spikes.count} spikes in one second`)
 * ```
 */
export class Culture {
  readonly parameters: CultureParameters
  readonly seed: number
  readonly population: Population
  readonly network: Network
  readonly #engine: Engine
  readonly #spikes: SpikeColumns = { count: 0, steps: new Int32Array(4096), neurons: new Int32Array(4096) }

  private constructor(snapshot: CultureSnapshot) {
    this.parameters = snapshot.parameters
    this.seed = snapshot.seed
    this.population = snapshot.population
    this.network = snapshot.network
    const noiseKey = Rng.fromSeed(snapshot.seed).split('culture').split('fast noise').key32
    this.#engine = new ReferenceEngine(snapshot.population, snapshot.network, snapshot.parameters, snapshot.state, noiseKey)
    // not by setPlasticity: what a restored rule remembers must stay
    Object.assign(this.#engine.plasticity, snapshot.plasticity)
  }

  /**
   * Places, types and wires the neurons.
   * @param options what differs from the calibrated culture
   * @param seed whole number; the same options and seed always give the same culture and the same activity
   * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `rng/seed`, `culture/too-large`
   */
  static grow(options: CultureOptions, seed: number): Culture {
    const parameters = completeCultureParameters(options)
    const rng = Rng.fromSeed(seed).split('culture')
    try {
      const population = growPopulation(parameters, rng)
      const network = growNetwork(population, parameters, rng)
      const state = initialState(population, network, parameters, rng)
      const plasticity = { stdp: parameters.stdp.enabled, homeostasis: parameters.homeostasis.enabled }
      return new Culture({ format: SNAPSHOT_FORMAT, seed, parameters, population, network, plasticity, state })
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      const neededMiB = Math.ceil(estimateBytes(parameters) / 2 ** 20)
      throw new Bl1Error('culture/too-large', { neurons: parameters.neurons, neededMiB, availableMiB: 0 }, { cause: error })
    }
  }

  /** Continues from a snapshot exactly. @throws Bl1Error `culture/snapshot`, `rng/state`, `rng/seed`, `parameter/invalid` */
  static restore(snapshot: CultureSnapshot): Culture {
    checkSnapshot(snapshot)
    return new Culture({ ...snapshot, state: copyState(snapshot.state) })
  }

  /** The exact state, generators included: `Culture.restore` goes on bit for bit. */
  snapshot(): CultureSnapshot {
    const { seed, parameters, population, network } = this
    return { format: SNAPSHOT_FORMAT, seed, parameters, population, network, plasticity: this.plasticity, state: copyState(this.state) }
  }

  /** The live state. Read freely; it changes under you with every {@link advance}. */
  get state(): CultureState {
    return this.#engine.state
  }

  /** Steps of 0.5 ms taken since the culture was grown. */
  get step(): number {
    return this.#engine.state.step
  }

  /** Age in ms. */
  get timeMs(): number {
    return this.step * STEP_MS
  }

  get plasticity(): PlasticitySwitches {
    return { ...this.#engine.plasticity }
  }

  /** Switches long-term plasticity. Switching STDP on starts it without memory of what happened while it was off. */
  setPlasticity(switches: Partial<PlasticitySwitches>): void {
    const { plasticity, state } = this.#engine
    if (switches.stdp === true && !plasticity.stdp) {
      state.arrivalTrace.fill(0)
      state.spikeTrace.fill(0)
    }
    plasticity.stdp = switches.stdp ?? plasticity.stdp
    plasticity.homeostasis = switches.homeostasis ?? plasticity.homeostasis
  }

  /** Replaces all weights, for example by those of a trained twin. @throws Bl1Error `culture/weights` */
  setWeights(weights: Float64Array): void {
    if (weights.length !== this.network.synapses) {
      throw new Bl1Error('culture/weights', { reason: `${weights.length} weights came for ${this.network.synapses} synapses` })
    }
    if (!weights.every((weight) => weight >= 0 && weight < Infinity)) {
      throw new Bl1Error('culture/weights', { reason: 'a weight is negative or not finite' })
    }
    this.state.weight.set(weights)
  }

  /**
   * Lets time pass.
   * @param durationMs positive multiple of 0.5 ms
   * @param stimulation depolarisations inside this stretch, sorted by step
   * @returns the spikes of this stretch; the columns are reused by the next call
   * @throws Bl1Error `culture/duration`, `culture/stimulation`, `culture/stimulation-outside`
   */
  advance(durationMs: number, stimulation?: Depolarisations): Readonly<SpikeColumns> {
    const steps = Math.round(durationMs / STEP_MS)
    if (!(Number.isSafeInteger(steps) && steps >= 1 && Math.abs(steps * STEP_MS - durationMs) <= 1e-9 * durationMs)) {
      throw new Bl1Error('culture/duration', { received: String(durationMs) })
    }
    if (stimulation !== undefined) this.#checkStimulation(stimulation)
    this.#spikes.count = 0
    this.#engine.run(steps, stimulation, this.#spikes)
    return this.#spikes
  }

  /** A NaN or a wrong index would spread through the whole dish: refuse it at the border. */
  #checkStimulation({ count, steps, neurons, amplitudesMv }: Depolarisations): void {
    for (let k = 0; k < count; k++) {
      if (!(neurons[k] >= 0 && neurons[k] < this.population.neurons && Number.isInteger(neurons[k]))) {
        throw new Bl1Error('culture/stimulation', { what: 'the neuron', received: String(neurons[k]), expected: `0 to ${this.population.neurons - 1}` })
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
    }
  }
}

/** Memory a culture takes, in bytes, from its columns: about 330 a neuron and 60 a synapse with the scratch of wiring, plus spikes in flight. */
export const estimateBytes = (parameters: CultureParameters): number => {
  const synapses = parameters.neurons * parameters.wiring.meanInDegree
  const flightRows = Math.min(256, 30 * Math.max(1, 300 / parameters.wiring.conductionUmPerMs))
  return parameters.neurons * (330 + flightRows * 16) + synapses * 60
}
