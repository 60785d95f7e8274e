/**
 * What a vector wrapper is: hooks around `reset` and `step` of a vector environment, written once for both kinds.
 *
 * There are few of them on purpose: wrap the single environments before they go into a vector. Only what must see all of them at once, such as
 * moments over all observations, belongs here.
 */
import type { AnyEnv, EnvSpec, Info, WrapperSpec } from '../env/index.js'
import type { Space } from '../spaces/index.js'
import type { Autoreset, VectorReset, VectorResetOptions, VectorStep } from './types.js'

/** What a vector wrapper knows of the vector it goes around. */
export interface VectorShape<OS extends Space = Space, AS extends Space = Space, I extends Info = Info> {
  readonly count: number
  readonly singleObservationSpace: OS
  readonly singleActionSpace: AS
  readonly autoreset: Autoreset
  readonly reusesBuffers: boolean
  readonly spec: EnvSpec | undefined
  /** The environments, where they live in this thread. */
  readonly envs: readonly AnyEnv[] | undefined
  /** The infos: there for the compiler, which reads `I` from it. */
  readonly infoType?: I
}

/** The hooks of one vector wrapper. They return what goes out: the given result, or a new one (a given one is not to be written to). */
export interface VectorHooks<OS extends Space, I extends Info, OS2 extends Space = OS, I2 extends Info = I> {
  /** The wrapper's name and options. */
  readonly wrapper: WrapperSpec
  /** The outer observation space of one environment, where it differs from the inner one. */
  readonly singleObservationSpace?: OS2
  /** After a reset: `options.mask` says of which environments. */
  onReset(reset: VectorReset<OS, I>, options: VectorResetOptions): VectorReset<OS2, I2>
  /** After a step. */
  onStep(step: VectorStep<OS, I>): VectorStep<OS2, I2>
}

/** Hooks of any types, where the compiler cannot know them. */
export type AnyVectorHooks = VectorHooks<Space, Info, Space, Info>

/** Whether a reset began a new episode of environment `i`. */
export const wasReset = ({ mask }: VectorResetOptions, i: number): boolean => mask === undefined || Boolean(mask[i])
