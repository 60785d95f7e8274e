/** MaxAndSkipObservation: several steps with one action, of which the brightest of the last two images is seen. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import type { Box, DType, Member, Space } from '../spaces/index.js'
import { keptValue } from './copyValue.js'
import { outputArray } from './outputArray.js'
import { requireBox } from './requireBox.js'

const NAME = 'MaxAndSkipObservation'
const schema = z.strictObject({ skip: z.int().min(2).default(4) })

/** Options of {@link maxAndSkipObservation}. */
export interface MaxAndSkipObservationOptions {
  /** Steps of the environment a step: 2 or more. @default 4 */
  readonly skip?: number
}

/**
 * Takes each action `skip` times, adds up the rewards, and shows the larger value of each element in the last two observations: sprites
 * that a game draws in every other image only are seen in each (Mnih et al. 2015, Nature 518:529). The first observation of an episode is
 * shown as it is. When the episode ends early, the last two observations made are compared, or the only one; Gymnasium then compares what
 * earlier steps left behind.
 *
 * @example
 * ```ts
 * const env = wrap(new CartPoleEnv(), maxAndSkipObservation({ skip: 3 }))
 * env.reset({ seed: 1 })
 * console.log(env.step(0).reward) // 3
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, `env/wrapper-space`
 */
export const maxAndSkipObservation = defineWrapper(NAME, (options: MaxAndSkipObservationOptions = {}) => {
  const { skip } = readParameters(schema, options, NAME)
  return <D extends DType, AS extends Space, I extends Info>(env: EnvShape<Box<D>, AS, I>): Hooks<Box<D>, AS, I> => {
    const { dtype, size } = requireBox(env, NAME)
    const next = outputArray(dtype, size, env.reusesBuffers)
    // Both are used within one step only, so there is no state to save.
    let taken = 0
    let before: Member<Box<D>> | undefined
    const start = (): void => {
      taken = 0
      before = undefined
    }
    return {
      wrapper: { name: NAME, options: { skip } },
      onReset: start,
      onError: start,
      again: ({ observation }) => {
        taken++
        if (taken >= skip) return false
        before = keptValue(observation, env.reusesBuffers)
        return true
      },
      onObservation: (observation) => {
        const previous = before
        start()
        if (previous === undefined) return observation
        const out = next()
        for (let i = 0; i < size; i++) out[i] = Math.max(previous[i], observation[i])
        return out
      },
    }
  }
})
