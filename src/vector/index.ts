/** Vector environments: several environments stepped together. Those in worker threads are in `bl1/vector/worker`, which needs Node. */
export type {
  AnyVectorEnv,
  AsyncVectorEnvLike,
  Autoreset,
  Final,
  Observations,
  VectorEnv,
  VectorOptions,
  VectorProperties,
  VectorReset,
  VectorResetOptions,
  VectorStep,
} from './types.js'
export { splitSeed } from './splitSeed.js'
export { SyncVectorEnv } from './syncVectorEnv.js'
export { AsyncVectorEnv } from './asyncVectorEnv.js'
export type { EnvSource } from './gather.js'
export { makeVector, type MakeVectorOptions, type VectorOf } from './makeVector.js'
export { findVector, wrapVector } from './wrapVector.js'
export type { AnyVectorHooks, VectorHooks, VectorShape } from './vectorHooks.js'
export { recordVectorEpisodeStatistics } from './recordVectorEpisodeStatistics.js'
export { normalizeVectorObservation, type VectorNormalization } from './normalizeVectorObservation.js'
export { normalizeVectorReward } from './normalizeVectorReward.js'
export {
  assertVectorEnv,
  checkVectorEnv,
  reportVectorEnv,
  vectorRules,
  type SingleFactory,
  type VectorCheckOptions,
  type VectorFinding,
  type VectorRule,
} from './check/index.js'
