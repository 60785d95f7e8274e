/** The vector that suits environments of any kind. */
import { toAsync, type AnyEnv, type Env } from '../env/index.js'
import type { Space } from '../spaces/index.js'
import { AsyncVectorEnv } from './asyncVectorEnv.js'
import type { SheetMemory } from './sheet.js'
import { SyncVectorEnv } from './syncVectorEnv.js'
import type { AnyVectorEnv, VectorOptions } from './types.js'

const isSync = (env: AnyEnv): env is Env => env.sync

/** A SyncVectorEnv of environments that all step at once, else an AsyncVectorEnv. @throws Bl1Error `vector/envs`, `parameter/invalid` */
export const vectorOf = (envs: readonly AnyEnv[], options: VectorOptions, memory?: SheetMemory<Space>): AnyVectorEnv =>
  envs.every(isSync)
    ? new SyncVectorEnv(envs, options, memory)
    : new AsyncVectorEnv(envs.map((env) => (env.sync ? toAsync(env) : env)), options, memory)
