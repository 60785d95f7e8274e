/** StickyAction: sometimes repeats the action before, so that a policy cannot play blindly by heart. */
import { z } from 'zod'
import { defineWrapper, rngJSON, saveRng, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import { Rng } from '../rng.js'
import { valueFromJSON, valueToJSON, type Member, type Space } from '../spaces/index.js'
import { readState } from './state.js'

const NAME = 'StickyAction'
const schema = z.strictObject({ repeatProbability: z.number().min(0).max(1) })
const saved = z.strictObject({ last: z.json(), stream: rngJSON })

/** Options of {@link stickyAction}. */
export interface StickyActionOptions {
  /** The chance, 0 to 1, that the environment gets the previous action instead of the given one. Machado et al. (2018) use 0.25. */
  readonly repeatProbability: number
}

/**
 * With `repeatProbability`, the environment gets the action it got before instead of the given one (Machado et al. 2018, JAIR 61:523).
 * The draws come from a stream of the episode's seed, so an episode with the same seed and actions repeats.
 *
 * @example
 * ```ts
 * const env = wrap(new CartPoleEnv(), stickyAction({ repeatProbability: 0.25 }))
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`
 */
export const stickyAction = defineWrapper(NAME, (options: StickyActionOptions) => {
  const { repeatProbability } = readParameters(schema, options, NAME)
  return <OS extends Space, AS extends Space, I extends Info>(env: EnvShape<OS, AS, I>): Hooks<OS, AS, I> => {
    let rng = Rng.fromSeed(0)
    let last: Member<AS> | undefined
    return {
      wrapper: { name: NAME, options: { repeatProbability } },
      onReset: ({ info }) => {
        rng = env.stream(info.seed)
        last = undefined
      },
      onAction: (action) => {
        // One draw a step, whatever came before.
        const isSticky = rng.uniform() < repeatProbability
        last = isSticky && last !== undefined ? last : action
        return last
      },
      save: () => ({ last: last === undefined ? null : valueToJSON(env.actionSpace, last), stream: saveRng(rng) }),
      load: (state) => {
        const { last: action, stream } = readState(NAME, saved, state)
        last = action === null ? undefined : valueFromJSON(env.actionSpace, action)
        rng = Rng.load(stream)
      },
    }
  }
})
