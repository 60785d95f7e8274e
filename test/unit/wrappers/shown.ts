/** An environment that always shows the same image or array, to try observation wrappers on it. */
import { CartPoleEnv } from '../../../envs/classic-control/index.js'
import { wrap, type Env, type Saveable } from '../../../src/env/index.js'
import type { Discrete, Member, Space } from '../../../src/spaces/index.js'
import { transformObservation } from '../../../src/wrappers/index.js'

/** CartPole whose every observation is `value`, a member of `space`. */
export const showing = <S extends Space>(space: S, value: Member<S>): Env<S, Discrete<2>> & Saveable =>
  wrap(new CartPoleEnv(), transformObservation({ transform: (_state: Float32Array) => value, observationSpace: space }))

/** The first observation of an episode. */
export const first = <O>(env: { reset(): { readonly observation: O } }): O => env.reset().observation
