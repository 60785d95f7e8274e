/**
 * Everything about a culture that changes with time, as structures of typed arrays allocated once: nothing is allocated per step, and
 * a copy of this record is an exact snapshot.
 */
import type { Rng, RngState } from '../rng.js'
import type { Network } from './network.js'
import type { CultureParameters } from './parameters.js'
import type { Population } from './population.js'

/** Columns of length `neurons` unless said otherwise. */
export interface CultureState {
  /** Steps taken since the culture was grown. */
  step: number
  readonly v: Float64Array
  readonly u: Float64Array
  /** Conductances, 1/ms: AMPA; NMDA rise and decay; GABA_A; GABA_B rise and decay; slow after-hyperpolarisation. */
  readonly ampa: Float64Array
  readonly nmdaRise: Float64Array
  readonly nmdaDecay: Float64Array
  readonly gabaA: Float64Array
  readonly gabaBRise: Float64Array
  readonly gabaBDecay: Float64Array
  readonly afterhyperpolarisation: Float64Array
  /** Short-term plasticity: resources and utilisation just after the last spike. */
  readonly resources: Float64Array
  readonly utilisation: Float64Array
  /** Step of the last spike; far in the past before the first. */
  readonly lastSpikeStep: Float64Array
  /** Spikes still travelling: one row of `neurons` a step, maxDelaySteps + 1 rows used in turn; how many each holds. */
  readonly flightCount: Int32Array
  readonly flightNeuron: Int32Array
  readonly flightRelease: Float64Array
  /** Current weight of each synapse, 1/ms. */
  readonly weight: Float64Array
  /** STDP: trace of arrivals at each excitatory synapse and the step of the last one; trace of each cell's spikes just after the last. */
  readonly arrivalTrace: Float64Array
  readonly lastArrivalStep: Float64Array
  readonly spikeTrace: Float64Array
  /** Homeostasis: rate estimate, Hz, and spikes since the last update. */
  readonly rateHz: Float64Array
  readonly spikesSinceScaling: Float64Array
  /** Slow excitability noise: dish at 0, then the patches; and its stream. */
  readonly slowNoise: Float64Array
  slowNoiseStream: RngState
}

/** "Never", far enough back that every trace has decayed to zero, finite so that arithmetic stays ordinary. */
const LONG_AGO = -1e9

/** Square patches of slow noise per side of the dish. */
export const patchesPerSide = (population: Population, parameters: CultureParameters): number =>
  Math.max(1, Math.round(population.sideUm / parameters.noise.patchUm))

/** The culture at rest, before its first step. */
export const initialState = (population: Population, network: Network, parameters: CultureParameters, rng: Rng): CultureState => {
  const { neurons, excitatory } = population
  const columns = () => new Float64Array(neurons)
  const rows = network.maxDelaySteps + 1
  const slowStream = rng.split('slow noise')
  const patches = patchesPerSide(population, parameters) ** 2
  const slowNoise = new Float64Array(1 + patches)
  for (let i = 0; i <= patches; i++) slowNoise[i] = (i === 0 ? parameters.noise.slowDishSd : parameters.noise.slowPatchSd) * slowStream.normal()
  const start = rng.split('start')
  const v = columns()
  const u = columns()
  for (let i = 0; i < neurons; i++) {
    v[i] = start.between(parameters.cells.startLowMv, parameters.cells.startHighMv)
    u[i] = population.b[i] * v[i]
  }
  const utilisation = columns().fill(parameters.shortTerm.inhibitoryU)
  utilisation.fill(parameters.shortTerm.excitatoryU, 0, excitatory)
  return {
    step: 0,
    v,
    u,
    ampa: columns(),
    nmdaRise: columns(),
    nmdaDecay: columns(),
    gabaA: columns(),
    gabaBRise: columns(),
    gabaBDecay: columns(),
    afterhyperpolarisation: columns(),
    resources: columns().fill(1),
    utilisation,
    lastSpikeStep: columns().fill(LONG_AGO),
    flightCount: new Int32Array(rows),
    flightNeuron: new Int32Array(rows * neurons),
    flightRelease: new Float64Array(rows * neurons),
    weight: network.initialWeight.slice(),
    arrivalTrace: new Float64Array(network.incoming.length),
    lastArrivalStep: new Float64Array(network.incoming.length).fill(LONG_AGO),
    spikeTrace: columns(),
    rateHz: columns().fill(parameters.homeostasis.targetRateHz),
    spikesSinceScaling: columns(),
    slowNoise,
    slowNoiseStream: slowStream.save(),
  }
}

/** An independent copy. */
export const copyState = (state: CultureState): CultureState => structuredClone(state)
