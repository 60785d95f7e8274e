/**
 * The words of every environment: what a step returns, what an episode's end says, and the two kinds of environment.
 *
 * `Env` steps at once, `AsyncEnv` returns promises (a child process, a worker, hardware). The method names are the same and the types
 * are two, so a forgotten `await` does not compile. There is no `done`: an episode is over when `terminated` or `truncated`, never both.
 */
import type { Member, Space } from '../spaces/index.js'
import type { JsonObject } from '../json.js'

/**
 * Why an episode ended. `goal`, `death` and `lost` terminate it (the task is over: no value follows); `timeLimit`, `engineTimeout` and
 * `disconnected` truncate it (stopped from outside: a learner bootstraps from the last observation).
 */
export type EndReason = 'goal' | 'death' | 'lost' | 'timeLimit' | 'engineTimeout' | 'disconnected'

/** What goes with an observation: plain JSON. Environments extend it with their own fields. */
export interface Info {
  /** On a reset: the seed of this episode. `reset({ seed })` with it replays the episode exactly. */
  readonly seed?: number
  /** On the last step of an episode: why it ended. */
  readonly endReason?: EndReason
}

/** What `reset` takes. */
export interface ResetOptions {
  /** Whole number, 0 to 2^53 - 1. Left out: the environment goes on with its own sequence of seeds. */
  readonly seed?: number
  /** What the environment offers to set for one episode. */
  readonly options?: Readonly<Record<string, unknown>>
}

/** What `reset` returns. */
export interface ResetResult<O, I extends Info = Info> {
  readonly observation: O
  readonly info: I & { readonly seed: number }
}

/** What `step` returns. */
export interface StepResult<O, I extends Info = Info> {
  readonly observation: O
  /** Finite. */
  readonly reward: number
  /** The task ended: there is no future to bootstrap. */
  readonly terminated: boolean
  /** The episode was cut off from outside. Never true together with `terminated`. */
  readonly truncated: boolean
  readonly info: I
}

/** Whether the step was the last of its episode. */
export const isOver = (step: Pick<StepResult<unknown>, 'terminated' | 'truncated'>): boolean => step.terminated || step.truncated

/** How `render` shows a state: text for a terminal, or a picture. */
export type RenderMode = 'ansi' | 'rgb_array'

/** A picture, as a canvas takes it: RGBA bytes, row by row from the top. */
export interface Frame {
  readonly width: number
  readonly height: number
  /** width * height * 4 bytes. */
  readonly data: Uint8ClampedArray
}

/** How a person plays. Actions are members of the action space. */
export interface KeyMap {
  /** The action of each key, by its name: 'left', 'up', 'space', 'a', '1'. */
  readonly actions: Readonly<Record<string, unknown>>
  /** The action while no key is pressed. Left out: the last one goes on. */
  readonly idle?: unknown
}

/** What an environment can do beside stepping. */
export interface EnvMetadata {
  readonly renderModes: readonly RenderMode[]
  /** The keys of `bl1 play`. Left out: the digits choose, where the actions are a Discrete of up to ten. */
  readonly keys?: KeyMap
  /** Frames a second at which rendered steps are shown, one step a frame. Present where there are render modes. */
  readonly renderFps?: number
}

/** A wrapper in a spec: its name and every option. */
export interface WrapperSpec {
  /** The name under which `registerWrapper` knows it: 'TimeLimit'. */
  readonly name: string
  readonly options: JsonObject
}

/** How to build this very environment again with `make`: plain JSON. */
export interface EnvSpec {
  /** `[namespace/]Name[-vN]` */
  readonly id: string
  /** Every option, defaults included. */
  readonly options: JsonObject
  /** Steps after which an episode is truncated with `endReason: 'timeLimit'`. */
  readonly maxEpisodeSteps?: number
  /** Equal seeds may give different episodes (hardware, another program's clock). */
  readonly nondeterministic?: boolean
  /** The mean return over 100 episodes from which the task counts as solved. */
  readonly rewardThreshold?: number
  /** The wrappers around it, from the inside out. */
  readonly wrappers?: readonly WrapperSpec[]
}

/** The part of a spec that is the registry's and the environment itself is told of. */
export type EnvSettings = Pick<EnvSpec, 'maxEpisodeSteps' | 'nondeterministic' | 'rewardThreshold'>

/** What an environment shows of itself before it is played. */
export interface EnvProperties<OS extends Space, AS extends Space> {
  readonly observationSpace: OS
  readonly actionSpace: AS
  readonly spec: EnvSpec
  readonly metadata: EnvMetadata
  readonly renderMode: RenderMode | undefined
  /** True: an observation is only valid until the next step, as its array is written again. Copy what you keep. */
  readonly reusesBuffers: boolean
}

interface ActionSource<AS extends Space> {
  /** A random action from the environment's own `action` stream, so equal seeds give equal actions. */
  sampleAction(): Member<AS>
}

/** An environment that steps at once. */
export interface Env<OS extends Space = Space, AS extends Space = Space, I extends Info = Info>
  extends EnvProperties<OS, AS>, ActionSource<AS>, Disposable {
  readonly sync: true
  /** Starts an episode. */
  reset(options?: ResetOptions): ResetResult<Member<OS>, I>
  /** Advances the episode by one action. */
  step(action: Member<AS>): StepResult<Member<OS>, I>
  /** The present state in the `renderMode` of the constructor; undefined without one. */
  render(): Frame | string | undefined
  /** Frees what the environment holds. Closing twice does nothing. */
  close(): void
}

/** An environment that answers later: the methods of `Env`, each with a promise. */
export interface AsyncEnv<OS extends Space = Space, AS extends Space = Space, I extends Info = Info>
  extends EnvProperties<OS, AS>, ActionSource<AS>, AsyncDisposable {
  readonly sync: false
  /** Starts an episode. */
  reset(options?: ResetOptions): Promise<ResetResult<Member<OS>, I>>
  /** Advances the episode by one action. */
  step(action: Member<AS>): Promise<StepResult<Member<OS>, I>>
  /** The present state in the `renderMode` of the constructor; undefined without one. */
  render(): Promise<Frame | string | undefined>
  /** Frees what the environment holds. Closing twice does nothing. */
  close(): Promise<void>
}

/** Either kind, for loops that serve both: `await` every call. */
export type AnyEnv<OS extends Space = Space, AS extends Space = Space, I extends Info = Info> = Env<OS, AS, I> | AsyncEnv<OS, AS, I>

/** An environment whose exact state can be kept and put back, its generators included. The state is plain JSON. */
export interface Saveable {
  /** The state as it is now. */
  save(): JsonObject
  /** @throws Bl1Error `env/state` */
  load(state: unknown): void
}

/** The same for an environment that answers later. */
export interface AsyncSaveable {
  /** The state as it is now. */
  save(): Promise<JsonObject>
  /** Rejects with Bl1Error `env/state`. */
  load(state: unknown): Promise<void>
}

/** Whether the state of an environment can be kept. */
export function isSaveable<E extends Env>(env: E): env is E & Saveable
export function isSaveable<E extends AsyncEnv>(env: E): env is E & AsyncSaveable
export function isSaveable(env: AnyEnv): env is AnyEnv & (Saveable | AsyncSaveable)
export function isSaveable(env: AnyEnv): boolean {
  return 'save' in env && typeof env.save === 'function' && 'load' in env && typeof env.load === 'function'
}
