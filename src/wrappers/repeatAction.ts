/** RepeatAction: every action is taken several times. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import type { Space } from '../spaces/index.js'

const NAME = 'RepeatAction'
const schema = z.strictObject({ times: z.int().positive() })

/** Options of {@link repeatAction}. */
export interface RepeatActionOptions {
  /** How often each action is taken: 1 or more. */
  readonly times: number
}

/**
 * One step outside is `times` steps inside with the same action; rewards are added up, the rest is the last step's. The end of an episode
 * ends the repetition.
 *
 * @example
 * ```ts
 * const env = wrap(new CartPoleEnv(), repeatAction({ times: 4 }))
 * env.reset({ seed: 1 })
 * console.log(env.step(0).reward) // 4
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`
 */
export const repeatAction = defineWrapper(NAME, (options: RepeatActionOptions) => {
  const { times } = readParameters(schema, options, NAME)
  return <OS extends Space, AS extends Space, I extends Info>(_env: EnvShape<OS, AS, I>): Hooks<OS, AS, I> => {
    // Zero between two steps outside, so there is no state to save.
    let taken = 0
    const begin = (): void => {
      taken = 0
    }
    return {
      wrapper: { name: NAME, options: { times } },
      again: () => ++taken < times,
      onStep: begin,
      onError: begin,
    }
  }
})
