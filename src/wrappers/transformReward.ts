/** TransformReward: a function of the reward. */
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import type { Space } from '../spaces/index.js'
import { functionJSON } from './named.js'

const NAME = 'TransformReward'

/** Options of {@link transformReward}. */
export interface TransformRewardOptions {
  /** The new reward of an old one. Give it a name with `named` if the spec must rebuild it. */
  readonly transform: (reward: number) => number
}

/**
 * Replaces each reward by a function of it.
 *
 * @example
 * ```ts
 * const env = wrap(new CartPoleEnv(), transformReward({ transform: (reward) => reward / 10 }))
 * env.reset({ seed: 1 })
 * console.log(env.step(0).reward) // 0.1
 * ```
 */
export const transformReward = defineWrapper(NAME, ({ transform }: TransformRewardOptions) =>
  <OS extends Space, AS extends Space, I extends Info>(_env: EnvShape<OS, AS, I>): Hooks<OS, AS, I> => ({
    wrapper: { name: NAME, options: { transform: functionJSON(transform) } },
    onStep: (step) => {
      step.reward = transform(step.reward)
    },
  }))
