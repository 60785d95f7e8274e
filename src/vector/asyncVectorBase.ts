/** What vector environments that answer later have in common: one call at a time, and no call that outlives `close()`. */
import type { Info } from '../env/index.js'
import { Bl1Error } from '../errors.js'
import type { Member, Space } from '../spaces/index.js'
import type { ResetPlan } from './planReset.js'
import type { AsyncVectorEnvLike, VectorReset, VectorResetOptions, VectorStep } from './types.js'
import { VectorBase } from './vectorBase.js'

interface PendingCall {
  readonly doing: string
  readonly giveUp: (error: Error) => void
}

export abstract class AsyncVectorBase<OS extends Space, AS extends Space, I extends Info>
  extends VectorBase<OS, AS, I>
  implements AsyncVectorEnvLike<OS, AS, I>
{
  readonly sync = false
  #pending: PendingCall | undefined
  #closing: Promise<void> | undefined

  /** Resets the environments of the plan and writes their results. */
  protected abstract onReset(plan: ResetPlan, options: VectorResetOptions): Promise<void>
  /** Steps all environments, with checked actions, and writes their results. */
  protected abstract onStep(actions: ArrayLike<Member<AS>>): Promise<void>
  /** Frees what the vector holds; called once, also while a call is under way. */
  protected abstract onClose(): Promise<void>

  /** Rejects with Bl1Error `vector/reset`, `vector/not-reset`, `rng/seed`, `vector/busy`, `vector/closed` and what `onReset` throws. */
  async reset(options: VectorResetOptions = {}): Promise<VectorReset<OS, I>> {
    await this.#alone('reset()', () => this.onReset(this.planReset(options), options))
    return this.sheet.resetResult()
  }

  /**
   * Rejects with Bl1Error `vector/actions`, `vector/action`, `vector/not-reset`, `vector/over`, `vector/busy`, `vector/closed` and what
   * `onStep` throws.
   */
  async step(actions: ArrayLike<Member<AS>>): Promise<VectorStep<OS, I>> {
    await this.#alone('step()', () => {
      this.requireSteppable(actions)
      return this.onStep(actions)
    })
    return this.sheet.stepResult()
  }

  /** Resolves when everything has ended. A call under way rejects with `vector/closed`. */
  close(): Promise<void> {
    return this.end('close() was called.')
  }

  /** Closes: for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  /** The one way to end: the first reason counts. A call under way rejects with `failure`. */
  protected end(reason: string, failure?: Error): Promise<void> {
    if (this.#closing !== undefined) return this.#closing
    this.markClosed(reason)
    const { doing = '', giveUp } = this.#pending ?? {}
    giveUp?.(failure ?? new Bl1Error('vector/closed', { doing, reason }))
    this.#closing = this.onClose()
    return this.#closing
  }

  async #alone(doing: string, call: () => Promise<void>): Promise<void> {
    this.requireOpen(doing)
    if (this.#pending !== undefined) throw new Bl1Error('vector/busy', { doing, busyWith: this.#pending.doing })
    try {
      await new Promise<void>((resolve, reject) => {
        this.#pending = { doing, giveUp: reject }
        call().then(resolve, reject)
      })
    } finally {
      this.#pending = undefined
    }
  }
}
