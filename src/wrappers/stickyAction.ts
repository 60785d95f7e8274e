/** StickyAction: sometimes repeats the action before, so that a policy cannot play blindly by heart. */
import { z } from 'zod'
import { defineWrapper, rngJSON, saveRng, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import { Rng } from '../rng.js'
import { valueFromJSON, valueToJSON, type Member, type Space } from '../spaces/index.js'
import { keptValue } from './copyValue.js'
import { readState } from './state.js'

const NAME = 'StickyAction'
const steps = z.int().positive()
const schema = z.strictObject({
  repeatProbability: z.number().min(0).max(1),
  repeatDuration: z
    .union([steps, z.tuple([steps, steps]).refine(([least, most]) => least <= most)], {
      error: 'a number of steps, 1 or more, or a range of them: [least, most]',
    })
    .default(1),
})
const saved = z.strictObject({ last: z.json(), left: z.int().min(0), stream: rngJSON })

/** Options of {@link stickyAction}. */
export interface StickyActionOptions {
  /** The chance, 0 to 1, that the environment gets the previous action instead of the given one. Machado et al. (2018) use 0.25. */
  readonly repeatProbability: number
  /** How many steps a repetition then lasts: 1 or more, or a range to draw from, both ends included. @default 1 */
  readonly repeatDuration?: number | readonly [least: number, most: number]
}

/**
 * With `repeatProbability`, the environment gets the action it got before instead of the given one (Machado et al. 2018, JAIR 61:523), for
 * `repeatDuration` steps. The draws come from a stream of the episode's seed, so an episode with the same seed and actions repeats.
 *
 * @example
 * ```ts
 * const env = wrap(new CartPoleEnv(), stickyAction({ repeatProbability: 1 }))
 * env.reset({ seed: 1 })
 * const { observation: before } = env.step(1)
 * const { observation: after } = env.step(0) // pushes to the right again
 * console.log(after[1] > before[1]) // true
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`
 */
export const stickyAction = defineWrapper(NAME, (options: StickyActionOptions) => {
  const { repeatProbability, repeatDuration } = readParameters(schema, options, NAME)
  const [least, most] = typeof repeatDuration === 'number' ? [repeatDuration, repeatDuration] : repeatDuration
  return <OS extends Space, AS extends Space, I extends Info>(env: EnvShape<OS, AS, I>): Hooks<OS, AS, I> => {
    let rng = Rng.fromSeed(0)
    let last: Member<AS> | undefined
    /** Steps that the present repetition still lasts. */
    let left = 0
    return {
      wrapper: { name: NAME, options: { repeatProbability, repeatDuration } },
      onReset: ({ info }) => {
        rng = env.stream(info.seed)
        last = undefined
        left = 0
      },
      onAction: (action) => {
        const begins = left === 0 && last !== undefined && rng.uniform() < repeatProbability
        if (begins) left = least + rng.integer(most - least + 1)
        if (left === 0 || last === undefined) {
          // An agent may write its next action into the same array, an environment into the one it is given.
          last = keptValue(action, true)
          return action
        }
        left--
        return keptValue(last, true)
      },
      save: () => ({ last: last === undefined ? null : valueToJSON(env.actionSpace, last), left, stream: saveRng(rng) }),
      load: (state) => {
        const parsed = readState(NAME, saved, state)
        last = parsed.last === null ? undefined : valueFromJSON(env.actionSpace, parsed.last)
        left = parsed.left
        rng = Rng.load(parsed.stream)
      },
    }
  }
})
