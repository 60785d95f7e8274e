/** TimeLimit: truncates episodes after a number of steps. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import type { Space } from '../spaces/index.js'
import { readState } from './state.js'

const NAME = 'TimeLimit'
const schema = z.strictObject({ maxEpisodeSteps: z.int().positive() })
const saved = z.strictObject({ steps: z.int().min(0) })

/** Options of {@link timeLimit}. */
export interface TimeLimitOptions {
  /** Steps after which an episode is truncated: 1 or more. */
  readonly maxEpisodeSteps: number
}

/**
 * Truncates an episode after `maxEpisodeSteps` steps, with `info.endReason: 'timeLimit'`, unless it has ended by itself. For environments that
 * do not extend `BaseEnv`, which keeps `spec.maxEpisodeSteps` itself, and for a second, shorter limit.
 *
 * @example
 * ```ts
 * const env = wrap(new CartPoleEnv(), timeLimit({ maxEpisodeSteps: 3 }))
 * env.reset({ seed: 1 })
 * env.step(0)
 * env.step(1)
 * console.log(env.step(0).truncated) // true
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`
 */
export const timeLimit = defineWrapper(NAME, (options: TimeLimitOptions) => {
  const { maxEpisodeSteps } = readParameters(schema, options, NAME)
  return <OS extends Space, AS extends Space, I extends Info>(_env: EnvShape<OS, AS, I>): Hooks<OS, AS, I> => {
    let steps = 0
    return {
      wrapper: { name: NAME, options: { maxEpisodeSteps } },
      onReset: () => {
        steps = 0
      },
      onStep: (step) => {
        steps++
        if (steps < maxEpisodeSteps || step.terminated || step.truncated) return
        step.truncated = true
        step.info = { ...step.info, endReason: 'timeLimit' }
      },
      save: () => ({ steps }),
      load: (state) => {
        steps = readState(NAME, saved, state).steps
      },
    }
  }
})
