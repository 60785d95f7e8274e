/** Exact copies of a culture: run 2N = run N, snapshot, restore, run N, bit for bit, plasticity and generators included. */
import { Bl1Error } from '../errors.js'
import { mix32, Rng } from '../rng.js'
import { CELL_TYPES } from './cellTypes.js'
import { columnFault, firstDescent, type FloatRule, type IntegerRule } from './columns.js'
import type { PlasticitySwitches } from './engine/engine.js'
import type { IncomingSynapses, Network } from './network.js'
import { completeCultureParameters, cultureParameters, type CultureParameters } from './parameters.js'
import type { Population } from './population.js'
import { eligibleRows, historyLength, LONG_AGO, patchesPerSide, type CultureState, type SpikesInFlight } from './state.js'

export const SNAPSHOT_FORMAT = 3
/** Written before there was reward-modulated STDP, otherwise the same. */
const FORMAT_WITHOUT_REWARDS = 2

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
  const inDish = { ...numbers, least: 0 }
  checkColumns(population, { xUm: inDish, yUm: inDish, type, a: numbers, b: numbers, c: numbers, d: numbers, bias: numbers, sensitivity: numbers })
}

/** Offsets of consecutive ranges that fill 0 to `total`. */
const checkOffsets = (name: string, offsets: Int32Array, total: number): void => {
  if (offsets[0] !== 0 || offsets[offsets.length - 1] !== total || firstDescent(offsets) >= 0) fail(`column ${name} does not rise from 0 to ${total}`)
}

/** 32 bits that stand for a synapse: its row, its target and its origin as IncomingSynapses has it. */
const tagOf = (row: number, target: number, origin: number): number =>
  mix32(Math.imul(row, 0x9e3779b1) ^ Math.imul(target, 0x85ebca77) ^ Math.imul(origin, 0xc2b2ae3d))

/** The way back enters each excitatory synapse once, with its target: threads that each change the synapses onto their own cells rely on it. */
const checkIncoming = (incoming: IncomingSynapses, { rowStart, post, delaySteps }: Network, { neurons, excitatory }: Population): void => {
  if (typeof incoming !== 'object' || incoming === null) fail('network.incoming is not an object')
  const excitatoryRows = rowStart[excitatory]
  checkColumns(incoming, {
    start: { type: Int32Array, length: neurons + 1, below: excitatoryRows + 1 },
    row: { type: Int32Array, length: excitatoryRows, below: excitatoryRows },
    origin: { type: Uint32Array, length: excitatoryRows, below: excitatory * 256 },
  })
  const { start, row: rows, origin } = incoming
  checkOffsets('start', start, excitatoryRows)
  // both ways name the same synapses where the sums of their tags are equal; looking each one up takes seconds in large cultures
  let tags = 0
  for (let source = 0; source < excitatory; source++) {
    for (let k = rowStart[source]; k < rowStart[source + 1]; k++) tags = (tags + tagOf(k, post[k], source * 256 + delaySteps[k])) | 0
  }
  for (let target = 0; target < neurons; target++) {
    for (let k = start[target]; k < start[target + 1]; k++) tags = (tags - tagOf(rows[k], target, origin[k])) | 0
  }
  if (tags !== 0) fail('network.incoming does not lead back to the excitatory synapses')
}

const checkNetwork = (network: Network, population: Population, hasStdp: boolean): void => {
  const { neurons } = population
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
  if (incoming !== undefined) checkIncoming(incoming, network, population)
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
    eligibility: { type: Float32Array, length: eligibleRows(population, network, parameters) },
    rateHz: numbers,
    spikesSinceScaling: { type: Int32Array, length: neurons, below: 2 ** 31 },
    slowNoise: { type: Float64Array, length: 1 + patchesPerSide(population, parameters) ** 2 },
  })
  if (!Number.isFinite(state.dopamine)) fail(`dopamine is ${state.dopamine}`)
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

/** Name of the first parameter that `given` leaves to its default; undefined where it has them all. */
const firstMissing = (complete: object, given: object): string | undefined => {
  for (const [name, value] of Object.entries(complete)) {
    const own: unknown = Reflect.get(given, name)
    if (own === undefined) return name
    const isGroup = typeof value === 'object' && typeof own === 'object' && own !== null
    const inner = isGroup ? firstMissing(value, own) : undefined
    if (inner !== undefined) return `${name}.${inner}`
  }
  return undefined
}

/** A snapshot of the format before as one of today: of a culture that knows no rewards. Anything else is left as it is, to be looked at. */
const upgraded = (snapshot: CultureSnapshot): CultureSnapshot => {
  const { format, parameters, state }: { format: unknown; parameters: unknown; state: unknown } = snapshot
  if (format !== FORMAT_WITHOUT_REWARDS || typeof parameters !== 'object' || typeof state !== 'object') return snapshot
  const { rewardModulation } = cultureParameters.parse({})
  return {
    ...snapshot,
    format: SNAPSHOT_FORMAT,
    parameters: { ...snapshot.parameters, rewardModulation },
    state: { ...snapshot.state, eligibility: new Float32Array(0), dopamine: 0 },
  }
}

/**
 * Reads what `culture.snapshot()` returned, also that of the format before (2). Refuses anything whose columns do not fit each other, or
 * that holds a number that is not finite or an index that leads nowhere.
 * @returns the snapshot in the format of today
 * @throws Bl1Error `culture/snapshot`, `rng/seed`, `rng/state`, `parameter/unknown`, `parameter/invalid`
 */
export const readSnapshot = (given: CultureSnapshot): CultureSnapshot => {
  if (typeof given !== 'object' || given === null) fail('it is not an object')
  const snapshot = upgraded(given)
  const format: unknown = snapshot.format
  if (format !== SNAPSHOT_FORMAT) fail(`format ${String(format)} is neither ${SNAPSHOT_FORMAT} nor ${FORMAT_WITHOUT_REWARDS}`)
  const { population, network, parameters, plasticity, state, flight } = snapshot
  for (const [name, part] of Object.entries({ population, network, parameters, plasticity, state, flight })) {
    if (typeof part !== 'object' || part === null) fail(`${name} is missing`)
  }
  Rng.fromSeed(snapshot.seed)
  const complete = completeCultureParameters(parameters)
  const missing = firstMissing(complete, parameters)
  if (missing !== undefined) fail(`parameter ${missing} is missing`)
  const { stdp } = complete
  if (typeof plasticity.stdp !== 'boolean' || typeof plasticity.homeostasis !== 'boolean') fail('plasticity is not two switches')
  if (plasticity.stdp && !stdp.enabled) fail('STDP is switched on in a culture grown without it')
  checkPopulation(population)
  checkNetwork(network, population, stdp.enabled)
  checkState(state, snapshot)
  checkFlight(flight, snapshot)
  return snapshot
}
