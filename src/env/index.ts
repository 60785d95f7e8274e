/** Environments: the interface, the base class, the registry and the checker. `export *` keeps EnvRegistry open to declaration merging. */
export * from './types.js'
export * from './registry.js'
export type { JsonObject, JsonValue } from './json.js'
export { BaseEnv, type BaseEnvOptions } from './baseEnv.js'
export { lifecycleJSON, type LifecycleState } from './lifecycle.js'
export { toAsync } from './toAsync.js'
export { assertEnv, checkEnv, checkRules, type CheckFinding, type CheckLevel, type CheckOptions, type CheckRule } from './check/index.js'
