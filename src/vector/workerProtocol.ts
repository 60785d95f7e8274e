/**
 * What a worker vector and its threads say to one another: a request, then its answer, one at a time in each thread. Observations, rewards,
 * flags and actions of fixed size do not travel: they lie in shared memory.
 */
import type { EnvSpec, Info, ResetOptions } from '../env/index.js'
import type { Space, SpaceJSON } from '../spaces/index.js'
import type { SheetMemory } from './sheet.js'
import type { Autoreset, Final } from './types.js'

/** Imports the modules and makes the environments of a thread. */
export interface MakeRequest {
  readonly type: 'make'
  readonly modules: readonly string[]
  /** A spec, or the id of a registered environment with its options. */
  readonly spec: EnvSpec | string
  readonly envOptions: unknown
  /** The environments `from` to `to` (exclusive) of the vector are this thread's. */
  readonly from: number
  readonly to: number
}

/** Hands over the memory for results and actions. */
export interface ShareRequest {
  readonly type: 'share'
  readonly autoreset: Autoreset
  readonly memory: SheetMemory<Space>
  /** A batch of actions; undefined where they are of no fixed size. */
  readonly actions: unknown
}

/** For each environment of the thread what its reset is given; undefined for those that stay as they are. */
export interface ResetRequest {
  readonly type: 'reset'
  readonly plan: readonly (ResetOptions | undefined)[]
}

/** A step with the actions in shared memory, or with these. */
export interface StepRequest {
  readonly type: 'step'
  readonly actions: readonly unknown[] | undefined
}

/** Vector to thread. `close` is answered only where closing fails; the thread ends in any case. */
export type Request = MakeRequest | ShareRequest | ResetRequest | StepRequest | { readonly type: 'close' }

/** What a thread made. */
export interface MadeAnswer {
  readonly observationSpace: SpaceJSON
  readonly actionSpace: SpaceJSON
  readonly spec: EnvSpec
}

/** Values of some environments, each with the environment's index within the thread. */
export type Sparse<T> = readonly (readonly [index: number, value: T])[]

/** The part of a result that is not in shared memory. Most infos are empty and most steps no end, so only the others travel. */
export interface ResultAnswer {
  readonly infos: Sparse<Info>
  readonly finals: Sparse<Final>
  /** Of every environment of the thread; undefined where they are in shared memory. */
  readonly observations: readonly unknown[] | undefined
}

/** The answer to each request. */
export interface Answers {
  readonly make: MadeAnswer
  readonly share: undefined
  readonly reset: ResultAnswer
  readonly step: ResultAnswer
}

/** A thrown error as it crosses the border: structured clones lose the class and own fields of errors. */
export interface ThreadFailure {
  /** The environment that threw, counted within the thread; undefined for anything else. */
  readonly index: number | undefined
  readonly message: string
  readonly stack: string
  readonly code: string | undefined
}

/** Thread to vector. */
export type Reply =
  | { readonly ok: true; readonly answer: Answers[keyof Answers] }
  | { readonly ok: false; readonly to: Request['type']; readonly failure: ThreadFailure }
