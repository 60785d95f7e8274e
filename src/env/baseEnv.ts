/** The base class of environments that step at once: authors write `onReset` and `onStep`, the rules are kept here. */
import type { Rng } from '../rng.js'
import type { Member, Space } from '../spaces/index.js'
import { EnvBase } from './envBase.js'
import { isOver, type Env, type Frame, type Info, type RenderMode, type ResetOptions, type ResetResult, type StepResult } from './types.js'

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
export abstract class BaseEnv<OS extends Space, AS extends Space, I extends Info = Info> extends EnvBase<OS, AS> implements Env<OS, AS, I> {
  readonly sync = true

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
    return this.life.envRng
  }

  /** @throws Bl1Error `rng/seed`, `env/closed` */
  reset(options: ResetOptions = {}): ResetResult<Member<OS>, I> {
    const seed = this.life.beginEpisode(options.seed)
    try {
      const { observation, info } = this.onReset(options.options ?? {})
      return { observation, info: { ...info, seed } }
    } catch (error) {
      this.life.endEpisode()
      throw error
    }
  }

  /** @throws Bl1Error `env/action`, `env/not-reset`, `env/over`, `env/closed` */
  step(action: Member<AS>): StepResult<Member<OS>, I> {
    this.life.requireRunning()
    if (!this.actionSpace.contains(action)) throw this.badAction(action)
    const result = this.onStep(action)
    return this.life.countStep(isOver(result)) ? this.cutOff(result) : result
  }

  /** @throws Bl1Error `env/not-reset`, `env/closed` */
  render(): Frame | string | undefined {
    this.life.requireStarted('render()')
    return this.renderMode === undefined ? undefined : this.onRender(this.renderMode)
  }

  /** Frees what the environment holds. Closing twice does nothing. */
  close(): void {
    if (this.life.closed) return
    this.life.close()
    this.onClose()
  }

  /** Closes: for `using`. */
  [Symbol.dispose](): void {
    this.close()
  }
}
