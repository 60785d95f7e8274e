/** Environments whose resets and steps return what they should not. */
import type { Breakage } from './brokenEnv.js'
import { change, endWith, forgive, observe, override, put, unsaveable } from './patch.js'

const seedOf = (options: unknown): unknown => Reflect.get(Object(options), 'seed')
const isSeed = (x: unknown): boolean => x === undefined || (Number.isSafeInteger(x) && Number(x) >= 0)

export const results = {
  'reset/shape': { breaks: (env) => change(env, 'reset', ({ observation }) => observation) },
  'reset/seed': { breaks: (env) => change(env, 'reset', (result) => ({ ...result, info: {} })) },
  'reset/seed-refused': {
    breaks: (env) => override(env, 'reset', (reset) => (options) => reset(isSeed(seedOf(options)) ? options : { seed: 0 })),
  },
  'reset/in-space': { breaks: (env) => change(env, 'reset', (result) => ({ ...result, observation: new Float32Array([NaN]) })) },
  'step/shape': { breaks: (env) => change(env, 'step', (result) => ({ ...result, info: undefined })) },
  'step/in-space': { breaks: (env) => change(env, 'step', (result) => ({ ...result, observation: new Float32Array([11]) })) },
  'step/reward-finite': { breaks: (env) => change(env, 'step', (result) => ({ ...result, reward: NaN })) },
  'step/flags': { breaks: (env) => change(env, 'step', (result) => ({ ...result, truncated: undefined })) },
  'step/early-end': {
    options: { length: 1 },
    breaks: (env) => endWith(env, { terminated: false, truncated: true, info: { endReason: 'timeLimit' } }),
  },
  'step/after-end': {
    breaks: (env) => {
      let last: unknown
      change(env, 'step', (result) => (last = result))
      forgive(env, 'step', 'env/over', () => last)
    },
  },
  'flags/not-both': { breaks: (env) => endWith(env, { truncated: true }) },
  'action/refused': {
    breaks: (env) => override(env, 'step', (step) => (action) => step(env.actionSpace.contains(action) ? action : 0)),
  },
  'action/sample': { breaks: (env) => put(env, 'sampleAction', () => 7) },
  'action/keys': { breaks: (env) => put(env, 'metadata', { ...env.metadata, keys: { actions: { left: 0, right: 2 } } }) },
  'info/json': {
    breaks: (env) => change(env, 'step', (result) => ({ ...result, info: { ...result.info, spikes: new Float32Array(2) } })),
  },
  'info/end-reason': { breaks: (env) => endWith(env, { info: { endReason: 'timeLimit' } }) },
  'alias/observation': {
    breaks: (env) => {
      const buffer = new Float32Array(1)
      observe(env, (observation) => {
        buffer.set(observation)
        return buffer
      })
    },
  },
  'alias/info': {
    breaks: (env) => {
      unsaveable(env)
      let info: Record<string, unknown> = {}
      change(env, 'reset', (result) => ({ ...result, info: (info = { ...result.info }) }))
      change(env, 'step', (result) => ({ ...result, info: Object.assign(info, { at: result.observation[0] }, result.info) }))
    },
  },
  'alias/state': {
    breaks: (env) => {
      // A stand-in for an array that is both the state and the observation.
      unsaveable(env)
      let state: Float32Array = new Float32Array(1)
      change(env, 'step', (result) => ({ ...result, reward: state[0] }))
      observe(env, (observation) => (state = observation))
    },
  },
  'spec/time-limit': { breaks: (env) => put(env, 'spec', { ...env.spec, maxEpisodeSteps: 3 }) },
} as const satisfies Readonly<Record<string, Breakage>>
