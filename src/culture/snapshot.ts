/** Exact copies of a culture: run 2N = run N, snapshot, restore, run N, bit for bit, plasticity and generators included. */
import { Bl1Error } from '../errors.js'
import { Rng } from '../rng.js'
import type { PlasticitySwitches } from './engine/engine.js'
import type { Network } from './network.js'
import { completeCultureParameters, type CultureParameters } from './parameters.js'
import type { Population } from './population.js'
import { initialState, type CultureState } from './state.js'

export const SNAPSHOT_FORMAT = 1

/** A culture at one moment. Structured-clonable; population and network never change and are shared, the state is a copy. */
export interface CultureSnapshot {
  readonly format: typeof SNAPSHOT_FORMAT
  readonly seed: number
  readonly parameters: CultureParameters
  readonly population: Population
  readonly network: Network
  readonly plasticity: PlasticitySwitches
  readonly state: CultureState
}

const fail = (reason: string): never => {
  throw new Bl1Error('culture/snapshot', { reason })
}

type Column = Float64Array | Float32Array | Int32Array | Uint8Array

/** What a column must be: its class and length, and for indices and counts the number that every entry lies below. */
interface ColumnRule {
  readonly type: Float64ArrayConstructor | Float32ArrayConstructor | Int32ArrayConstructor | Uint8ArrayConstructor
  readonly length: number
  readonly below?: number
}

const checkColumn = (owner: object, name: string, { type, length, below }: ColumnRule): void => {
  const found: unknown = Reflect.get(owner, name)
  if (!(found instanceof type)) return fail(`column ${name} is missing or of the wrong type`)
  const column: Column = found
  if (column.length !== length) fail(`column ${name} has ${column.length} entries, not ${length}`)
  for (const value of column) {
    if (!Number.isFinite(value)) fail(`column ${name} holds a number that is not finite`)
    if (below !== undefined && !(value >= 0 && value < below)) fail(`column ${name} holds ${value}, not 0 to ${below - 1}`)
  }
}

const checkColumns = (owner: object, rules: Readonly<Record<string, ColumnRule>>): void => {
  for (const [name, rule] of Object.entries(rules)) checkColumn(owner, name, rule)
}

const checkWhole = (name: string, value: unknown, least: number, most: number): void => {
  if (!(Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most)) fail(`${name} is ${String(value)}`)
}

const checkPopulation = (population: Population): void => {
  const { neurons } = population
  checkWhole('population.neurons', neurons, 1, 2 ** 31 - 1)
  checkWhole('population.excitatory', population.excitatory, 0, neurons)
  if (!(population.sideUm > 0 && population.sideUm < Infinity)) fail(`population.sideUm is ${population.sideUm}`)
  const numbers = { type: Float64Array, length: neurons }
  const positions = { type: Float32Array, length: neurons }
  checkColumns(population, { a: numbers, b: numbers, c: numbers, d: numbers, bias: numbers, sensitivity: numbers, xUm: positions, yUm: positions })
  checkColumn(population, 'type', { type: Uint8Array, length: neurons })
}

const checkNetwork = (network: Network, { neurons, excitatory }: Population): void => {
  const { synapses, maxDelaySteps } = network
  checkWhole('network.synapses', synapses, 0, 2 ** 31 - 1)
  checkWhole('network.maxDelaySteps', maxDelaySteps, 1, 255)
  const stride = maxDelaySteps + 1
  checkColumn(network, 'segment', { type: Int32Array, length: neurons * stride, below: synapses + 1 })
  const excitatoryRows = excitatory < neurons ? network.segment[excitatory * stride] : synapses
  checkColumns(network, {
    post: { type: Int32Array, length: synapses, below: neurons },
    delaySteps: { type: Uint8Array, length: synapses, below: maxDelaySteps + 1 },
    initialWeight: { type: Float64Array, length: synapses },
    incomingStart: { type: Int32Array, length: neurons + 1, below: excitatoryRows + 1 },
    incoming: { type: Int32Array, length: excitatoryRows, below: Math.max(1, synapses) },
    weightScale: { type: Float64Array, length: neurons },
  })
}

const checkState = (state: CultureState, { population, network, parameters }: CultureSnapshot): void => {
  checkWhole('step', state.step, 0, Number.MAX_SAFE_INTEGER)
  const below: Readonly<Record<string, number>> = { flightCount: population.neurons + 1, flightNeuron: population.neurons }
  for (const [name, column] of Object.entries(initialState(population, network, parameters, Rng.fromSeed(0)))) {
    const limit = Object.hasOwn(below, name) ? { below: below[name] } : {}
    if (column instanceof Float64Array) checkColumn(state, name, { type: Float64Array, length: column.length })
    if (column instanceof Int32Array) checkColumn(state, name, { type: Int32Array, length: column.length, ...limit })
  }
  Rng.load(state.slowNoiseStream)
}

/**
 * Refuses anything whose columns do not fit each other, or that holds a number that is not finite or an index that leads nowhere.
 * @throws Bl1Error `culture/snapshot`, `rng/seed`, `rng/state`, `parameter/unknown`, `parameter/invalid`
 */
export const checkSnapshot = (snapshot: CultureSnapshot): void => {
  if (typeof snapshot !== 'object' || snapshot === null) fail('it is not an object')
  const format: unknown = snapshot.format
  if (format !== SNAPSHOT_FORMAT) fail(`format ${String(format)} is not ${SNAPSHOT_FORMAT}`)
  const { population, network, parameters, plasticity, state } = snapshot
  for (const [name, part] of Object.entries({ population, network, parameters, plasticity, state })) {
    if (typeof part !== 'object' || part === null) fail(`${name} is missing`)
  }
  Rng.fromSeed(snapshot.seed)
  completeCultureParameters(parameters)
  if (typeof plasticity.stdp !== 'boolean' || typeof plasticity.homeostasis !== 'boolean') fail('plasticity is not two switches')
  checkPopulation(population)
  checkNetwork(network, population)
  checkState(state, snapshot)
}
