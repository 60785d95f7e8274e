/** Exact copies of a culture: run 2N = run N, snapshot, restore, run N, bit for bit, plasticity and generators included. */
import { Bl1Error } from '../errors.js'
import { Rng } from '../rng.js'
import type { PlasticitySwitches } from './engine/engine.js'
import type { Network } from './network.js'
import type { CultureParameters } from './parameters.js'
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

/** Refuses anything whose columns do not fit its own population and network, or that holds a number that is not finite. */
export const checkSnapshot = (snapshot: CultureSnapshot): void => {
  const fail = (reason: string): never => {
    throw new Bl1Error('culture/snapshot', { reason })
  }
  if (typeof snapshot !== 'object' || snapshot === null) fail('it is not an object')
  if (snapshot.format !== SNAPSHOT_FORMAT) fail(`format ${String(snapshot.format)} is not ${SNAPSHOT_FORMAT}`)
  const { population, network, parameters, state } = snapshot
  for (const [name, part] of Object.entries({ population, network, parameters, state })) {
    if (typeof part !== 'object' || part === null) fail(`${name} is missing`)
  }
  if (!Number.isSafeInteger(state.step) || state.step < 0) fail(`step is ${String(state.step)}`)
  const expected = initialState(population, network, parameters, Rng.fromSeed(0))
  for (const [name, column] of Object.entries(expected)) {
    if (!ArrayBuffer.isView(column)) continue
    const found: unknown = Reflect.get(state, name)
    const isFloats = column instanceof Float64Array && found instanceof Float64Array
    const isWholes = column instanceof Int32Array && found instanceof Int32Array
    if (!(isFloats || isWholes)) return fail(`column ${name} is missing or of the wrong type`)
    if (found.length !== (isFloats ? column.length : column.length)) return fail(`column ${name} has ${found.length} entries`)
    if (isFloats && !found.every(Number.isFinite)) return fail(`column ${name} holds a number that is not finite`)
  }
  Rng.load(state.slowNoiseStream)
}
