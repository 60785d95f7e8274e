/** The base class of environments that answer later (a child process, a worker, hardware): `BaseEnv` with promises. */
import type { Rng } from '../rng.js'
import type { Member, Space } from '../spaces/index.js'
import { EnvBase } from './envBase.js'
import { OneAtATime } from './oneAtATime.js'
import { isOver, type AsyncEnv, type Frame, type Info, type RenderMode } from './types.js'
import type { ResetOptions, ResetResult, StepResult } from './types.js'

/**
 * What `BaseEnv` does, for authors whose `onReset` and `onStep` return promises. One call at a time: a second one before the first has
 * answered is an error, as nobody could say which state it meets.
 *
 * @example
 * ```ts
 * class Remote extends BaseAsyncEnv<Discrete, Discrete> {
 *   constructor() {
 *     super({ spec: { id: 'Remote-v0', options: {} }, observationSpace: new Discrete({ n: 2 }), actionSpace: new Discrete({ n: 2 }) })
 *   }
 *   protected async onReset() { return { observation: 0, info: {} } }
 *   protected async onStep(action: number) {
 *     return { observation: action, reward: 1, terminated: true, truncated: false, info: { endReason: 'goal' } } as const
 *   }
 * }
 * await using env = new Remote()
 * await env.reset({ seed: 1 })
 * console.log((await env.step(1)).terminated) // true
 * ```
 */
export abstract class BaseAsyncEnv<OS extends Space, AS extends Space, I extends Info = Info>
  extends EnvBase<OS, AS>
  implements AsyncEnv<OS, AS, I>
{
  readonly sync = false
  readonly #calls = new OneAtATime(this.spec.id)

  /** The first observation of an episode. Draw from `this.rng` only. */
  protected abstract onReset(options: Readonly<Record<string, unknown>>): Promise<{ readonly observation: Member<OS>; readonly info: I }>

  /** One step; `action` is a member of the action space. A last step carries `info.endReason`. */
  protected abstract onStep(action: Member<AS>): Promise<StepResult<Member<OS>, I>>

  /** Shows the state in `mode`. Override where the metadata lists render modes. */
  protected async onRender(_mode: RenderMode): Promise<Frame | string | undefined> {
    return undefined
  }

  /** Frees what the environment holds; called once, also while a call is under way: that call should then reject. */
  protected async onClose(): Promise<void> {}

  /** The episode's own stream. */
  protected get rng(): Rng {
    return this.life.envRng
  }

  /** Rejects with Bl1Error `rng/seed`, `env/busy`, `env/closed`. */
  async reset(options: ResetOptions = {}): Promise<ResetResult<Member<OS>, I>> {
    return this.#calls.run('reset()', async () => {
      const seed = this.life.beginEpisode(options.seed)
      try {
        const { observation, info } = await this.onReset(options.options ?? {})
        return { observation, info: { ...info, seed } }
      } catch (error) {
        this.life.endEpisode()
        throw error
      }
    })
  }

  /** Rejects with Bl1Error `env/action`, `env/not-reset`, `env/over`, `env/busy`, `env/closed`. */
  async step(action: Member<AS>): Promise<StepResult<Member<OS>, I>> {
    return this.#calls.run('step()', async () => {
      this.life.requireRunning()
      if (!this.actionSpace.contains(action)) throw this.badAction(action)
      const result = await this.onStep(action)
      return this.life.countStep(isOver(result)) ? this.cutOff(result) : result
    })
  }

  /** Rejects with Bl1Error `env/not-reset`, `env/busy`, `env/closed`. */
  async render(): Promise<Frame | string | undefined> {
    return this.#calls.run('render()', async () => {
      this.life.requireStarted('render()')
      return this.renderMode === undefined ? undefined : this.onRender(this.renderMode)
    })
  }

  /** Frees what the environment holds. Closing twice does nothing. */
  async close(): Promise<void> {
    if (this.life.closed) return
    this.life.close()
    await this.onClose()
  }

  /** Closes: for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}
