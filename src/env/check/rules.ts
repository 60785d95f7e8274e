/** Every rule of the checker: its id, how bad breaking it is, and the sentence that states it. */

/** An error breaks code that relies on the contract; a warning is allowed and often a mistake. */
export type CheckLevel = 'error' | 'warning'

interface Rule {
  readonly level: CheckLevel
  readonly states: string
}

const error = (states: string): Rule => ({ level: 'error', states })
const warning = (states: string): Rule => ({ level: 'warning', states })

/** The rules by id. */
export const checkRules = {
  'env/interface': error('an environment has every property and method of Env or AsyncEnv'),
  'env/throws': error('reset, step, render and close do not throw in right use'),
  'space/missing': error('observationSpace and actionSpace are spaces'),
  'space/box-shape': error('the bounds of a Box have one entry an element of its shape'),
  'space/box-empty': warning('low is below high in every element of a Box'),
  'space/empty': error('a space has at least one member'),
  'space/unbounded': warning('a Box has finite bounds'),
  'space/action-scale': warning('a one-dimensional continuous action is scaled to [-1, 1] or [0, 1]'),
  'space/sample-contains': error('a space contains its own samples'),
  'reset/shape': error('reset returns { observation, info }'),
  'reset/seed': error('every reset reports the seed of its episode as info.seed'),
  'reset/in-space': error('the observation of a reset is a member of observationSpace'),
  'step/shape': error('step returns { observation, reward, terminated, truncated, info }'),
  'step/in-space': error('the observation of a step is a member of observationSpace'),
  'step/reward-finite': error('a reward is a finite number'),
  'step/flags': error('terminated and truncated are booleans'),
  'step/early-end': error('an episode is not truncated after its first step'),
  'step/before-reset': error('stepping before the first reset throws'),
  'step/after-end': error('stepping a finished episode throws'),
  'flags/not-both': error('terminated and truncated are never both true'),
  'info/json': error('info survives JSON unchanged'),
  'info/end-reason': error('the last step of an episode, and no other, carries info.endReason'),
  'alias/observation': error('a returned observation does not change later, or the environment declares reusesBuffers'),
  'seed/reset-repeat': error('equal seeds give equal first observations'),
  'seed/continuation': error('the unseeded episodes after equal seeds are equal too'),
  'seed/step-repeat': error('equal seeds and actions give equal steps'),
  'seed/independent': error('two environments share no generator'),
  'render/metadata': error('metadata lists the render modes and, where there are any, a positive renderFps; renderMode is one of them'),
  'render/frame': error('render returns what its mode says: text for ansi, an RGBA Frame for rgb_array, undefined without a mode'),
  'render/each-mode': error('every listed render mode can be made from the spec and rendered'),
  'close/idempotent': error('closing twice does nothing'),
  'close/after': error('stepping and resetting a closed environment throws'),
  'sync/never-promise': error('an Env never returns a promise'),
  'spec/roundtrip': error('the spec is plain JSON from which make builds an equal environment'),
  'spec/registered': warning('the id of the spec is registered, so that make can rebuild the environment'),
  'state/save-load': error('what follows a loaded state equals what followed the saved one'),
} as const satisfies Readonly<Record<string, Rule>>

/** The id of a rule. */
export type CheckRule = keyof typeof checkRules
