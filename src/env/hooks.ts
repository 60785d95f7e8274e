/**
 * What a wrapper is: hooks around the calls of an environment, written once for both kinds (`Env` and `AsyncEnv`).
 *
 * A wrapper is a function from the description of an environment to its hooks. All hooks are synchronous and see plain values; `wrap`
 * does the calling, awaits where the environment is asynchronous, and makes one result object a step however many wrappers there are.
 */
import type { Rng } from '../rng.js'
import type { Member, Space } from '../spaces/index.js'
import type { JsonObject, JsonValue } from '../json.js'
import type { EnvProperties, Frame, Info, ResetOptions, WrapperSpec } from './types.js'

/** What a wrapper knows of the environment it goes around. */
export interface EnvShape<OS extends Space = Space, AS extends Space = Space, I extends Info = Info> extends EnvProperties<OS, AS> {
  /** The wrapper's own random stream for the episode of this seed (`info.seed` of a reset). */
  stream(seed: number): Rng
  /** The infos of the environment: there for the compiler, which reads `I` from it. */
  readonly infoType?: I
}

/** The result of a reset on its way out: hooks may replace the info. */
export interface ResetDraft<I extends Info = Info> {
  info: I & { readonly seed: number }
}

/** The result of a step on its way out: hooks may replace every field. A new object each step, so keeping it is safe. */
export interface StepDraft<O = unknown, I extends Info = Info> {
  observation: O
  reward: number
  terminated: boolean
  truncated: boolean
  info: I
}

/** What a hook is shown of an episode after a reset and after each step, beside the picture. */
export interface FrameMoment {
  /** Whether this is the first picture of an episode. */
  readonly isFirst: boolean
  /** Whether this is the last one. */
  readonly isOver: boolean
}

/**
 * The hooks of one wrapper around one environment. Every hook is optional. Outermost wrappers see an action first and a result last.
 *
 * `OS`, `AS`, `I` are the spaces and the info of the environment inside, `OS2`, `AS2`, `I2` what the wrapped environment shows outside.
 */
export interface Hooks<
  OS extends Space,
  AS extends Space,
  I extends Info,
  OS2 extends Space = OS,
  AS2 extends Space = AS,
  I2 extends Info = I,
> {
  /** The wrapper's name and options: what rebuilds it. */
  readonly wrapper: WrapperSpec
  /** The outer spaces, where they differ from the inner ones. */
  readonly observationSpace?: OS2
  readonly actionSpace?: AS2
  /** True where observations that leave the wrapper are written again later. Left out: as the environment inside says. */
  readonly reusesBuffers?: boolean

  /** A new episode: before `onObservation` of its first observation. */
  onReset?(reset: ResetDraft<I2>, options: ResetOptions): void
  /** The inner action of an outer one. */
  onAction?(action: Member<AS2>): Member<AS>
  /**
   * After each inner step: true takes the same inner action once more. Rewards are added up, the other results are the last step's.
   * Never asked after the end of an episode, which ends the repetition.
   */
  again?(step: Readonly<StepDraft<Member<OS>, I>>): boolean
  /** The outer observation of an inner one, after a reset and each step. A stateful hook's idea of time. */
  onObservation?(observation: Member<OS>): Member<OS2>
  /** Reward, flags and info of a step; its observation is the outer one already. */
  onStep?(step: StepDraft<Member<OS2>, I2>, action: Member<AS2>): void
  /** Whether `onFrame` wants the next picture. Left out: every one. Pictures that no hook wants are not rendered. */
  wantsFrame?(): boolean
  /** What the environment inside shows, after each reset and step; needs a render mode. */
  onFrame?(shown: Frame | string, moment: FrameMoment): void
  /** Changes what `render` returns. */
  onRender?(shown: Frame | string): Frame | string
  /** The environment inside threw: finish what must be finished. The error goes on its way. */
  onError?(error: unknown): void
  /** Called once, before the environment inside is closed. */
  onClose?(): void
  /** The state of the hooks as plain JSON. Needed by every wrapper that has a state. */
  save?(): JsonValue
  /** Puts it back. Throws where `state` is not what `save` gave. */
  load?(state: JsonValue): void

  /** The inner infos: there for the compiler only, which reads `I` from it. */
  readonly infoType?: I
}

/** Hooks of any types, where the compiler cannot know them: inside `wrap`, and rebuilt from JSON. */
export type AnyHooks = Hooks<Space, Space, Info, Space, Space, Info>

/** A wrapper with its options set: what `wrap` takes. */
export type Wrapper<OS extends Space, AS extends Space, I extends Info, H> = (env: EnvShape<OS, AS, I>) => H

/** A function that makes wrappers, as `defineWrapper` returns it. */
export interface WrapperFactory {
  readonly wrapperName: string
  (...options: never[]): (env: never) => unknown
}

/**
 * Names a function that makes wrappers, so that `find` and specs can speak of it.
 *
 * @example
 * ```ts
 * const hooks = <OS extends Space, AS extends Space, I extends Info>(_env: EnvShape<OS, AS, I>): Hooks<OS, AS, I> => ({
 *   wrapper: { name: 'HalveReward', options: {} },
 *   onStep: (step) => { step.reward /= 2 },
 * })
 * const halveReward = defineWrapper('HalveReward', () => hooks)
 * const env = wrap(new PongEnv(), halveReward())
 * ```
 */
export const defineWrapper = <F extends object>(wrapperName: string, factory: F): F & { readonly wrapperName: string } =>
  Object.assign(factory, { wrapperName })

/** The options a wrapper was made with as JSON: those left undefined are left out. */
export const optionsOf = (options: Readonly<Record<string, JsonValue | undefined>>): JsonObject =>
  Object.fromEntries(Object.entries(options).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined))
