/** Exact copies of a culture: run 2N = run N, snapshot, restore, run N, bit for bit, plasticity and generators included. */
import { Bl1Error } from '../errors.js'
import { Rng } from '../rng.js'
import { CELL_TYPES } from './cellTypes.js'
import { columnFault, firstDescent, type FloatRule, type IntegerRule } from './columns.js'
import type { PlasticitySwitches } from './engine/engine.js'
import type { IncomingSynapses, Network } from './network.js'
import { completeCultureParameters, type CultureParameters } from './parameters.js'
import type { Population } from './population.js'
import { historyLength, LONG_AGO, patchesPerSide, type CultureState, type SpikesInFlight } from './state.js'

export const SNAPSHOT_FORMAT = 2

/** The oldest a culture can be, in steps: up to here differences to any step it remembers fit into 32 bits. */
export const LAST_STEP = 2 ** 31 - 1 + LONG_AGO

/** A culture at one moment. Structured-clonable; population and network never change and are shared, state and flight are copies. */
export interface CultureSnapshot {
  readonly format: typeof SNAPSHOT_FORMAT
  readonly seed: number
  readonly parameters: CultureParameters
  readonly population: Population
  readonly network: Network
  readonly plasticity: PlasticitySwitches
  readonly state: CultureState
  readonly flight: SpikesInFlight
}

const fail = (reason: string): never => {
  throw new Bl1Error('culture/snapshot', { reason })
}

const checkColumns = (owner: object, rules: Readonly<Record<string, FloatRule | IntegerRule>>): void => {
  for (const [name, rule] of Object.entries(rules)) {
    const fault = columnFault(Reflect.get(owner, name), rule)
    if (fault !== undefined) fail(`column ${name} ${fault}`)
  }
}

const checkWhole = (name: string, value: unknown, least: number, most: number): void => {
  if (!(Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most)) fail(`${name} is ${String(value)}`)
}

const checkPopulation = (population: Population): void => {
  const { neurons } = population
  checkWhole('population.neurons', neurons, 1, 2 ** 31 - 1)
  checkWhole('population.excitatory', population.excitatory, 0, neurons)
  if (!(population.sideUm > 0 && population.sideUm < Infinity)) fail(`population.sideUm is ${population.sideUm}`)
  const numbers = { type: Float32Array, length: neurons }
  const type = { type: Uint8Array, length: neurons, below: CELL_TYPES.length }
  checkColumns(population, { xUm: numbers, yUm: numbers, type, a: numbers, b: numbers, c: numbers, d: numbers, bias: numbers, sensitivity: numbers })
}

/** Offsets of consecutive ranges that fill 0 to `total`. */
const checkOffsets = (name: string, offsets: Int32Array, total: number): void => {
  if (offsets[0] !== 0 || offsets[offsets.length - 1] !== total || firstDescent(offsets) >= 0) fail(`column ${name} does not rise from 0 to ${total}`)
}

const checkIncoming = (incoming: IncomingSynapses, neurons: number, excitatory: number, excitatoryRows: number): void => {
  if (typeof incoming !== 'object' || incoming === null) fail('network.incoming is not an object')
  checkColumns(incoming, {
    start: { type: Int32Array, length: neurons + 1, below: excitatoryRows + 1 },
    row: { type: Int32Array, length: excitatoryRows, below: excitatoryRows },
    origin: { type: Uint32Array, length: excitatoryRows, below: excitatory * 256 },
  })
  checkOffsets('start', incoming.start, excitatoryRows)
}

const checkNetwork = (network: Network, { neurons, excitatory }: Population, hasStdp: boolean): void => {
  const { synapses, maxDelaySteps, incoming } = network
  checkWhole('network.synapses', synapses, 0, 2 ** 31 - 1)
  checkWhole('network.maxDelaySteps', maxDelaySteps, 1, 255)
  checkColumns(network, {
    rowStart: { type: Int32Array, length: neurons + 1, below: synapses + 1 },
    post: { type: Int32Array, length: synapses, below: neurons },
    delaySteps: { type: Uint8Array, length: synapses, from: 1, below: maxDelaySteps + 1 },
    weightScale: { type: Float32Array, length: neurons, least: 0 },
  })
  const { rowStart, post, delaySteps } = network
  checkOffsets('rowStart', rowStart, synapses)
  for (let i = 0; i < neurons; i++) {
    for (let row = rowStart[i] + 1; row < rowStart[i + 1]; row++) {
      const rise = delaySteps[row] - delaySteps[row - 1]
      if (rise < 0 || (rise === 0 && post[row] < post[row - 1])) fail(`the synapses of cell ${i} are not sorted by delay and target`)
    }
  }
  if ((incoming !== undefined) !== hasStdp) fail(`network.incoming ${hasStdp ? 'is missing' : 'does not belong to a culture grown without STDP'}`)
  if (incoming !== undefined) checkIncoming(incoming, neurons, excitatory, rowStart[excitatory])
}

const checkState = (state: CultureState, { population, network, parameters }: CultureSnapshot): void => {
  checkWhole('step', state.step, 0, LAST_STEP)
  const { neurons, excitatory } = population
  const slots = historyLength(network.maxDelaySteps)
  const historyCells = network.incoming === undefined ? 0 : excitatory
  const numbers = { type: Float32Array, length: neurons }
  const pastSteps = { type: Int32Array, from: LONG_AGO, below: state.step }
  checkColumns(state, {
    v: numbers,
    u: numbers,
    ampa: numbers,
    nmdaRise: numbers,
    nmdaDecay: numbers,
    gabaA: numbers,
    gabaBRise: numbers,
    gabaBDecay: numbers,
    afterhyperpolarisation: numbers,
    resources: numbers,
    utilisation: numbers,
    lastSpikeStep: { ...pastSteps, length: neurons },
    weight: { type: Float32Array, length: network.synapses, least: 0 },
    spikeTrace: numbers,
    historyStep: { ...pastSteps, length: historyCells * slots },
    historyTrace: { type: Float32Array, length: historyCells * slots },
    historyNext: { type: Uint8Array, length: historyCells, below: slots },
    rateHz: numbers,
    spikesSinceScaling: { type: Int32Array, length: neurons, below: 2 ** 31 },
    slowNoise: { type: Float64Array, length: 1 + patchesPerSide(population, parameters) ** 2 },
  })
  Rng.load(state.slowNoiseStream)
}

/** Spikes of the last `maxDelaySteps` steps, each cell at most once a step, in order. */
const checkFlight = (flight: SpikesInFlight, { state: { step }, network, population }: CultureSnapshot): void => {
  const { steps, neurons } = flight
  const length = steps instanceof Int32Array ? steps.length : 0
  checkColumns(flight, {
    steps: { type: Int32Array, length, from: Math.max(0, step - network.maxDelaySteps), below: step },
    neurons: { type: Int32Array, length, below: population.neurons },
    releases: { type: Float32Array, length, least: 0 },
  })
  for (let k = 1; k < length; k++) {
    if (steps[k] < steps[k - 1] || (steps[k] === steps[k - 1] && neurons[k] <= neurons[k - 1])) fail('the spikes in flight are not sorted by step and cell')
  }
}

/**
 * Refuses anything whose columns do not fit each other, or that holds a number that is not finite or an index that leads nowhere.
 * @throws Bl1Error `culture/snapshot`, `rng/seed`, `rng/state`, `parameter/unknown`, `parameter/invalid`
 */
export const checkSnapshot = (snapshot: CultureSnapshot): void => {
  if (typeof snapshot !== 'object' || snapshot === null) fail('it is not an object')
  const format: unknown = snapshot.format
  if (format !== SNAPSHOT_FORMAT) fail(`format ${String(format)} is not ${SNAPSHOT_FORMAT}`)
  const { population, network, parameters, plasticity, state, flight } = snapshot
  for (const [name, part] of Object.entries({ population, network, parameters, plasticity, state, flight })) {
    if (typeof part !== 'object' || part === null) fail(`${name} is missing`)
  }
  Rng.fromSeed(snapshot.seed)
  const { stdp } = completeCultureParameters(parameters)
  if (typeof plasticity.stdp !== 'boolean' || typeof plasticity.homeostasis !== 'boolean') fail('plasticity is not two switches')
  if (plasticity.stdp && !stdp.enabled) fail('STDP is switched on in a culture grown without it')
  checkPopulation(population)
  checkNetwork(network, population, stdp.enabled)
  checkState(state, snapshot)
  checkFlight(flight, snapshot)
}
