/** Environments whose episodes depend on more than their seeds and actions. */
import { Rng } from '../../../src/rng.js'
import type { WalkEnv } from '../walkEnv.js'
import type { Breakage } from './brokenEnv.js'
import { change, nextNumber, override, put, unsaveable } from './patch.js'

/** The stream of the present episode. */
export const rngOf = (env: WalkEnv): Rng => {
  const rng: unknown = Reflect.get(env, 'rng')
  if (rng instanceof Rng) return rng
  throw new TypeError('no stream')
}

const isSeeded = (options: unknown): boolean => Object.keys(Object(options)).includes('seed')

/** A generator that all instances share, seeded by whoever resets. */
let shared = 0

export const seeds = {
  'seed/reset-repeat': {
    breaks: (env) => change(env, 'reset', (result) => ({ ...result, observation: new Float32Array([nextNumber() % 10]) })),
  },
  'seed/step-repeat': { breaks: (env) => change(env, 'step', (result) => ({ ...result, reward: nextNumber() })) },
  'seed/continuation': {
    breaks: (env) => override(env, 'reset', (reset) => (options) => reset(isSeeded(options) ? options : { seed: nextNumber() })),
  },
  'seed/replay': {
    breaks: (env) =>
      override(env, 'reset', (reset) => (options) => {
        const result = reset(options) as { info: { seed: number } }
        return isSeeded(options) ? result : { ...result, info: { seed: result.info.seed % 1000 } }
      }),
  },
  'seed/sample-action': { breaks: (env) => put(env, 'sampleAction', () => rngOf(env).integer(2)) },
  'seed/independent': {
    breaks: (env) => {
      unsaveable(env)
      change(env, 'reset', (result) => {
        shared = 0
        return result
      })
      change(env, 'step', (result) => ({ ...result, reward: ++shared }))
    },
  },
  'seed/rng-state': {
    breaks: (env) => {
      let number = nextNumber()
      override(env, 'save', (save) => () => ({ ...Object(save()), number }))
      override(env, 'load', (load) => (state) => {
        const { number: saved, ...rest } = state as Readonly<Record<string, unknown>>
        number = Number(saved)
        load(rest)
      })
    },
  },
} as const satisfies Readonly<Record<string, Breakage>>
