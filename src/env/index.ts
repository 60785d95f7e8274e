/** Environments: the interface, the base class, the registry and the checker. `export *` keeps EnvRegistry open to declaration merging. */
export * from './types.js'
export * from './registry.js'
export { describe } from '../describe.js'
export type { JsonObject, JsonValue } from '../json.js'
export type { BaseEnvOptions } from './envBase.js'
export { BaseEnv } from './baseEnv.js'
export { BaseAsyncEnv } from './baseAsyncEnv.js'
export { lifecycleJSON, type Lifecycle, type LifecycleState } from './lifecycle.js'
export { rngJSON, saveRng } from './savedRng.js'
export { toAsync } from './toAsync.js'
export {
  defineWrapper,
  optionsOf,
  type AnyHooks,
  type EnvShape,
  type FrameMoment,
  type Hooks,
  type ResetDraft,
  type StepDraft,
  type Wrapper,
  type WrapperFactory,
} from './hooks.js'
export { isRegisteredWrapper, registeredWrappers, registerWrapper, type WrapperBuilder, type WrapperEntry } from './wrapperRegistry.js'
export { find, unwrapped, wrap } from './wrap.js'
export {
  assertEnv,
  checkEnv,
  checkReset,
  checkRules,
  checkStep,
  compareEnvs,
  formatReport,
  reportEnv,
  type CheckedShape,
  type CheckFinding,
  type CheckLevel,
  type CheckOptions,
  type CheckReport,
  type CheckRule,
  type CompareEnvsOptions,
  type Difference,
  type EnvDifference,
  type Finding,
  type ReportOptions,
  type ResetCheck,
  type Rule,
  type StepCheck,
} from './check/index.js'
export { Picture, type Color } from './picture.js'
