/** OrderEnforcing: no step and no picture before the first reset, after the end of an episode, or after close. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import type { Space } from '../spaces/index.js'

const NAME = 'OrderEnforcing'
const schema = z.strictObject({})

/**
 * Refuses `step`, `render` and `sampleAction` where there is no episode to act on. `wrap` keeps that order for every wrapped environment;
 * this wrapper asks for nothing else. For environments that do not extend `BaseEnv`, which keeps it by itself.
 *
 * @example
 * ```ts
 * const env = wrap(new CartPoleEnv(), orderEnforcing())
 * try {
 *   env.step(0)
 * } catch (error) {
 *   console.log(error instanceof Bl1Error && error.code) // env/not-reset
 * }
 * ```
 * @throws Bl1Error `parameter/unknown`; the calls of the environment throw `env/not-reset`, `env/over`, `env/closed`
 */
export const orderEnforcing = defineWrapper(NAME, (options: Readonly<Record<string, never>> = {}) => {
  readParameters(schema, options, NAME)
  return <OS extends Space, AS extends Space, I extends Info>(_env: EnvShape<OS, AS, I>): Hooks<OS, AS, I> => ({
    wrapper: { name: NAME, options: {} },
  })
})
