/** NormalizeVectorReward: rewards whose discounted return has variance 1 over all environments, as far as it is known. */
import { z } from 'zod'
import { defineWrapper, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import type { Space } from '../spaces/index.js'
import { RunningMoments, type NormalizeRewardOptions, type RewardNormalization } from '../wrappers/index.js'
import { wasReset, type VectorHooks, type VectorShape } from './vectorHooks.js'

const NAME = 'NormalizeVectorReward'
const schema = z.strictObject({
  epsilon: z.number().positive().default(1e-8),
  gamma: z.number().min(0).max(1).default(0.99),
  update: z.boolean().default(true),
})

/**
 * Divides each reward by the running standard deviation of the discounted returns of all environments: reward / sqrt(variance + epsilon), where
 * the return of each is G = gamma G + reward and begins at 0 with every episode, however the last one ended. (Gymnasium's NormalizeReward and the
 * wrapper for one environment carry returns over.) The `episode` in `finals` stays the environment's own.
 *
 * @example
 * ```ts
 * const vec = wrapVector(new SyncVectorEnv([() => new CartPoleEnv(), () => new CartPoleEnv()]), normalizeVectorReward())
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`
 */
export const normalizeVectorReward = defineWrapper(NAME, (options: NormalizeRewardOptions = {}) => {
  const read = readParameters(schema, options, NAME)
  return <OS extends Space, AS extends Space, I extends Info>(vec: VectorShape<OS, AS, I>): VectorHooks<OS, I> & RewardNormalization => {
    const moments = new RunningMoments({ size: 1 })
    const discounted = new Float64Array(vec.count)
    const buffer = new Float64Array(vec.count)
    const hooks: VectorHooks<OS, I> & RewardNormalization = {
      wrapper: { name: NAME, options: { ...read } },
      get variance() {
        return moments.variance[0]
      },
      update: read.update,
      onReset: (reset, resetOptions) => {
        for (let i = 0; i < vec.count; i++) if (wasReset(resetOptions, i)) discounted[i] = 0
        return reset
      },
      onStep: (step) => {
        // G = gamma G + reward, of each environment
        for (let i = 0; i < vec.count; i++) discounted[i] = read.gamma * discounted[i] + step.rewards[i]
        if (hooks.update) moments.updateBatch(discounted, vec.count)
        const rewards = vec.reusesBuffers ? buffer : new Float64Array(vec.count)
        const deviation = Math.sqrt(moments.variance[0] + read.epsilon)
        for (let i = 0; i < vec.count; i++) {
          rewards[i] = step.rewards[i] / deviation
          if (step.terminated[i] === 1 || step.truncated[i] === 1) discounted[i] = 0
        }
        return { ...step, rewards }
      },
    }
    return hooks
  }
})
