/** The base class of environments that step at once: authors write `onReset` and `onStep`, the rules are kept here. */
import { Bl1Error } from '../errors.js'
import type { Rng } from '../rng.js'
import type { Member, Space } from '../spaces/index.js'
import { describe } from './describe.js'
import { requireRenderMode, requireSettings } from './construct.js'
import { Lifecycle, type LifecycleState } from './lifecycle.js'
import { isOver, type Env, type EnvMetadata, type EnvSpec, type Frame, type Info, type RenderMode, type ResetOptions } from './types.js'
import type { ResetResult, StepResult } from './types.js'

/** What an author's constructor tells the base class. */
export interface BaseEnvOptions<OS extends Space, AS extends Space> {
  readonly spec: EnvSpec
  readonly observationSpace: OS
  readonly actionSpace: AS
  /** @default no render modes */
  readonly metadata?: EnvMetadata
  readonly renderMode?: RenderMode | undefined
  /** @default false */
  readonly reusesBuffers?: boolean
}

/**
 * Seeds the streams, keeps the order of calls, checks actions, cuts episodes at `spec.maxEpisodeSteps`, and closes once.
 *
 * @example
 * ```ts
 * class Coin extends BaseEnv<Discrete, Discrete> {
 *   constructor() {
 *     super({ spec: { id: 'Coin-v0', options: {} }, observationSpace: new Discrete({ n: 2 }), actionSpace: new Discrete({ n: 2 }) })
 *   }
 *   protected onReset() { return { observation: 0, info: {} } }
 *   protected onStep(guess: number) {
 *     const side = this.rng.integer(2)
 *     const info = { endReason: guess === side ? 'goal' : 'lost' } as const
 *     return { observation: side, reward: guess === side ? 1 : 0, terminated: true, truncated: false, info }
 *   }
 * }
 * ```
 */
export abstract class BaseEnv<OS extends Space, AS extends Space, I extends Info = Info> implements Env<OS, AS, I> {
  readonly sync = true
  readonly spec: EnvSpec
  readonly observationSpace: OS
  readonly actionSpace: AS
  readonly metadata: EnvMetadata
  readonly renderMode: RenderMode | undefined
  readonly reusesBuffers: boolean
  readonly #life: Lifecycle

  /** @throws Bl1Error `env/render-mode` for a mode the metadata does not list, `env/spec` for a time limit below one step */
  constructor(options: BaseEnvOptions<OS, AS>) {
    const { spec, metadata = { renderModes: [] } } = options
    requireRenderMode(spec.id, metadata, options.renderMode)
    requireSettings(spec)
    this.spec = spec
    this.observationSpace = options.observationSpace
    this.actionSpace = options.actionSpace
    this.metadata = metadata
    this.renderMode = options.renderMode
    this.reusesBuffers = options.reusesBuffers ?? false
    this.#life = new Lifecycle(spec.id, spec.maxEpisodeSteps)
  }

  /** The first observation of an episode. Draw from `this.rng` only. */
  protected abstract onReset(options: Readonly<Record<string, unknown>>): { readonly observation: Member<OS>; readonly info: I }

  /** One step; `action` is a member of the action space. A last step carries `info.endReason`. */
  protected abstract onStep(action: Member<AS>): StepResult<Member<OS>, I>

  /** Shows the state in `mode`. Override where the metadata lists render modes. */
  protected onRender(_mode: RenderMode): Frame | string | undefined {
    return undefined
  }

  /** Frees what the environment holds; called once. */
  protected onClose(): void {}

  /** The episode's own stream. */
  protected get rng(): Rng {
    return this.#life.envRng
  }

  /** @throws Bl1Error `rng/seed`, `env/closed` */
  reset(options: ResetOptions = {}): ResetResult<Member<OS>, I> {
    const seed = this.#life.beginEpisode(options.seed)
    const { observation, info } = this.onReset(options.options ?? {})
    return { observation, info: { ...info, seed } }
  }

  /** @throws Bl1Error `env/action`, `env/not-reset`, `env/over`, `env/closed` */
  step(action: Member<AS>): StepResult<Member<OS>, I> {
    this.#life.requireRunning()
    if (!this.actionSpace.contains(action)) throw this.#badAction(action)
    const result = this.onStep(action)
    const timeIsUp = this.#life.countStep(isOver(result))
    return timeIsUp ? { ...result, truncated: true, info: { ...result.info, endReason: 'timeLimit' } } : result
  }

  /** @throws Bl1Error `env/not-reset`, `env/closed` */
  render(): Frame | string | undefined {
    this.#life.requireStarted('render()')
    return this.renderMode === undefined ? undefined : this.onRender(this.renderMode)
  }

  /** @throws Bl1Error `env/not-reset`, `env/closed` */
  sampleAction(): Member<AS> {
    this.#life.requireStarted('sampleAction()')
    // A space samples its own members; the compiler cannot see that through the type parameter.
    return this.actionSpace.sample(this.#life.actionRng) as Member<AS>
  }

  close(): void {
    if (this.#life.closed) return
    this.#life.close()
    this.onClose()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  /** The base class's part of a saved state: streams, seed, step count. */
  protected saveLifecycle(): LifecycleState {
    return this.#life.save()
  }

  /** Puts that part back. @throws Bl1Error `env/closed`, `rng/state` */
  protected loadLifecycle(saved: LifecycleState): void {
    this.#life.load(saved)
  }

  #badAction(action: unknown): Bl1Error {
    const expected = JSON.stringify(this.actionSpace)
    return new Bl1Error('env/action', { id: this.spec.id, expected, received: describe(action) })
  }
}
