/** Serves a synchronous environment where an asynchronous one is wanted. */
import type { Space } from '../spaces/index.js'
import type { AsyncEnv, Env, Info } from './types.js'

/** The same environment with promises. Errors become rejections. */
export const toAsync = <OS extends Space, AS extends Space, I extends Info>(env: Env<OS, AS, I>): AsyncEnv<OS, AS, I> => ({
  sync: false,
  observationSpace: env.observationSpace,
  actionSpace: env.actionSpace,
  spec: env.spec,
  metadata: env.metadata,
  renderMode: env.renderMode,
  reusesBuffers: env.reusesBuffers,
  sampleAction: () => env.sampleAction(),
  reset: async (options) => env.reset(options),
  step: async (action) => env.step(action),
  render: async () => env.render(),
  close: async () => env.close(),
  [Symbol.asyncDispose]: async () => env.close(),
})
