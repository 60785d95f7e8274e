/** Environments whose spaces are wrong. */
import { registerSpace, Box, Discrete, Space, Text } from '../../../src/spaces/index.js'
import type { Breakage } from './brokenEnv.js'
import { nextNumber, observe, override, put } from './patch.js'

/** A Dict without parts. */
class NoParts extends Space<object> {
  readonly kind = 'NoParts'
  readonly spaces = {}

  contains(x: unknown): x is object {
    return typeof x === 'object' && x !== null && Object.keys(x).length === 0
  }

  sample(): object {
    return {}
  }

  override get isFixedSize(): boolean {
    return true
  }

  toJSON(): { kind: string } {
    return { kind: this.kind }
  }
}
registerSpace('NoParts', () => new NoParts())

const IMAGE = [16, 16, 3]

export const spaces = {
  'space/missing': { breaks: (env) => put(env, 'actionSpace', undefined) },
  'space/box-shape': { breaks: (env) => put(env.observationSpace, 'shape', [2]) },
  'space/box-empty': {
    breaks: (env) => {
      put(env, 'observationSpace', new Box({ low: [-10, 3], high: [10, 3] }))
      observe(env, ([x]) => new Float32Array([x, 3]))
    },
  },
  'space/empty': {
    breaks: (env) => {
      put(env, 'observationSpace', new NoParts())
      observe(env, () => ({}))
    },
  },
  'space/unbounded': { breaks: (env) => put(env, 'observationSpace', new Box({ low: -10, high: Infinity, shape: [1] })) },
  'space/image': {
    breaks: (env) => {
      put(env, 'observationSpace', new Box({ low: -10, high: 10, shape: IMAGE }))
      observe(env, ([x]) => new Float32Array(IMAGE[0] * IMAGE[1] * IMAGE[2]).fill(x))
    },
  },
  'space/variable-size': {
    breaks: (env) => {
      put(env, 'observationSpace', new Text({ maxLength: 8 }))
      observe(env, () => 'here')
    },
  },
  'space/action-scale': { breaks: (env) => put(env, 'actionSpace', new Box({ low: -1.5, high: 1.5, shape: [1] })) },
  'space/action-dtype': { breaks: (env) => put(env, 'actionSpace', new Box({ low: -1, high: 1, shape: [1], dtype: 'float64' })) },
  'space/action-start': { breaks: (env) => put(env, 'actionSpace', new Discrete({ n: 2, start: 1 })) },
  'space/sample-contains': { breaks: (env) => put(env.observationSpace, 'sample', () => new Float32Array([99])) },
  'space/sample-repeat': { breaks: (env) => put(env.observationSpace, 'sample', () => new Float32Array([nextNumber() % 10])) },
  'space/json': { breaks: (env) => put(env.observationSpace, 'toJSON', () => ({ kind: 'Nowhere' })) },
  'space/constant': {
    breaks: (env) =>
      override(env, 'reset', (reset) => (options) => {
        put(env, 'observationSpace', new Box({ low: -11, high: 11, shape: [1] }))
        return reset(options)
      }),
  },
} as const satisfies Readonly<Record<string, Breakage>>
