/** Environments that cannot be rebuilt from their specs or saved states. */
import { defineWrapper, registerWrapper, wrap, type AnyEnv, type EnvShape, type Hooks, type Info } from '../../../src/env/index.js'
import type { Space } from '../../../src/spaces/index.js'
import type { Breakage } from './brokenEnv.js'
import { put } from './patch.js'

/** Adds to every reward, and records an option that it was not given. */
const forgetfulBonus = defineWrapper('ForgetfulBonus', ({ bonus }: { readonly bonus: number }) =>
  <OS extends Space, AS extends Space, I extends Info>(_env: EnvShape<OS, AS, I>): Hooks<OS, AS, I> => ({
    wrapper: { name: 'ForgetfulBonus', options: { bonus: 0 } },
    onStep: (step) => {
      step.reward += bonus
    },
  }))
registerWrapper({ name: 'ForgetfulBonus', load: async () => forgetfulBonus })

const unregistered = <OS extends Space, AS extends Space, I extends Info>(_env: EnvShape<OS, AS, I>): Hooks<OS, AS, I> => ({
  wrapper: { name: 'Unregistered', options: {} },
})

const wrapEither = (env: AnyEnv, wrapper: typeof unregistered): AnyEnv => (env.sync ? wrap(env, wrapper) : wrap(env, wrapper))

export const persistence = {
  'spec/roundtrip': { breaks: (env) => put(env, 'spec', { ...env.spec, options: { ...env.spec.options, length: 3 } }) },
  'spec/registered': { breaks: (env) => put(env, 'spec', { ...env.spec, id: 'Nowhere-v0' }) },
  'spec/wrappers': { around: (env) => wrapEither(env, forgetfulBonus({ bonus: 2 })) },
  'spec/wrappers-registered': { around: (env) => wrapEither(env, unregistered) },
  'state/save-load': { breaks: (env) => put(env, 'load', () => env.reset({ seed: 9 })) },
} as const satisfies Readonly<Record<string, Breakage>>
