/** Rules about the object itself and the order of calls. */
import { same } from '../../env/check/difference.js'
import { throws } from '../../env/check/throws.js'
import { wrongActions } from '../../env/check/wrongActions.js'
import { describe } from '../../env/index.js'
import { field } from '../../spaces/field.js'
import { batchSpace, Space } from '../../spaces/index.js'
import type { VectorResetOptions } from '../types.js'
import type { AnyVectorEnv } from '../types.js'
import { resetAt } from './results.js'
import { actionsFor, indices, SEED, STEPS, type VectorSession } from './session.js'
import { traceOn, traceVector } from './trace.js'

const METHODS = ['reset', 'step', 'close', 'sampleActions'] as const
const SPACES = ['singleObservationSpace', 'singleActionSpace', 'observationSpace', 'actionSpace'] as const
const FLAGS = ['sync', 'reusesBuffers', 'closed'] as const

/** Checks properties and methods; false where nothing else can be checked. */
export const checkInterface = async (session: VectorSession): Promise<boolean> => {
  const vec = await session.fresh()
  let canPlay = true
  const requireField = (name: string, value: unknown, holds: boolean): void => {
    canPlay = session.require(holds, 'vector/interface', name, () => `it is ${describe(value)}`) && canPlay
  }
  for (const name of METHODS) requireField(name, field(vec, name), typeof field(vec, name) === 'function')
  for (const name of SPACES) requireField(name, field(vec, name), field(vec, name) instanceof Space)
  for (const name of FLAGS) requireField(name, field(vec, name), typeof field(vec, name) === 'boolean')
  const { count, autoreset } = vec
  requireField('count', count, Number.isSafeInteger(count) && count > 0)
  requireField('autoreset', autoreset, autoreset === 'sameStep' || autoreset === 'disabled')
  const dispose: unknown = Reflect.get(vec, vec.sync ? Symbol.dispose : Symbol.asyncDispose)
  requireField(vec.sync ? '[Symbol.dispose]' : '[Symbol.asyncDispose]', dispose, typeof dispose === 'function')
  return canPlay
}

/** The spaces of all are the batches of those of one. */
export const checkSpaces = async (session: VectorSession): Promise<void> => {
  const vec = await session.fresh()
  const pairs = { observationSpace: vec.singleObservationSpace, actionSpace: vec.singleActionSpace }
  for (const path of ['observationSpace', 'actionSpace'] as const) {
    const isBatch = vec[path].equals(batchSpace(pairs[path], vec.count))
    const message = (): string => `it is ${describe(vec[path].toJSON())} for ${vec.count} times ${describe(pairs[path].toJSON())}`
    session.require(isBatch, 'vector/spaces', path, message)
  }
}

/** Promises where they are declared. */
export const checkPromises = async (session: VectorSession): Promise<void> => {
  const vec = await session.fresh()
  const [actions] = actionsFor(vec, 1)
  const calls = { reset: () => vec.reset({ seed: SEED }), step: () => vec.step(actions), close: () => vec.close() }
  for (const [name, call] of Object.entries(calls)) {
    const result: unknown = call()
    const isPromise = typeof field(result, 'then') === 'function'
    const message = (): string => `it returned ${isPromise ? 'a promise' : 'no promise'}, with sync: ${vec.sync}`
    session.require(isPromise !== vec.sync, 'vector/promise', `${name}()`, message)
    await result
  }
  session.forget(vec)
}

/** What must come before what. */
export const checkOrder = async (session: VectorSession): Promise<void> => {
  const vec = await session.fresh()
  const [actions] = actionsFor(vec, 1)
  const requireThrow = async (rule: 'vector/before-reset' | 'vector/close-after', path: string, call: () => unknown): Promise<void> => {
    session.require(await throws(call), rule, path, () => 'it did not throw')
  }
  await requireThrow('vector/before-reset', 'step()', () => vec.step(actions))
  await requireThrow('vector/before-reset', 'reset({ mask })', () => vec.reset({ mask: indices(vec).map(() => false) }))
  await vec.reset({ seed: SEED })
  await vec.close()
  session.require(!(await throws(() => vec.close())), 'vector/close-idempotent', 'close()', () => 'the second call threw')
  await requireThrow('vector/close-after', 'step()', () => vec.step(actions))
  await requireThrow('vector/close-after', 'reset()', () => vec.reset())
  session.require(vec.closed, 'vector/close-after', 'closed', () => `it is ${describe(vec.closed)}`)
  session.forget(vec)
}

/** Resets that are none. */
export const checkWrongResets = async (session: VectorSession): Promise<void> => {
  const vec = await session.fresh()
  const { count } = vec
  const each = (value: number): number[] => indices(vec).map(() => value)
  const wrong: Readonly<Record<string, VectorResetOptions>> = {
    'a negative seed': { seed: -1 },
    'a seed of 0.5': { seed: 0.5 },
    'seeds of NaN': { seeds: each(Number.NaN) },
    'seed and seeds': { seed: 1, seeds: each(1) },
    'a seed too many': { seeds: [...each(1), 1] },
    'a mask too short': { mask: each(1).slice(1) },
    'a mask of 2': { mask: each(2) },
  }
  await vec.reset({ seed: SEED })
  for (const [what, options] of Object.entries(wrong)) {
    const refused = await throws(() => vec.reset(options))
    session.require(refused, 'vector/reset-refused', 'reset()', () => `it took ${what} for ${count} environments`)
  }
}

const wrongBatches = (vec: AnyVectorEnv, right: readonly unknown[]): unknown[] => [
  right.slice(1),
  [...right, right[0]],
  undefined,
  ...wrongActions(vec.singleActionSpace, right[0]).map((wrong) => [...right.slice(1), wrong]),
]

/** Actions that are none; with the right ones after them the episodes go on as if they had not been tried. */
export const checkWrongActions = async (session: VectorSession, canRepeat: boolean): Promise<void> => {
  const [vec, untried] = [await session.fresh(), await session.fresh()]
  const actions = actionsFor(vec, STEPS)
  const reset = await vec.reset({ seed: SEED })
  const traces = indices(vec).map((i) => [resetAt(vec, reset, i)])
  for (const wrong of wrongBatches(vec, actions[0])) {
    // Whatever its type says: it comes from plain JavaScript.
    const refused = await throws(() => vec.step(wrong as unknown[]))
    const message = (): string => `it took ${describe(wrong)} for ${vec.count} environments`
    if (!session.require(refused, 'vector/actions-refused', 'step()', message)) return
  }
  if (!canRepeat) return
  await traceOn(vec, actions, traces)
  const goesOn = same(traces, await traceVector(untried, { seed: SEED }, actions))
  session.require(goesOn, 'vector/actions-refused', 'step() after a refused one', () => 'what follows differs: something was stepped')
}
