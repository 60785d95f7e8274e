/** What the checker knows of a vector environment: every `VectorEnv` and `AsyncVectorEnvLike`, whatever its spaces. */
import type { EnvSpec, Info } from '../../env/index.js'
import type { Space } from '../../spaces/index.js'
import type { Autoreset, VectorResetOptions } from '../types.js'

/** A result of `reset`, with observations of any batched space. */
export interface CheckedReset {
  readonly observations: unknown
  readonly infos: readonly Info[]
}

/** A result of `step`. */
export interface CheckedStep extends CheckedReset {
  readonly rewards: Float64Array
  readonly terminated: Uint8Array
  readonly truncated: Uint8Array
  readonly finals: readonly ({ readonly observation: unknown; readonly info: Info; readonly episode: unknown } | undefined)[]
}

/** A vector environment of either kind and of any spaces: `await` every call. */
export interface CheckedVectorEnv {
  readonly sync: boolean
  readonly count: number
  readonly singleObservationSpace: Space
  readonly singleActionSpace: Space
  readonly observationSpace: Space
  readonly actionSpace: Space
  readonly autoreset: Autoreset
  readonly reusesBuffers: boolean
  readonly spec: EnvSpec | undefined
  readonly closed: boolean
  reset(options?: VectorResetOptions): CheckedReset | Promise<CheckedReset>
  step(actions: ArrayLike<unknown>): CheckedStep | Promise<CheckedStep>
  sampleActions(): unknown[]
  close(): void | Promise<void>
}
