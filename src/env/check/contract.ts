/** Rules about the object itself and the order of calls: env/interface, sync/*, async/*, step/before-reset, close/*, reset/seed-refused. */
import { field } from '../../spaces/field.js'
import { describe } from '../../describe.js'
import type { AnyEnv } from '../types.js'
import { sampleActions, type EnvSession } from './session.js'
import { throws } from './throws.js'

const METHODS = ['reset', 'step', 'render', 'close', 'sampleAction'] as const
const OBJECTS = ['spec', 'metadata'] as const
const FLAGS = ['sync', 'reusesBuffers'] as const

const WRONG_SEEDS = [-1, 0.5, Number.NaN, Infinity]

const checkInterface = (session: EnvSession, env: AnyEnv): void => {
  const requireMethod = (name: string, method: unknown): void => {
    session.require(typeof method === 'function', 'env/interface', name, () => `it is ${describe(method)}, not a method`)
  }
  for (const name of METHODS) requireMethod(name, field(env, name))
  if (env.sync) requireMethod('[Symbol.dispose]', Reflect.get(env, Symbol.dispose))
  else requireMethod('[Symbol.asyncDispose]', Reflect.get(env, Symbol.asyncDispose))
  for (const name of OBJECTS) {
    const value = field(env, name)
    session.require(typeof value === 'object' && value !== null, 'env/interface', name, () => `it is ${describe(value)}, not an object`)
  }
  for (const name of FLAGS) {
    const value = field(env, name)
    session.require(typeof value === 'boolean', 'env/interface', name, () => `it is ${describe(value)}, not true or false`)
  }
}

const checkPromises = async (session: EnvSession): Promise<void> => {
  const env = await session.fresh()
  const action = sampleActions(env.actionSpace, 1)[0]
  const calls = { reset: () => env.reset({ seed: 1 }), step: () => env.step(action), render: () => env.render(), close: () => env.close() }
  for (const [name, call] of Object.entries(calls)) {
    const result: unknown = call()
    const isPromise = typeof field(result, 'then') === 'function'
    if (env.sync) session.require(!isPromise, 'sync/never-promise', `${name}()`, () => 'it returned a promise; declare sync: false')
    else session.require(isPromise, 'async/promise', `${name}()`, () => `it returned ${describe(result)}; make it async`)
    await result
  }
  session.forget(env)
}

const checkOrder = async (session: EnvSession): Promise<void> => {
  const env = await session.fresh()
  const action = sampleActions(env.actionSpace, 1)[0]
  session.require(await throws(() => env.step(action)), 'step/before-reset', 'step()', () => 'it did not throw')
  await env.reset({ seed: 1 })
  await env.close()
  session.require(!(await throws(() => env.close())), 'close/idempotent', 'close()', () => 'the second call threw')
  const calls = { step: () => env.step(action), reset: () => env.reset(), render: () => env.render() }
  for (const [name, call] of Object.entries(calls)) {
    session.require(await throws(call), 'close/after', `${name}()`, () => 'it did not throw')
  }
  session.forget(env)
}

const checkSeeds = async (session: EnvSession): Promise<void> => {
  const env = await session.fresh()
  for (const seed of WRONG_SEEDS) {
    session.require(await throws(() => env.reset({ seed })), 'reset/seed-refused', 'reset({ seed })', () => `it took the seed ${seed}`)
  }
}

/** Checks the interface first, then promises and the order of calls. */
export const checkContract = async (session: EnvSession): Promise<void> => {
  checkInterface(session, await session.fresh())
  await session.part('calls', () => checkPromises(session))
  await session.part('order of calls', () => checkOrder(session))
  await session.part('seeds given to reset', () => checkSeeds(session))
}
