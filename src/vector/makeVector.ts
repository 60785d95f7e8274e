/** `makeVector`: `make`, several times. */
import { make, registeredSpec, type AnyEnv, type AsyncEnv, type Env, type EnvId, type EnvOf, type EnvSpec } from '../env/index.js'
import type { JsonObject, OptionsOf } from '../env/index.js'
import { Bl1Error } from '../errors.js'
import type { AsyncVectorEnv } from './asyncVectorEnv.js'
import type { SyncVectorEnv } from './syncVectorEnv.js'
import type { AnyVectorEnv, VectorOptions } from './types.js'
import { vectorOf } from './vectorOf.js'

/** Options of {@link makeVector}. */
export interface MakeVectorOptions extends VectorOptions {
  /** How many environments: 1 or more. */
  readonly count: number
}

/** The vector of an environment of this type. */
export type VectorOf<E> =
  E extends Env<infer OS, infer AS, infer I>
    ? SyncVectorEnv<OS, AS, I>
    : E extends AsyncEnv<infer OS, infer AS, infer I>
      ? AsyncVectorEnv<OS, AS, I>
      : never

/**
 * Makes `count` environments by id with typed options, or as a spec says, and puts them into the vector of their kind: a `SyncVectorEnv` of
 * those that step at once, an `AsyncVectorEnv` of the others. For worker threads see `WorkerVectorEnv.start` of `bl1/vector/worker`.
 *
 * @example
 * ```ts
 * const vec = await makeVector(CART_POLE_ID, { count: 8 })
 * vec.reset({ seed: 7 })
 * ```
 * @throws Bl1Error what `make` throws, `vector/envs`, `parameter/invalid`
 */
export function makeVector<Id extends EnvId>(
  id: Id,
  options: MakeVectorOptions & { readonly envOptions?: OptionsOf<Id> },
): Promise<VectorOf<EnvOf<Id>>>
export function makeVector(spec: EnvSpec, options: MakeVectorOptions): Promise<AnyVectorEnv>
export async function makeVector(
  idOrSpec: string | EnvSpec,
  { count, envOptions, ...options }: MakeVectorOptions & { readonly envOptions?: unknown },
): Promise<AnyVectorEnv> {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new Bl1Error('vector/envs', { expected: 'a whole number of environments, 1 or more', received: String(count) })
  }
  // Options of an id are validated by the environment's builder.
  const spec = typeof idOrSpec === 'string' ? { ...registeredSpec(idOrSpec), options: (envOptions ?? {}) as JsonObject } : idOrSpec
  const envs: AnyEnv[] = []
  try {
    for (let i = 0; i < count; i++) envs.push(await make(spec))
    return vectorOf(envs, options)
  } catch (error) {
    await Promise.allSettled(envs.map(async (env) => env.close()))
    throw error
  }
}
