/** FlattenObservation: every observation as one row of numbers. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import { flattenSpace, type Box, type DType, type Flat, type Member, type Space } from '../spaces/index.js'
import { outputArray } from './outputArray.js'
import { refuseSpace } from './refuseSpace.js'

const NAME = 'FlattenObservation'

/** The Box of the flat observations of a space. */
export type FlatBox<S extends Space> = S['flat'] extends Flat<infer _, infer D> ? Box<D> : Box<DType>

/**
 * Turns each observation into one flat array, as `flatten` of the spaces does: arrays as they are, a Discrete as one place a choice, the
 * parts of a Dict or Tuple one after the other. A Dict is flattened in its own order; Gymnasium sorts the names first.
 *
 * @example
 * ```ts
 * const timed = wrap(new CartPoleEnv(), timeAwareObservation({ flatten: false, maxEpisodeSteps: 500 }))
 * const env = wrap(timed, flattenObservation())
 * console.log(env.reset({ seed: 1 }).observation.length) // 5
 * ```
 * @throws Bl1Error `parameter/unknown`, `env/wrapper-space` for observations without a fixed length
 */
export const flattenObservation = defineWrapper(NAME, (options: Readonly<Record<string, never>> = {}) => {
  readParameters(z.strictObject({}), options, NAME)
  return <OS extends Space, AS extends Space, I extends Info>(env: EnvShape<OS, AS, I>): Hooks<OS, AS, I, FlatBox<OS>, AS, I> => {
    const space = env.observationSpace
    const flat = space.flat ?? refuseSpace(env, NAME, 'observations that can be flattened (see isFlattenable)', space)
    const next = outputArray(flat.dtype, flat.length, env.reusesBuffers)
    return {
      wrapper: { name: NAME, options: {} },
      // FlatBox reads the element type that `flat` declares.
      observationSpace: flattenSpace(space) as FlatBox<OS>,
      onObservation: (observation) => {
        const out = next()
        flat.write(observation, out, 0)
        return out as Member<FlatBox<OS>>
      },
    }
  }
})
