/** Advantages: how much better a step turned out than the critic had expected. */
import { Bl1Error } from '../src/errors.js'
import type { Rollout } from './rollout.js'

/** What the critic says about a rollout, in scaled rewards. */
export interface RolloutValues {
  /** V of each row's observation. */
  readonly values: ArrayLike<number>
  /** V of the observation after the last step, an environment each. */
  readonly nextValues: ArrayLike<number>
  /** V of the true last observation of each of `rollout.finals`, in their order. */
  readonly finalValues: ArrayLike<number>
}

/** How the future counts. */
export interface AdvantageOptions {
  /** Discount a step, 0 to 1. */
  readonly gamma: number
  /** 0: one step and the critic's word; 1: all rewards to come. */
  readonly lambda: number
  /** Rewards times this are what is learned from. */
  readonly rewardScale: number
}

/** One number a row. */
export interface Advantages {
  readonly advantages: Float32Array
  /** advantages + values: what the critic is to say. */
  readonly returns: Float32Array
}

/** What is expected after a row. @throws Bl1Error `agents/rollout` for a truncated row without its last observation */
const valueAfter = (row: number, { terminated, truncated }: Pick<Rollout, 'terminated' | 'truncated'>, final: number | undefined, next: number): number => {
  if (terminated[row] === 1) return 0
  if (truncated[row] === 0) return next
  if (final !== undefined) return final
  throw new Bl1Error('agents/rollout', { expected: 'the last observation of every truncated episode in finals', received: `none for row ${row}` })
}

/**
 * Generalised advantage estimation (Schulman, Moritz, Levine, Jordan, Abbeel 2016, equations 11 to 16), per environment from the last step
 * backwards:
 *
 *   delta_t = r_t + gamma V(s_t+1) - V(s_t)
 *   A_t     = delta_t + gamma lambda A_t+1
 *
 * Where an episode terminated, V(s_t+1) is 0. Where it was truncated, V(s_t+1) is that of the true last observation. In both cases the sum
 * ends there: A_t+1 belongs to another episode. At the end of the rollout an unfinished episode goes on with V of the next observation.
 * @throws Bl1Error `agents/rollout` for a truncated row without its last observation
 */
export const generalisedAdvantages = (
  rollout: Pick<Rollout, 'steps' | 'envs' | 'rows' | 'rewards' | 'terminated' | 'truncated' | 'finals'>,
  { values, nextValues, finalValues }: RolloutValues,
  { gamma, lambda, rewardScale }: AdvantageOptions,
): Advantages => {
  const { steps, envs, rows, rewards, terminated, truncated, finals } = rollout
  const advantages = new Float32Array(rows)
  const returns = new Float32Array(rows)
  const finalValueOfRow = new Map(finals.map(({ row }, i) => [row, finalValues[i]]))
  for (let env = 0; env < envs; env++) {
    let following = nextValues[env]
    let sum = 0
    for (let step = steps - 1; step >= 0; step--) {
      const row = step * envs + env
      const over = terminated[row] === 1 || truncated[row] === 1
      const next = valueAfter(row, rollout, finalValueOfRow.get(row), following)
      const delta = rewards[row] * rewardScale + gamma * next - values[row]
      sum = delta + (over ? 0 : gamma * lambda * sum)
      advantages[row] = sum
      returns[row] = sum + values[row]
      following = values[row]
    }
  }
  return { advantages, returns }
}
