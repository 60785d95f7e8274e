/** What an example of a broken rule is. */
import type { AnyEnv, CheckRule } from '../../../src/env/index.js'
import type { WalkEnv, WalkOptions } from '../walkEnv.js'

/** How to make of a good environment one that breaks one rule. */
export interface Breakage<R extends string = CheckRule> {
  /** Breaks it; may return another object. */
  readonly breaks?: (env: WalkEnv) => AnyEnv | void
  /** Puts something around it that is not the environment's own, so that its spec has to tell of it. */
  readonly around?: (env: AnyEnv) => AnyEnv
  readonly options?: WalkOptions
  /** Other rules that cannot but be broken too. */
  readonly also?: readonly R[]
}
