/** Every rule of the checker of vector environments: its id, how bad breaking it is, and the sentence that states it. */
import { error, type Finding, type Rule } from '../../env/check/findings.js'

/** The rules by id. */
export const vectorRules = {
  'vector/interface': error('a vector environment has every property and method of VectorEnv or AsyncVectorEnvLike'),
  'vector/throws': error('reset, step, sampleActions and close do not throw in right use'),
  'vector/promise': error('the methods of a VectorEnv return no promise, those of the asynchronous kind do'),
  'vector/spaces': error('observationSpace and actionSpace are the batches of the single spaces'),
  'vector/shape': error('reset returns { observations, infos }, step also rewards, terminated, truncated, finals: an entry for each'),
  'vector/in-space': error('the observations of a reset or step are a member of observationSpace'),
  'vector/reward-finite': error('rewards are finite numbers'),
  'vector/flags': error('terminated and truncated are 0 or 1, never both 1'),
  'vector/info-json': error('infos survive JSON unchanged'),
  'vector/end-reason': error('the info of a last step, and no other, carries endReason'),
  'vector/finals': error('under sameStep a final is there exactly where an episode has ended, under disabled nowhere'),
  'vector/final-observation': error('the observation of a final is a member of singleObservationSpace'),
  'vector/final-episode': error('a final has the length of its episode, and the sum of the rewards'),
  'vector/next-episode': error('where an episode ended under sameStep, observations and infos are those of the reset of the next one'),
  'vector/disabled': error('under disabled, stepping an environment whose episode has ended throws until it is reset'),
  'vector/mask': error('a reset of some environments leaves the others as they are'),
  'vector/reset-seeds': error('reset({ seed }) gives environment i splitSeed(seed, i), reset({ seeds }) gives it seeds[i]'),
  'vector/reset-refused': error('a reset with a wrong seed, seeds or mask throws'),
  'vector/before-reset': error('stepping, or resetting only some, before the first reset of all throws'),
  'vector/actions-refused': error('a wrong number of actions, or one outside singleActionSpace, throws, and nothing is stepped'),
  'vector/sample-actions': error('sampleActions returns one member of singleActionSpace for each, the same after equal seeds'),
  'vector/seed-repeat': error('equal seeds and actions give equal results'),
  'vector/independent': error('what one environment does depends on its own seed and actions only'),
  'vector/single': error('environment i does what a single one does with the same seed and actions'),
  'vector/alias': error('a returned result does not change later, or the vector environment declares reusesBuffers'),
  'vector/alias-state': error('writing into a result does not change what follows, unless the vector environment declares reusesBuffers'),
  'vector/close-idempotent': error('closing twice does nothing'),
  'vector/close-after': error('stepping and resetting a closed vector environment throws, and closed says so'),
} as const satisfies Readonly<Record<string, Rule>>

/** The id of a rule. */
export type VectorRule = keyof typeof vectorRules

/** A broken rule of `vectorRules`. */
export type VectorFinding = Finding<VectorRule>
