/** NormalizeReward: rewards whose discounted return has variance 1, as far as it is known. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import type { Space } from '../spaces/index.js'
import { momentsJSON, RunningMoments } from './runningMoments.js'
import { readState } from './state.js'

const NAME = 'NormalizeReward'
const schema = z.strictObject({
  gamma: z.number().min(0).max(1).default(0.99),
  epsilon: z.number().positive().default(1e-8),
  update: z.boolean().default(true),
})
const saved = z.strictObject({ update: z.boolean(), discounted: z.number(), moments: momentsJSON(1) })

/** Options of {@link normalizeReward}. */
export interface NormalizeRewardOptions {
  /** The discount of the return, 0 to 1. @default 0.99 */
  readonly gamma?: number
  /** Added to the variance, so that a return that never varies is not divided by 0. Above 0. @default 1e-8 */
  readonly epsilon?: number
  /** False: the variance stays as it is. @default true */
  readonly update?: boolean
}

/** What `find(env, normalizeReward)` shows. */
export interface RewardNormalization {
  /** The variance of the discounted return so far; 1 at first. */
  readonly variance: number
  /** Whether rewards still change the variance. Set it to false to evaluate with what training found. */
  update: boolean
}

/**
 * Divides each reward by the running standard deviation of the discounted return: reward / sqrt(variance + epsilon), where the return is
 * G = gamma G + reward, without the first term on the step that terminates an episode. That is Gymnasium's rule to the letter: the last
 * reward of an episode, and all of a truncated one, goes on into the next. The mean is not subtracted, which would change what is best.
 * The variance goes on from episode to episode, so equal seeds give equal rewards only while `update` is false.
 *
 * @example
 * ```ts
 * const env = wrap(new CartPoleEnv(), normalizeReward())
 * env.reset({ seed: 1 })
 * console.log(env.step(0).reward.toFixed(1)) // 70.7
 * console.log(env.step(1).reward.toFixed(1)) // 2.0
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`
 */
export const normalizeReward = defineWrapper(NAME, (options: NormalizeRewardOptions = {}) => {
  const read = readParameters(schema, options, NAME)
  const { gamma, epsilon } = read
  return <OS extends Space, AS extends Space, I extends Info>(_env: EnvShape<OS, AS, I>): Hooks<OS, AS, I> & RewardNormalization => {
    const moments = new RunningMoments({ size: 1 })
    /** The return so far, as the one row that the moments take in. */
    const discounted = new Float64Array(1)
    let { update } = read
    return {
      wrapper: { name: NAME, options: { ...read } },
      get variance() {
        return moments.variance[0]
      },
      get update() {
        return update
      },
      set update(value) {
        update = value
      },
      onStep: (step) => {
        discounted[0] = (step.terminated ? 0 : gamma * discounted[0]) + step.reward
        if (update) moments.update(discounted)
        step.reward /= Math.sqrt(moments.variance[0] + epsilon)
      },
      save: () => ({ update, discounted: discounted[0], moments: moments.save() }),
      load: (state) => {
        const given = readState(NAME, saved, state)
        update = given.update
        discounted[0] = given.discounted
        moments.load(given.moments)
      },
    }
  }
})
