/** TransformReward: a function of the reward. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import type { Space } from '../spaces/index.js'
import { functionJSON } from './named.js'
import { functionOption } from './options.js'

const NAME = 'TransformReward'

/** Options of {@link transformReward}. */
export interface TransformRewardOptions {
  /** The new reward of an old one. Give it a name with `named` if the spec must rebuild it. */
  readonly transform: (reward: number) => number
}

const schema = z.strictObject({ transform: functionOption<TransformRewardOptions['transform']>(NAME) })

/**
 * Replaces each reward by a function of it.
 *
 * @example
 * ```ts
 * const env = wrap(new CartPoleEnv(), transformReward({ transform: (reward) => reward / 10 }))
 * env.reset({ seed: 1 })
 * console.log(env.step(0).reward) // 0.1
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, `wrapper/function`
 */
export const transformReward = defineWrapper(NAME, (options: TransformRewardOptions) => {
  const { transform } = readParameters(schema, options, NAME)
  return <OS extends Space, AS extends Space, I extends Info>(_env: EnvShape<OS, AS, I>): Hooks<OS, AS, I> => ({
    wrapper: { name: NAME, options: { transform: functionJSON(transform) } },
    onStep: (step) => {
      step.reward = transform(step.reward)
    },
  })
})
