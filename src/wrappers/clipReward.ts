/** ClipReward: holds rewards between two bounds. */
import { z } from 'zod'
import { defineWrapper, optionsOf, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import type { Space } from '../spaces/index.js'

const NAME = 'ClipReward'
const schema = z
  .strictObject({ min: z.number().optional(), max: z.number().optional() })
  .refine(({ min, max }) => min !== undefined || max !== undefined, 'an object with min, max or both')
  .refine(({ min = -Infinity, max = Infinity }) => min <= max, 'an object whose min is at most its max')

/** Options of {@link clipReward}: at least one bound. */
export interface ClipRewardOptions {
  /** The smallest reward. @default no bound */
  readonly min?: number
  /** The largest reward. @default no bound */
  readonly max?: number
}

/**
 * Replaces rewards below `min` by `min` and above `max` by `max`.
 *
 * @example
 * ```ts
 * const env = wrap(new CartPoleEnv(), clipReward({ min: 0, max: 0.5 }))
 * env.reset({ seed: 1 })
 * console.log(env.step(0).reward) // 0.5
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`
 */
export const clipReward = defineWrapper(NAME, (options: ClipRewardOptions) => {
  const { min, max } = readParameters(schema, options, NAME)
  const low = min ?? -Infinity
  const high = max ?? Infinity
  return <OS extends Space, AS extends Space, I extends Info>(_env: EnvShape<OS, AS, I>): Hooks<OS, AS, I> => ({
    wrapper: { name: NAME, options: optionsOf({ min, max }) },
    onStep: (step) => {
      step.reward = Math.min(high, Math.max(low, step.reward))
    },
  })
})
