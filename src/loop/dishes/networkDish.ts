/** A control in place of a culture: as many units in the same places, with rates in place of spiking dynamics, and nothing that learns. */
import type { z } from 'zod'
import { STEP_MS, type Depolarisations, type SpikeColumns } from '../../culture/index.js'
import { reserveSpikes } from '../../culture/engine/engine.js'
import { group, quantity } from '../../parameters.js'
import { Rng, type RngState } from '../../rng.js'
import { MS_PER_SECOND } from '../../units.js'
import { poisson } from '../poisson.js'
import type { Substrate } from '../types.js'
import { addInputs, type RateNetwork } from './rateNetwork.js'

/** Schema of the units. */
export const networkDishParameters = group(
  {
    tauMs: quantity({ default: 50, unit: 'ms', above: 0, max: 10_000, doc: 'memory of a unit', source: 'the decay of NMDA, through which bursts of a culture go on' }),
    spectralRadius: quantity({ default: 0.9, unit: '1', min: 0, max: 1, doc: 'largest gain of the recurrent weights; below 1 what was put in fades', source: 'Jaeger 2001, GMD Report 148' }),
    restRateHz: quantity({ default: 0.4, unit: 'Hz', min: 0, max: 1000, doc: 'rate of a unit at rest', source: 'mean rate of calibrated cultures' }),
    largestRateHz: quantity({ default: 20, unit: 'Hz', min: 0, max: 1000, doc: 'by how much a unit driven to the full fires more', source: 'fitted to the 7 spikes that a pulse of 3 uA adds at its own electrode in calibrated cultures of 1,000 cells' }),
    responsePerMv: quantity({ default: 0.04, unit: '1/mV', min: 0, max: 10, doc: 'by how much each mV of a pulse moves a unit, whose rate saturates at about 1', source: 'fitted so that which of eight electrodes was pulsed can be told from the others about as often as in calibrated cultures of 1,000 cells (half of the trials)' }),
  },
  'the rate network in place of a culture',
)
/** The table with every value set. */
export type NetworkDishParameters = z.output<typeof networkDishParameters>

/** What changes with time. */
export interface RateState {
  readonly step: number
  readonly potential: Float64Array
  /** What pulses have added since the last update. */
  readonly impulse: Float64Array
  readonly stream: RngState
}

/** Potentials are moved on every 5 ms. */
const UPDATE_STEPS = 10
/** Potentials this small are 0: they would take long to become it. */
const NEGLIGIBLE = 1e-9

/**
 * Leaky units:
 *  x <- (1 - a) x + a W tanh(x) + responsePerMv A   with a = 1 - exp(-5 ms / tau), A the depolarisation by pulses
 *  rate = max(0, restRateHz + largestRateHz tanh(x))
 * and spikes drawn from the rates, step by step, each unit on its own.
 */
export class NetworkDish implements Substrate {
  readonly network: RateNetwork
  readonly parameters: NetworkDishParameters
  step = 0
  readonly #potential: Float64Array
  readonly #impulse: Float64Array
  readonly #output: Float64Array
  readonly #inputs: Float64Array
  /** Expected spikes a step of the units up to each, itself included. */
  readonly #expected: Float64Array
  readonly #share: number
  readonly #rng: Rng
  readonly #spikes: SpikeColumns = { count: 0, steps: new Int32Array(1024), neurons: new Int32Array(1024) }

  /** @param state to go on from; at rest when left out @throws Bl1Error `rng/seed`, `rng/state` */
  constructor(network: RateNetwork, parameters: NetworkDishParameters, from: { readonly seed: number } | RateState) {
    const { neurons } = network.population
    this.network = network
    this.parameters = parameters
    this.#share = 1 - Math.exp((-UPDATE_STEPS * STEP_MS) / parameters.tauMs)
    this.#potential = new Float64Array(neurons)
    this.#impulse = new Float64Array(neurons)
    this.#output = new Float64Array(neurons)
    this.#inputs = new Float64Array(neurons)
    this.#expected = new Float64Array(neurons)
    if ('seed' in from) this.#rng = noiseOf(from.seed)
    else {
      this.step = from.step
      this.#potential.set(from.potential)
      this.#impulse.set(from.impulse)
      this.#rng = Rng.load(from.stream)
    }
    this.#express()
  }

  get population(): RateNetwork['population'] {
    return this.network.population
  }

  advance(durationMs: number, stimulation?: Depolarisations): Readonly<SpikeColumns> {
    const end = this.step + Math.round(durationMs / STEP_MS)
    this.#spikes.count = 0
    let pulse = 0
    for (; this.step < end; this.step++) {
      if (this.step % UPDATE_STEPS === 0) this.#update()
      for (; stimulation !== undefined && pulse < stimulation.count && stimulation.steps[pulse] <= this.step; pulse++) {
        this.#impulse[stimulation.neurons[pulse]] += this.parameters.responsePerMv * stimulation.amplitudesMv[pulse]
      }
      this.#fire()
    }
    return this.#spikes
  }

  state(): RateState {
    return { step: this.step, potential: this.#potential.slice(), impulse: this.#impulse.slice(), stream: this.#rng.save() }
  }

  #update(): void {
    this.#inputs.fill(0)
    addInputs(this.network, this.#output, this.#inputs)
    const potential = this.#potential
    for (let i = 0; i < potential.length; i++) {
      const moved = (1 - this.#share) * potential[i] + this.#share * this.#inputs[i] + this.#impulse[i]
      potential[i] = Math.abs(moved) < NEGLIGIBLE ? 0 : moved
    }
    this.#impulse.fill(0)
    this.#express()
  }

  /** Outputs and rates of the present potentials. */
  #express(): void {
    const { restRateHz, largestRateHz } = this.parameters
    let sum = 0
    for (let i = 0; i < this.#potential.length; i++) {
      this.#output[i] = Math.tanh(this.#potential[i])
      sum += (Math.max(0, restRateHz + largestRateHz * this.#output[i]) * STEP_MS) / MS_PER_SECOND
      this.#expected[i] = sum
    }
  }

  /** The spikes of one step: their number is a Poisson draw, and each falls to a unit by its rate. The same as a draw for each unit. */
  #fire(): void {
    const total = this.#expected[this.#expected.length - 1]
    const count = poisson(total, this.#rng)
    reserveSpikes(this.#spikes, count)
    for (let k = 0; k < count; k++) {
      this.#spikes.steps[this.#spikes.count] = this.step
      this.#spikes.neurons[this.#spikes.count] = this.#unitAt(this.#rng.uniform() * total)
      this.#spikes.count++
    }
  }

  /** The first unit whose sum of expected spikes exceeds `at`. */
  #unitAt(at: number): number {
    let low = 0
    let high = this.#expected.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#expected[middle] > at) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** The stream that spikes are drawn from. @throws Bl1Error `rng/seed` */
export const noiseOf = (seed: number): Rng => Rng.fromSeed(seed).split('rate network').split('spikes')
