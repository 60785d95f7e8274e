/** PassiveEnvChecker: checks every reset and step against the contract of environments as it passes. */
import { z } from 'zod'
import { checkReset, checkStep, defineWrapper, type CheckFinding, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { Bl1Error } from '../errors.js'
import { readParameters } from '../parameters.js'
import type { Space } from '../spaces/index.js'

const NAME = 'PassiveEnvChecker'
const schema = z.strictObject({})

/**
 * Throws at the first reset or step that breaks a rule of `checkRules`: an observation outside its space, a reward that is not finite, flags
 * that are no booleans or both true, an info that JSON changes, an end without a reason. It makes no calls of its own; `checkEnv` does, and
 * finds more. `make(id, options, { check: true })` puts it on.
 *
 * @example
 * ```ts
 * class Broken extends CartPoleEnv {
 *   protected override onStep(action: number) {
 *     return { ...super.onStep(action), reward: NaN }
 *   }
 * }
 * const env = wrap(new Broken(), passiveEnvChecker())
 * env.reset({ seed: 1 })
 * try {
 *   env.step(0)
 * } catch (error) {
 *   console.log(error instanceof Bl1Error && error.code) // env/check
 * }
 * ```
 * @throws Bl1Error `parameter/unknown`; `reset` and `step` of the environment throw `env/check`
 */
export const passiveEnvChecker = defineWrapper(NAME, (options: Readonly<Record<string, never>> = {}) => {
  readParameters(schema, options, NAME)
  return <OS extends Space, AS extends Space, I extends Info>(env: EnvShape<OS, AS, I>): Hooks<OS, AS, I> => {
    const { id } = env.spec
    const refuse = (findings: readonly CheckFinding[]): void => {
      const broken = findings.filter(({ level }) => level === 'error')
      if (broken.length === 0) return
      throw new Bl1Error('env/check', { id, findings: broken.map(({ rule, path, message }) => `  ${rule} at ${path}: ${message}`) })
    }
    /** A reset on its way through: its info, and the seed it was asked for. */
    let reset: { readonly info: unknown; readonly seed: number | undefined } | undefined
    return {
      wrapper: { name: NAME, options: {} },
      onReset: ({ info }, { seed }) => {
        reset = { info, seed }
      },
      onObservation: (observation) => {
        if (reset !== undefined) {
          const { info, seed } = reset
          reset = undefined
          refuse(checkReset(env, { observation, info }, { seed }))
        }
        return observation
      },
      onStep: (step) => refuse(checkStep(env, step)),
    }
  }
})
