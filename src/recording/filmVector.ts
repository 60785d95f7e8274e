/** Videos of some of the environments of a vector. */
import { wrap, type AnyEnv, type AsyncEnv, type Env, type Info } from '../env/index.js'
import { Bl1Error } from '../errors.js'
import type { Space } from '../spaces/index.js'
import { recordVideo, type RecordVideoOptions } from './recordVideo.js'

/** Options of {@link filmVector}. */
export interface FilmVectorOptions extends RecordVideoOptions {
  /** Which environments are filmed, by their place in the vector. @default [0] */
  readonly envs?: readonly number[]
}

/**
 * What makes the environments of a vector, with `recordVideo` around those that are filmed: `<namePrefix>-env-<i>-<episode>.png`. A vector resets
 * an environment within the step that ends its episode, so only a wrapper inside it sees the last picture.
 *
 * @example
 * ```ts
 * const factories = Array.from({ length: 4 }, () => () => new CartPoleEnv({ renderMode: 'rgb_array' }))
 * using vec = new SyncVectorEnv(filmVector(factories, { folder: 'runs/videos', envs: [0, 3] }))
 * vec.reset({ seed: 7 })
 * vec.step(vec.sampleActions())
 * ```
 * @throws Bl1Error `recording/envs` for a place that the vector does not have, and what `recordVideo` throws
 */
export function filmVector<OS extends Space, AS extends Space, I extends Info>(
  factories: readonly (() => Env<OS, AS, I>)[],
  options: FilmVectorOptions,
): (() => Env<OS, AS, I>)[]
export function filmVector<OS extends Space, AS extends Space, I extends Info>(
  factories: readonly (() => AsyncEnv<OS, AS, I>)[],
  options: FilmVectorOptions,
): (() => AsyncEnv<OS, AS, I>)[]
export function filmVector(factories: readonly (() => AnyEnv)[], { envs = [0], namePrefix = 'episode', ...options }: FilmVectorOptions): (() => AnyEnv)[] {
  const outside = envs.find((i) => factories[i] === undefined)
  if (outside !== undefined) throw new Bl1Error('recording/envs', { received: String(outside), count: factories.length })
  return factories.map((make, i) => {
    if (!envs.includes(i)) return make
    const film = recordVideo({ ...options, namePrefix: `${namePrefix}-env-${i}` })
    return () => {
      const env = make()
      return env.sync ? wrap(env, film) : wrap(env, film)
    }
  })
}
