/** What the parts of the checker of vector environments share: the run, and actions for all. */
import type { CheckSession } from '../../env/check/session.js'
import { sampleActions } from '../../env/check/session.js'
import type { AnyVectorEnv } from '../types.js'
import type { VectorRule } from './rules.js'

/** A run over vector environments of either kind. */
export type VectorSession = CheckSession<AnyVectorEnv, VectorRule>

/** The seed of most parts. */
export const SEED = 123
/** Steps of the parts that play the same twice. */
export const STEPS = 40

/** One entry an environment: 0, 1, 2 and so on. */
export const indices = (vec: AnyVectorEnv): number[] => Array.from({ length: vec.count }, (_, i) => i)

/** `n` times an action for each environment, always the same ones. */
export const actionsFor = (vec: AnyVectorEnv, n: number): unknown[][] => {
  const actions = sampleActions(vec.singleActionSpace, n * vec.count)
  return Array.from({ length: n }, (_, step) => actions.slice(step * vec.count, (step + 1) * vec.count))
}
