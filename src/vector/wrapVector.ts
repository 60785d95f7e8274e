/** `wrapVector`: a vector environment with a vector wrapper around it, of the same kind as the one inside. */
import type { AnyEnv, EnvSpec, Info, WrapperFactory } from '../env/index.js'
import { batchSpace, type Space } from '../spaces/index.js'
import type { AnyVectorEnv, AsyncVectorEnvLike, Autoreset, VectorEnv, VectorReset, VectorResetOptions, VectorStep } from './types.js'
import type { AnyVectorHooks, VectorHooks, VectorShape } from './vectorHooks.js'

/** What both kinds have in common: they show what the vector inside shows, but for the observation space. */
abstract class WrappedVector<V extends AnyVectorEnv> {
  readonly inner: V
  readonly hooks: AnyVectorHooks
  readonly count: number
  readonly singleObservationSpace: Space
  readonly singleActionSpace: Space
  readonly observationSpace: Space
  readonly actionSpace: Space
  readonly autoreset: Autoreset
  readonly reusesBuffers: boolean
  readonly spec: EnvSpec | undefined
  readonly envs?: readonly AnyEnv[]

  constructor(inner: V, hooks: AnyVectorHooks) {
    this.inner = inner
    this.hooks = hooks
    this.count = inner.count
    this.singleObservationSpace = hooks.singleObservationSpace ?? inner.singleObservationSpace
    this.singleActionSpace = inner.singleActionSpace
    this.observationSpace = batchSpace(this.singleObservationSpace, inner.count)
    this.actionSpace = inner.actionSpace
    this.autoreset = inner.autoreset
    this.reusesBuffers = inner.reusesBuffers
    this.spec = inner.spec
    if (inner.envs !== undefined) this.envs = inner.envs
  }

  get closed(): boolean {
    return this.inner.closed
  }

  sampleActions(): unknown[] {
    return this.inner.sampleActions()
  }
}

class WrappedVectorEnv extends WrappedVector<VectorEnv> implements VectorEnv {
  readonly sync = true

  reset(options: VectorResetOptions = {}): VectorReset {
    return this.hooks.onReset(this.inner.reset(options), options)
  }

  step(actions: ArrayLike<unknown>): VectorStep {
    return this.hooks.onStep(this.inner.step(actions))
  }

  close(): void {
    this.inner.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }
}

class WrappedAsyncVectorEnv extends WrappedVector<AsyncVectorEnvLike> implements AsyncVectorEnvLike {
  readonly sync = false

  async reset(options: VectorResetOptions = {}): Promise<VectorReset> {
    return this.hooks.onReset(await this.inner.reset(options), options)
  }

  async step(actions: ArrayLike<unknown>): Promise<VectorStep> {
    return this.hooks.onStep(await this.inner.step(actions))
  }

  close(): Promise<void> {
    return this.inner.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}

const shapeOf = (vec: AnyVectorEnv): VectorShape => {
  const { count, singleObservationSpace, singleActionSpace, autoreset, reusesBuffers, spec, envs } = vec
  return { count, singleObservationSpace, singleActionSpace, autoreset, reusesBuffers, spec, envs }
}

/**
 * Puts a vector wrapper around a vector environment. Use the outer one from then on: what the hooks know goes with its steps.
 *
 * @example
 * ```ts
 * const vec = wrapVector(new SyncVectorEnv([() => new CartPoleEnv(), () => new CartPoleEnv()]), normalizeVectorObservation())
 * ```
 * @throws Bl1Error what the wrapper says about spaces that do not suit it
 */
export function wrapVector<OS extends Space, AS extends Space, I extends Info, OS2 extends Space, I2 extends Info>(
  vec: VectorEnv<OS, AS, I>,
  wrapper: (vec: VectorShape<OS, AS, I>) => VectorHooks<OS, I, OS2, I2>,
): VectorEnv<OS2, AS, I2>
export function wrapVector<OS extends Space, AS extends Space, I extends Info, OS2 extends Space, I2 extends Info>(
  vec: AsyncVectorEnvLike<OS, AS, I>,
  wrapper: (vec: VectorShape<OS, AS, I>) => VectorHooks<OS, I, OS2, I2>,
): AsyncVectorEnvLike<OS2, AS, I2>
export function wrapVector(vec: AnyVectorEnv, wrapper: (vec: VectorShape) => AnyVectorHooks): AnyVectorEnv {
  const hooks = wrapper(shapeOf(vec))
  return vec.sync ? new WrappedVectorEnv(vec, hooks) : new WrappedAsyncVectorEnv(vec, hooks)
}

/**
 * The outermost vector wrapper of a kind, to read what it keeps; undefined where there is none.
 *
 * @example
 * ```ts
 * const vec = wrapVector(new SyncVectorEnv([() => new PongEnv()]), recordVectorEpisodeStatistics({ history: 10 }))
 * console.log(findVector(vec, recordVectorEpisodeStatistics)?.episodes) // 0
 * ```
 */
export const findVector = <F extends WrapperFactory>(vec: AnyVectorEnv, factory: F): ReturnType<ReturnType<F>> | undefined => {
  if (!(vec instanceof WrappedVector)) return undefined
  // Names belong to one factory each (`defineWrapper`), so hooks of the name are hooks the factory made.
  if (vec.hooks.wrapper.name === factory.wrapperName) return vec.hooks as ReturnType<ReturnType<F>>
  return findVector(vec.inner, factory)
}
