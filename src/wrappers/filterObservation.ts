/** FilterObservation: some parts of an observation that has several. */
import { z } from 'zod'
import { defineWrapper, type AnyHooks, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import { Dict, Tuple, type Space, type Spaces } from '../spaces/index.js'
import { field } from '../spaces/field.js'
import { refuseSpace } from './refuseSpace.js'

const NAME = 'FilterObservation'
const unique = (keys: readonly unknown[]): boolean => new Set(keys).size === keys.length
const schema = z.strictObject({
  keys: z
    .union([z.array(z.string()), z.array(z.int().min(0))], { error: 'a list of names, or a list of positions' })
    .refine((keys) => keys.length > 0 && unique(keys), { error: 'one key or more, each once' }),
})

/** Options of {@link filterObservation}. */
export interface FilterObservationOptions<K extends readonly (string | number)[]> {
  /** What is kept, in the new order: names of a Dict, or positions in a Tuple. */
  readonly keys: K
}

/** What is left of a Tuple's spaces. */
export type PickedSpaces<S extends readonly Space[], K extends readonly number[]> = { readonly [P in keyof K]: S[K[P]] }

const hooksOf = (keys: readonly (string | number)[], env: EnvShape): AnyHooks => {
  const space = env.observationSpace
  const isTuple = space instanceof Tuple
  const spaces: unknown = space instanceof Dict || isTuple ? space.spaces : undefined
  const parts = keys.map((key) => (typeof key === 'number' || !isTuple ? field(spaces, key) : undefined))
  const known = parts.filter((part): part is Space => part !== undefined)
  if (known.length < keys.length) refuseSpace(env, NAME, `a Dict or Tuple of observations with the parts ${keys.join(', ')}`, space)
  const wrapper = { name: NAME, options: { keys } }
  if (isTuple) {
    return { wrapper, observationSpace: new Tuple(known), onObservation: (observation) => keys.map((key) => field(observation, key)) }
  }
  return {
    wrapper,
    observationSpace: new Dict(Object.fromEntries(known.map((part, i) => [keys[i], part]))),
    onObservation: (observation) => Object.fromEntries(keys.map((key) => [key, field(observation, key)])),
  }
}

function factory<const K extends readonly string[]>(
  options: FilterObservationOptions<K>,
): <S extends Spaces & Readonly<Record<K[number], Space>>, AS extends Space, I extends Info>(
  env: EnvShape<Dict<S>, AS, I>,
) => Hooks<Dict<S>, AS, I, Dict<Pick<S, K[number]>>, AS, I>
function factory<const K extends readonly number[]>(
  options: FilterObservationOptions<K>,
): <S extends readonly Space[] & { readonly [P in K[number]]: Space }, AS extends Space, I extends Info>(
  env: EnvShape<Tuple<S>, AS, I>,
) => Hooks<Tuple<S>, AS, I, Tuple<PickedSpaces<S, K>>, AS, I>
function factory(options: FilterObservationOptions<readonly (string | number)[]>): (env: never) => AnyHooks {
  const { keys } = readParameters(schema, options, NAME)
  return (env: EnvShape) => hooksOf(keys, env)
}

/**
 * Keeps the named parts of a Dict of observations, or the parts at the given positions of a Tuple, in the order given. A key that the
 * space has not does not compile.
 *
 * @example
 * ```ts
 * const timed = wrap(new CartPoleEnv(), timeAwareObservation({ flatten: false, maxEpisodeSteps: 500 }))
 * const env = wrap(timed, filterObservation({ keys: ['time'] }))
 * console.log(JSON.stringify(Object.keys(env.reset({ seed: 1 }).observation))) // ["time"]
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, `env/wrapper-space`
 */
export const filterObservation = defineWrapper(NAME, factory)
