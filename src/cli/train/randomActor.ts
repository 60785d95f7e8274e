/** Actions without a mind: what every result is held against. */
import type { ActionCodec, Actor } from '../../../agents/index.js'
import { Rng } from '../../rng.js'
import type { Space } from '../../spaces/index.js'

/** Uniform actions of the space, for an evaluation: those of an episode come from its seed. */
export const randomPlayer = (space: Space, envs: number, rng: Rng): { readonly actor: Actor; readonly codec: ActionCodec } => {
  const streams = Array.from({ length: envs }, (_, env) => rng.split(env))
  return {
    actor: {
      columns: [{ name: 'action', width: 1 }],
      seconds: { policy: 0, culture: 0 },
      act: () => {},
      outcome: () => {},
      reset: (env, seed) => {
        if (seed !== undefined) streams[env] = Rng.fromSeed(seed).split('random actions')
      },
      save: () => null,
      load: () => {},
    },
    codec: { toAction: (_rows, row) => space.sample(streams[row]) },
  }
}
