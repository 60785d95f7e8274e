/**
 * The words of vector environments: several environments of equal spaces, stepped together.
 *
 * As with `Env` and `AsyncEnv` there are two kinds with the same method names, so that a forgotten `await` does not compile. An episode's last
 * observation is a typed field of the step (`finals`), never an entry of an info that one may forget to look for.
 */
import type { AnyEnv, EnvSpec, Info } from '../env/index.js'
import type { BatchOf, Member, Space } from '../spaces/index.js'
import type { EpisodeSummary } from '../wrappers/index.js'

/**
 * What happens when an episode ends. `sameStep`: the environment is reset within that step. `disabled`: it waits for `reset({ mask })`, and
 * stepping before is an error.
 */
export type Autoreset = 'sameStep' | 'disabled'

/** The observations of all environments: a member of the batched space. */
export type Observations<OS extends Space> = Member<BatchOf<OS>>

/** Options of every vector environment. */
export interface VectorOptions {
  /** @default 'sameStep' */
  readonly autoreset?: Autoreset
  /** Write every result into the same arrays, so that a step allocates nothing: copy what you keep. @default false */
  readonly reuseBuffers?: boolean
}

/** What `reset` takes. */
export interface VectorResetOptions {
  /** One seed for all: environment i gets `splitSeed(seed, i)`. Left out: each goes on with its own sequence of seeds. */
  readonly seed?: number
  /** A seed of its own for each environment, in place of `seed`; undefined goes on with its sequence. */
  readonly seeds?: readonly (number | undefined)[]
  /** Which environments are reset: 1 or true. The others stay as they are. Left out: all. */
  readonly mask?: ArrayLike<number | boolean>
  /** What each environment's reset is given as `options`. */
  readonly options?: Readonly<Record<string, unknown>>
}

/** What `reset` returns. */
export interface VectorReset<OS extends Space = Space, I extends Info = Info> {
  /** The present observation of every environment: a member of the batched observation space. */
  readonly observations: Observations<OS>
  /** The latest info of each; `seed` is in those of a reset. */
  readonly infos: readonly I[]
}

/** The end of an episode under `sameStep`: what its last step showed before the environment was reset. */
export interface Final<OS extends Space = Space, I extends Info = Info> {
  /** The true last observation: bootstrap a truncated episode from this one. */
  readonly observation: Member<OS>
  /** The info of the last step, with `endReason`. */
  readonly info: I
  /** The whole episode: the sum of the rewards and the number of steps. */
  readonly episode: EpisodeSummary
}

/** What `step` returns. Entry i of each field is about environment i. */
export interface VectorStep<OS extends Space = Space, I extends Info = Info> {
  /** Under `sameStep`, where an episode has ended: the first observation of the next. Under `disabled`: the last observation. */
  readonly observations: Observations<OS>
  readonly rewards: Float64Array
  /** 1 where the task ended. */
  readonly terminated: Uint8Array
  /** 1 where the episode was cut off. Never 1 together with `terminated`. */
  readonly truncated: Uint8Array
  /** Goes with `observations`: under `sameStep`, where an episode has ended, that of the reset, with the next episode's `seed`. */
  readonly infos: readonly I[]
  /** Under `sameStep`, how the episodes that ended in this step ended; undefined elsewhere and under `disabled`. */
  readonly finals: readonly (Final<OS, I> | undefined)[]
}

/** What both kinds of vector environments show. */
export interface VectorProperties<OS extends Space, AS extends Space> {
  /** How many environments there are. */
  readonly count: number
  /** The spaces of one environment. */
  readonly singleObservationSpace: OS
  readonly singleActionSpace: AS
  /** The spaces of all together: `batchSpace` of the single ones. */
  readonly observationSpace: BatchOf<OS>
  readonly actionSpace: BatchOf<AS>
  readonly autoreset: Autoreset
  /** True: results are only valid until the next call, as their arrays are written again. */
  readonly reusesBuffers: boolean
  /** The spec of each environment, where it is the same for all. */
  readonly spec: EnvSpec | undefined
  /** True after `close()` and after an environment failed: every call but `close()` is then an error. */
  readonly closed: boolean
  /** The environments, where they live in this thread: to look at (`find`, `render`), not to step. */
  readonly envs?: readonly AnyEnv[]
  /**
   * One random action for each, from the `action` stream of each episode's seed: equal seeds give equal actions in every kind of vector
   * environment, the same that `env.sampleAction()` gives.
   */
  sampleActions(): Member<AS>[]
}

/** Environments that step at once. */
export interface VectorEnv<OS extends Space = Space, AS extends Space = Space, I extends Info = Info> extends VectorProperties<OS, AS>, Disposable {
  readonly sync: true
  /** Starts an episode in all environments, or in those of the mask. */
  reset(options?: VectorResetOptions): VectorReset<OS, I>
  /**
   * One step in each. All actions are checked before the first environment is stepped.
   * @param actions one action each: numbers or an Int32Array for Discrete, a list of typed arrays for Box; `iterate` makes them from a batch
   */
  step(actions: ArrayLike<Member<AS>>): VectorStep<OS, I>
  /** Closes all environments. Closing twice does nothing. */
  close(): void
}

/** Environments that answer later: the methods of `VectorEnv`, each with a promise. */
export interface AsyncVectorEnvLike<OS extends Space = Space, AS extends Space = Space, I extends Info = Info>
  extends VectorProperties<OS, AS>, AsyncDisposable {
  readonly sync: false
  /** Starts an episode in all environments, or in those of the mask. */
  reset(options?: VectorResetOptions): Promise<VectorReset<OS, I>>
  /** One step in each. All actions are checked before the first environment is stepped. */
  step(actions: ArrayLike<Member<AS>>): Promise<VectorStep<OS, I>>
  /** Closes all environments. Closing twice does nothing. */
  close(): Promise<void>
}

/** Either kind, for loops that serve both: `await` every call. */
export type AnyVectorEnv<OS extends Space = Space, AS extends Space = Space, I extends Info = Info> =
  | VectorEnv<OS, AS, I>
  | AsyncVectorEnvLike<OS, AS, I>
