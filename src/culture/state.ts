/**
 * Everything about a culture that changes with time, as structures of typed arrays allocated once: nothing is allocated per step, and
 * a copy of these records is an exact snapshot. Columns hold single precision in every engine, so that any engine can go on from
 * the snapshot of another.
 */
import type { Rng, RngState } from '../rng.js'
import type { Network } from './network.js'
import type { CultureParameters } from './parameters.js'
import type { Population } from './population.js'

/** Columns of length `neurons` unless said otherwise. */
export interface CultureState {
  /** Steps taken since the culture was grown. */
  step: number
  readonly v: Float32Array
  readonly u: Float32Array
  /** Conductances, 1/ms: AMPA; NMDA rise and decay; GABA_A; GABA_B rise and decay; slow after-hyperpolarisation. */
  readonly ampa: Float32Array
  readonly nmdaRise: Float32Array
  readonly nmdaDecay: Float32Array
  readonly gabaA: Float32Array
  readonly gabaBRise: Float32Array
  readonly gabaBDecay: Float32Array
  readonly afterhyperpolarisation: Float32Array
  /** Short-term plasticity: resources and utilisation just after the last spike. */
  readonly resources: Float32Array
  readonly utilisation: Float32Array
  /** Step of the last spike; far in the past before the first. */
  readonly lastSpikeStep: Int32Array
  /** Current weight of each synapse, 1/ms. */
  readonly weight: Float32Array
  /** STDP: trace of each cell's own spikes just after the last one (window of the loss). */
  readonly spikeTrace: Float32Array
  /**
   * STDP: the last spikes of each excitatory cell, its axon's trace just after each (window of the gain), and the
   * slot of the next. A spike reaches a synapse of delay d after d steps, so the trace there is the one of d steps ago. Empty without STDP.
   */
  readonly historyStep: Int32Array
  readonly historyTrace: Float32Array
  readonly historyNext: Uint8Array
  /**
   * Reward-modulated STDP: how strongly the pairs of late have marked each excitatory synapse, 1/ms, row by row of the excitatory rows,
   * which come first. Empty where the culture was grown without it.
   */
  readonly eligibility: Float32Array
  /** Reward-modulated STDP: what is left of the rewards. */
  dopamine: number
  /** Homeostasis: rate estimate, Hz, and spikes since the last update. */
  readonly rateHz: Float32Array
  readonly spikesSinceScaling: Int32Array
  /** Slow excitability noise: dish at 0, then the patches; and its stream. */
  readonly slowNoise: Float64Array
  slowNoiseStream: RngState
}

/** Spikes still travelling, as columns in the order of their steps and, within a step, of their cells. */
export interface SpikesInFlight {
  readonly steps: Int32Array
  readonly neurons: Int32Array
  /** What each releases at its synapses: a share of the weight. */
  readonly releases: Float32Array
}

/** "Never", far enough back that every trace has decayed to zero, near enough that differences of steps stay below 2^31. */
export const LONG_AGO = -1e9

/**
 * Slots for the spikes an excitatory axon remembers for STDP: a power of two, one more than a quarter of the longest delay. No cell of the
 * model fires more often than every fourth step by itself; of one that is forced to, the oldest remembered trace stands for what came
 * before. The one slot more is that which the next spike will take.
 */
export const historyLength = (maxDelaySteps: number): number => {
  let length = 8
  while ((length - 1) * 4 < maxDelaySteps) length *= 2
  return length
}

/** Synapses that hold an eligibility: the excitatory ones under reward-modulated STDP. */
export const eligibleRows = ({ excitatory }: Population, { rowStart }: Network, { rewardModulation }: CultureParameters): number =>
  rewardModulation.enabled ? rowStart[excitatory] : 0

/** Square patches of slow noise per side of the dish. */
export const patchesPerSide = (population: Population, parameters: CultureParameters): number =>
  Math.max(1, Math.round(population.sideUm / parameters.noise.patchUm))

/** The culture at rest, before its first step. */
export const initialState = (population: Population, network: Network, weight: Float32Array, parameters: CultureParameters, rng: Rng): CultureState => {
  const { neurons, excitatory } = population
  const columns = () => new Float32Array(neurons)
  const history = network.incoming === undefined ? 0 : excitatory * historyLength(network.maxDelaySteps)
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
    lastSpikeStep: new Int32Array(neurons).fill(LONG_AGO),
    weight,
    spikeTrace: columns(),
    historyStep: new Int32Array(history).fill(LONG_AGO),
    historyTrace: new Float32Array(history),
    historyNext: new Uint8Array(history === 0 ? 0 : excitatory),
    eligibility: new Float32Array(eligibleRows(population, network, parameters)),
    dopamine: 0,
    rateHz: columns().fill(parameters.homeostasis.targetRateHz),
    spikesSinceScaling: new Int32Array(neurons),
    slowNoise,
    slowNoiseStream: slowStream.save(),
  }
}

/** No spike travels before the first step. */
export const noSpikesInFlight = (): SpikesInFlight => ({ steps: new Int32Array(0), neurons: new Int32Array(0), releases: new Float32Array(0) })

/** An independent copy: columns are copied one by one, because a column may be a window on a larger memory. */
export const copyState = (state: CultureState): CultureState => ({
  step: state.step,
  v: state.v.slice(),
  u: state.u.slice(),
  ampa: state.ampa.slice(),
  nmdaRise: state.nmdaRise.slice(),
  nmdaDecay: state.nmdaDecay.slice(),
  gabaA: state.gabaA.slice(),
  gabaBRise: state.gabaBRise.slice(),
  gabaBDecay: state.gabaBDecay.slice(),
  afterhyperpolarisation: state.afterhyperpolarisation.slice(),
  resources: state.resources.slice(),
  utilisation: state.utilisation.slice(),
  lastSpikeStep: state.lastSpikeStep.slice(),
  weight: state.weight.slice(),
  spikeTrace: state.spikeTrace.slice(),
  historyStep: state.historyStep.slice(),
  historyTrace: state.historyTrace.slice(),
  historyNext: state.historyNext.slice(),
  eligibility: state.eligibility.slice(),
  dopamine: state.dopamine,
  rateHz: state.rateHz.slice(),
  spikesSinceScaling: state.spikesSinceScaling.slice(),
  slowNoise: state.slowNoise.slice(),
  slowNoiseStream: state.slowNoiseStream,
})
