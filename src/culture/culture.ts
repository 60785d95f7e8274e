/** A culture of spiking neurons: grown from parameters and a seed, advanced in time, stimulated, read, copied. */
import { Bl1Error } from '../errors.js'
import { columnFault } from './columns.js'
import { createEngine, type ThreadOptions } from './engine/createEngine.js'
import type { Depolarisations, Engine, PlasticitySwitches, SpikeColumns } from './engine/engine.js'
import { growSnapshot } from './grow.js'
import { checkStimulation, stepsOf } from './input.js'
import type { Network } from './network.js'
import { STEP_MS, type CultureOptions, type CultureParameters } from './parameters.js'
import type { Population } from './population.js'
import { readSnapshot, SNAPSHOT_FORMAT, type CultureSnapshot } from './snapshot.js'
import { copyState, type CultureState } from './state.js'

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
  readonly #engine: Engine
  readonly #spikes: SpikeColumns = { count: 0, steps: new Int32Array(4096), neurons: new Int32Array(4096) }

  /**
   * A culture computed by an engine of your own; {@link Culture.grow} and {@link Culture.restore} choose one.
   * @param snapshot what the engine goes on from
   */
  constructor({ parameters, seed, population }: CultureSnapshot, engine: Engine) {
    this.parameters = parameters
    this.seed = seed
    this.population = population
    this.#engine = engine
  }

  /**
   * Places, types and wires the neurons.
   * @param options what differs from the calibrated culture
   * @param seed whole number; the same options and seed always give the same culture and the same activity
   * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `rng/seed`, `culture/too-large`, `culture/threads`
   */
  static grow(options: CultureOptions, seed: number, threading: ThreadOptions = {}): Culture {
    const snapshot = growSnapshot(options, seed)
    return new Culture(snapshot, createEngine(snapshot, threading))
  }

  /**
   * Continues from a snapshot exactly.
   * @throws Bl1Error `culture/snapshot`, `rng/state`, `rng/seed`, `parameter/invalid`, `culture/too-large`, `culture/threads`
   */
  static restore(snapshot: CultureSnapshot, threading: ThreadOptions = {}): Culture {
    const read = readSnapshot(snapshot)
    return new Culture(read, createEngine(read, threading))
  }

  /** The exact state, generators included: `Culture.restore` goes on bit for bit. */
  snapshot(): CultureSnapshot {
    const { seed, parameters, population, network, plasticity } = this
    const flight = this.#engine.inFlight()
    return { format: SNAPSHOT_FORMAT, seed, parameters, population, network, plasticity, state: copyState(this.state), flight }
  }

  /** Ends the threads of an engine that has some. The culture is not advanced after that. */
  close(): void {
    this.#engine.close()
  }

  /** Who is wired to whom. */
  get network(): Network {
    return this.#engine.network
  }

  /** Threads that compute it. Results do not depend on their number. */
  get threads(): number {
    return this.#engine.threads
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

  /**
   * Switches long-term plasticity. Switching STDP on starts it without memory of what happened before.
   * @throws Bl1Error `culture/no-stdp` where STDP is switched on in a culture grown without it
   */
  setPlasticity(switches: Partial<PlasticitySwitches>): void {
    const { plasticity, state } = this.#engine
    if (switches.stdp === true && !plasticity.stdp) {
      if (this.network.incoming === undefined) throw new Bl1Error('culture/no-stdp', { seed: this.seed })
      state.spikeTrace.fill(0)
      state.historyTrace.fill(0)
      state.eligibility.fill(0)
      state.dopamine = 0
    }
    plasticity.stdp = switches.stdp ?? plasticity.stdp
    plasticity.homeostasis = switches.homeostasis ?? plasticity.homeostasis
  }

  /**
   * Rewards the culture: adds to its dopamine, which turns what the pairs of late have marked (`state.eligibility`) into weight. The times
   * of the rule are in ms: alone, a reward r given at an eligibility c adds c r tau to the weight, 1 / tau = 1 / eligibilityTauMs +
   * 1 / dopamineTauMs, which by default is 167 c r. It counts from the last tick of `rewardModulation.intervalMs` on the culture's
   * clock: exactly from now where now is one. While STDP is off nothing is marked, and a reward is lost.
   * @param amount finite; negative ones weaken what pairs have marked for strengthening
   * @throws Bl1Error `culture/no-reward` in a culture grown without rewardModulation, `culture/reward`
   */
  reward(amount: number): void {
    if (!this.parameters.rewardModulation.enabled) throw new Bl1Error('culture/no-reward', { seed: this.seed })
    const { plasticity, state } = this.#engine
    const dopamine = state.dopamine + amount
    if (!Number.isFinite(dopamine)) throw new Bl1Error('culture/reward', { received: String(amount), dopamine: state.dopamine })
    if (plasticity.stdp) state.dopamine = dopamine
  }

  /** Replaces all weights, for example by those of a trained twin. @throws Bl1Error `culture/weights` */
  setWeights(weights: Float32Array): void {
    const fault = columnFault(weights, { type: Float32Array, length: this.network.synapses, least: 0 })
    if (fault !== undefined) throw new Bl1Error('culture/weights', { reason: `the column ${fault}` })
    this.state.weight.set(weights)
  }

  /** Mean weight of the excitatory synapses now, 1/ms; NaN where there are none. */
  meanExcitatoryWeight(): number {
    // excitatory cells stand first, and so do their synapses
    const rows = this.network.rowStart[this.population.excitatory]
    let sum = 0
    for (let row = 0; row < rows; row++) sum += this.state.weight[row]
    return sum / rows
  }

  /**
   * Lets time pass.
   * @param durationMs positive multiple of 0.5 ms
   * @param stimulation depolarisations inside this stretch, sorted by step
   * @returns the spikes of this stretch; the columns are reused by the next call
   * @throws Bl1Error `culture/duration`, `culture/stimulation`, `culture/stimulation-outside`, `culture/stimulation-crowded`,
   * `culture/too-old`, `culture/not-finite`, `culture/thread-lost`
   */
  advance(durationMs: number, stimulation?: Depolarisations): Readonly<SpikeColumns> {
    const steps = stepsOf(durationMs, this.step)
    if (stimulation !== undefined) checkStimulation(stimulation, this.population.neurons, this.step, this.step + steps)
    this.#spikes.count = 0
    this.#engine.run(steps, stimulation, this.#spikes)
    return this.#spikes
  }
}
