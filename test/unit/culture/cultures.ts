/** Small cultures made by hand for the tests: quiet cells, chosen types, chosen synapses. */
import { Bl1Error } from '../../../src/errors.js'
import { Culture, type CultureOptions, type Depolarisations, type Network } from '../../../src/culture/index.js'
import { eligibleRows, historyLength, LONG_AGO } from '../../../src/culture/state.js'

type Type = 'regularSpiking' | 'intrinsicallyBursting' | 'chattering' | 'fastSpiking' | 'lowThresholdSpiking'
const TYPES: readonly Type[] = ['regularSpiking', 'intrinsicallyBursting', 'chattering', 'fastSpiking', 'lowThresholdSpiking']

/** Cells of exact textbook constants under a constant current, without noise or after-hyperpolarisation. */
export const textbook = (current: number, shares: Partial<Record<Type, number>> = { regularSpiking: 1 }): CultureOptions => ({
  neurons: 1,
  cells: {
    ...Object.fromEntries(TYPES.map((type) => [type, { share: shares[type] ?? 0 }])),
    variability: 0,
    resetSdMv: 0,
    bias: current,
    biasLowThreshold: current,
    biasSd: 0,
    startLowMv: -65,
    startHighMv: -65,
  },
  noise: { fastSd: 0, slowDishSd: 0, slowPatchSd: 0 },
  afterhyperpolarisation: { stepConductance: 0 },
})

export interface Synapse {
  readonly from: number
  readonly to: number
  readonly delay: number
  readonly weight: number
}

/** The columns of a network with exactly these synapses, and its weights; the unit of plasticity is 1 for every cell. */
const networkOf = (neurons: number, excitatory: number, synapses: readonly Synapse[], hasStdp: boolean): { network: Network; weight: Float32Array } => {
  const rows = [...synapses].sort((a, b) => a.from - b.from || a.delay - b.delay || a.to - b.to)
  const entries = [...rows.entries()]
  const incoming = Array.from({ length: neurons }, (_, j) => entries.filter(([, { from, to }]) => to === j && from < excitatory))
  const columns = {
    start: Int32Array.from({ length: neurons + 1 }, (_, j) => incoming.slice(0, j).flat().length),
    row: Int32Array.from(incoming.flat(), ([row]) => row),
    origin: Uint32Array.from(incoming.flat(), ([, { from, delay }]) => from * 256 + delay),
  }
  const network = {
    synapses: rows.length,
    maxDelaySteps: Math.max(1, ...rows.map(({ delay }) => delay)),
    rowStart: Int32Array.from({ length: neurons + 1 }, (_, i) => rows.filter(({ from }) => from < i).length),
    post: Int32Array.from(rows, ({ to }) => to),
    delaySteps: Uint8Array.from(rows, ({ delay }) => delay),
    ...(hasStdp ? { incoming: columns } : {}),
    weightScale: new Float32Array(neurons).fill(1),
    peakProbability: 0,
    meanExcitatoryInDegree: 0,
    meanInhibitoryInDegree: 0,
  }
  return { network, weight: Float32Array.from(rows, ({ weight }) => weight) }
}

/** A culture of these options whose synapses are replaced. `neurons` regular-spiking cells come first, then `inhibitory` fast-spiking ones. */
export const wired = (synapses: readonly Synapse[], options: CultureOptions = {}, excitatory = 2, inhibitory = 0, current = -10): Culture => {
  const neurons = excitatory + inhibitory
  const cells = textbook(current, { regularSpiking: excitatory / neurons, fastSpiking: inhibitory / neurons })
  const { population, state, ...rest } = Culture.grow({ ...cells, wiring: { meanInDegree: 0 }, ...options, neurons }, 1).snapshot()
  const { network, weight } = networkOf(neurons, population.excitatory, synapses, rest.parameters.stdp.enabled)
  const history = network.incoming === undefined ? 0 : population.excitatory * historyLength(network.maxDelaySteps)
  const historyStep = new Int32Array(history).fill(LONG_AGO)
  const marks = { historyStep, historyTrace: new Float32Array(history), eligibility: new Float32Array(eligibleRows(population, network, rest.parameters)) }
  return Culture.restore({ ...rest, population, network, state: { ...state, weight, ...marks } })
}

/** Depolarisations that make these cells fire at these steps: [step, neuron] in the order of steps. */
export const fire = (...events: readonly (readonly [step: number, neuron: number])[]): Depolarisations => ({
  count: events.length,
  steps: events.map(([step]) => step),
  neurons: events.map(([, neuron]) => neuron),
  amplitudesMv: events.map(() => 300),
})

/** Spikes as [step, neuron] pairs. */
export const spikesOf = (culture: Culture, durationMs: number, stimulation?: Depolarisations): [step: number, neuron: number][] => {
  const { count, steps, neurons } = culture.advance(durationMs, stimulation)
  return Array.from({ length: count }, (_, k) => [steps[k] ?? -1, neurons[k] ?? -1])
}

/** The code of the error a call throws; undefined where it throws none. */
export const codeOf = (call: () => unknown): string | undefined => {
  try {
    call()
  } catch (error) {
    if (error instanceof Bl1Error) return error.code
    throw error
  }
  return undefined
}

/** Calls a static method with whatever a user of plain JavaScript might pass. */
export const callLoosely = (owner: object, name: string, ...input: readonly unknown[]): unknown => {
  const method: unknown = Reflect.get(owner, name)
  if (typeof method !== 'function') throw new TypeError(name)
  return Reflect.apply(method, owner, input)
}
