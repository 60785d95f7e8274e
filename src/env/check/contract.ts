/** Rules about the object itself and the order of calls: env/interface, sync/*, step/before-reset, close/*. */
import type { AnyEnv } from '../types.js'
import { describe } from '../describe.js'
import { field, type CheckSession } from './session.js'

const METHODS = ['reset', 'step', 'render', 'close', 'sampleAction'] as const
const PROPERTIES = ['sync', 'spec', 'metadata', 'reusesBuffers'] as const

const checkInterface = (session: CheckSession, env: AnyEnv): void => {
  for (const name of METHODS) {
    const method = field(env, name)
    session.require(typeof method === 'function', 'env/interface', name, () => `it is ${describe(method)}, not a method`)
  }
  for (const name of PROPERTIES) {
    session.require(field(env, name) !== undefined, 'env/interface', name, () => 'it is missing')
  }
}

/** Whether a call throws or rejects. */
export const throws = async (call: () => unknown): Promise<boolean> => {
  try {
    await call()
    return false
  } catch {
    return true
  }
}

const checkSync = async (session: CheckSession): Promise<void> => {
  const env = await session.fresh()
  if (!env.sync) return
  const action = session.actions(env.actionSpace, 1)[0]
  const calls = { reset: () => env.reset({ seed: 1 }), step: () => env.step(action), render: () => env.render(), close: () => env.close() }
  for (const [name, call] of Object.entries(calls)) {
    const result: unknown = call()
    const isPromise = typeof field(result, 'then') === 'function'
    session.require(!isPromise, 'sync/never-promise', `${name}()`, () => 'it returned a promise; declare sync: false')
    await result
  }
}

const checkOrder = async (session: CheckSession): Promise<void> => {
  const env = await session.fresh()
  const action = session.actions(env.actionSpace, 1)[0]
  session.require(await throws(() => env.step(action)), 'step/before-reset', 'step()', () => 'it did not throw')
  await env.reset({ seed: 1 })
  await env.close()
  session.require(!(await throws(() => env.close())), 'close/idempotent', 'close()', () => 'the second call threw')
  session.require(await throws(() => env.step(action)), 'close/after', 'step()', () => 'it did not throw')
  session.require(await throws(() => env.reset()), 'close/after', 'reset()', () => 'it did not throw')
}

/** Checks the interface first, then promises and the order of calls. */
export const checkContract = async (session: CheckSession): Promise<void> => {
  checkInterface(session, await session.fresh())
  await session.part('calls of an Env', () => checkSync(session))
  await session.part('order of calls', () => checkOrder(session))
}
