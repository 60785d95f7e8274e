/** Small cultures made by hand for the tests: quiet cells, chosen types, chosen synapses. */
import { Bl1Error } from '../../../src/errors.js'
import { Culture, type CultureOptions, type CultureSnapshot, type Depolarisations, type Network } from '../../../src/culture/index.js'

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

/** The columns of a network with exactly these synapses; the unit of plasticity is 1 for every cell. */
const networkOf = (neurons: number, excitatory: number, synapses: readonly Synapse[]): Network => {
  const rows = [...synapses].sort((a, b) => a.from - b.from || a.delay - b.delay)
  const maxDelaySteps = Math.max(1, ...rows.map(({ delay }) => delay))
  const segment: number[] = []
  for (let i = 0; i < neurons; i++) {
    for (let delay = 0; delay <= maxDelaySteps; delay++) {
      segment.push(rows.filter((row) => row.from < i || (row.from === i && row.delay <= delay)).length)
    }
  }
  const incoming: number[] = []
  const incomingStart = [0]
  for (let j = 0; j < neurons; j++) {
    for (const [row, { from, to }] of rows.entries()) if (to === j && from < excitatory) incoming.push(row)
    incomingStart.push(incoming.length)
  }
  return {
    synapses: rows.length,
    maxDelaySteps,
    segment: Int32Array.from(segment),
    post: Int32Array.from(rows, ({ to }) => to),
    delaySteps: Uint8Array.from(rows, ({ delay }) => delay),
    initialWeight: Float64Array.from(rows, ({ weight }) => weight),
    incoming: Int32Array.from(incoming),
    incomingStart: Int32Array.from(incomingStart),
    weightScale: new Float64Array(neurons).fill(1),
    peakProbability: 0,
    meanExcitatoryInDegree: 0,
    meanInhibitoryInDegree: 0,
  }
}

/** A culture of these options whose synapses are replaced. `neurons` regular-spiking cells come first, then `inhibitory` fast-spiking ones. */
export const wired = (synapses: readonly Synapse[], options: CultureOptions = {}, excitatory = 2, inhibitory = 0, current = -10): Culture => {
  const neurons = excitatory + inhibitory
  const cells = textbook(current, { regularSpiking: excitatory / neurons, fastSpiking: inhibitory / neurons })
  const { population, state, ...rest } = Culture.grow({ ...cells, wiring: { meanInDegree: 0 }, ...options, neurons }, 1).snapshot()
  const network = networkOf(neurons, population.excitatory, synapses)
  const rows = network.maxDelaySteps + 1
  const grown: CultureSnapshot = {
    ...rest,
    population,
    network,
    state: {
      ...state,
      weight: network.initialWeight.slice(),
      flightCount: new Int32Array(rows),
      flightNeuron: new Int32Array(rows * neurons),
      flightRelease: new Float64Array(rows * neurons),
      arrivalTrace: new Float64Array(network.incoming.length),
      lastArrivalStep: new Float64Array(network.incoming.length).fill(-1e9),
    },
  }
  return Culture.restore(grown)
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
