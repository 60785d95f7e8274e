/** Environments whose properties, methods or order of calls are wrong. */
import { toAsync } from '../../../src/env/index.js'
import type { Breakage } from './brokenEnv.js'
import { forgive, override, put } from './patch.js'

export const objects = {
  'env/interface': { breaks: (env) => put(env, 'reusesBuffers', 0) },
  'env/throws': {
    breaks: (env) =>
      put(env, 'render', () => {
        throw new Error('no display')
      }),
  },
  'step/before-reset': {
    breaks: (env) =>
      forgive(env, 'step', 'env/not-reset', () => ({
        observation: new Float32Array(1),
        reward: 0,
        terminated: true,
        truncated: false,
        info: { endReason: 'goal' },
      })),
  },
  'close/idempotent': {
    breaks: (env) => {
      let closes = 0
      override(env, 'close', (close) => () => {
        if (++closes === 2) throw new Error('closed already')
        return close()
      })
    },
  },
  'close/after': { breaks: (env) => put(env, 'close', () => undefined) },
  'sync/never-promise': { breaks: (env) => override(env, 'step', (step) => async (action) => step(action)) },
  'async/promise': {
    breaks: (env) => {
      const later = toAsync(env)
      put(later, 'step', (action: number) => env.step(action))
      return later
    },
  },
} as const satisfies Readonly<Record<string, Breakage>>
