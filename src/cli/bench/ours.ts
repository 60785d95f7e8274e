/** Our side of a measurement: the program that steps what a setup describes. */
import { stepProgram, vectorStepProgram, type Program } from '../../bench/index.js'
import { make, type EnvSpec } from '../../env/index.js'
import { makeVector } from '../../vector/index.js'
import { WorkerVectorEnv } from '../../vector/worker.js'
import { registeredSpec } from '../environments.js'
import { EMPTY_ID, SLOW_ID } from './benchEnvs.js'
import type { Setup } from './setup.js'

const specs: { readonly [K in Setup['env']]: (setup: Setup) => EnvSpec } = {
  'cart-pole': () => registeredSpec('CartPole-v1'),
  'cart-pole as made': () => registeredSpec('CartPole-v1'),
  'cart-pole reusing': () => ({ ...registeredSpec('CartPole-v1'), options: { reuseBuffers: true } }),
  empty: () => registeredSpec(EMPTY_ID),
  slow: ({ iterations }) => ({ ...registeredSpec(SLOW_ID), options: { iterations } }),
}

/** The environment of a setup, wrappers included. */
const specOf = (setup: Setup): EnvSpec => ({
  ...specs[setup.env](setup),
  wrappers: setup.wrappers.map(([name, options]) => ({ name, options })),
})

/** A program, and what ends it. */
export interface OurProgram {
  readonly program: Program
  readonly close: () => void | Promise<void>
}

/** What each worker thread imports. */
const MODULES = [new URL('../environments.js', import.meta.url), new URL('benchEnvs.js', import.meta.url)]

/** Makes what a setup describes and resets it. */
export const programOf = async (setup: Setup): Promise<OurProgram> => {
  const { vector, count, seed } = setup
  const spec = specOf(setup)
  if (vector === null) {
    const env = await make(spec)
    return { program: await stepProgram(env, seed), close: () => env.close() }
  }
  const many = await (vector === 'workers'
    ? WorkerVectorEnv.start({ spec, count, threads: count, modules: MODULES })
    : makeVector(spec, { count }))
  return { program: await vectorStepProgram(many, seed), close: () => many.close() }
}
