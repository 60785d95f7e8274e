/** Several environments stepped one after the other in this thread: the fastest vector for light environments. */
import type { Env, Info } from '../env/index.js'
import type { Member, Space } from '../spaces/index.js'
import { envFailed, reasonText } from './envFailed.js'
import { commonSpec, gather, type EnvSource } from './gather.js'
import { Sheet, type SheetMemory } from './sheet.js'
import type { VectorEnv, VectorOptions, VectorReset, VectorResetOptions, VectorStep } from './types.js'
import { readVectorOptions, VectorBase } from './vectorBase.js'

/**
 * Steps environments one after the other. An environment that throws closes the vector, as the others may have been stepped without it.
 *
 * @example
 * ```ts
 * using vec = new SyncVectorEnv(Array.from({ length: 8 }, () => () => new CartPoleEnv()))
 * let { observations } = vec.reset({ seed: 7 })
 * for (let t = 0; t < 100; t++) {
 *   const step = vec.step(vec.sampleActions())
 *   step.finals.forEach((final, i) => final && console.log(`environment ${i}: return ${final.episode.return}`))
 *   observations = step.observations
 * }
 * ```
 */
export class SyncVectorEnv<OS extends Space = Space, AS extends Space = Space, I extends Info = Info>
  extends VectorBase<OS, AS, I>
  implements VectorEnv<OS, AS, I>
{
  readonly sync = true
  readonly envs: readonly Env<OS, AS, I>[]

  /**
   * @param sources environments, or functions that make them; the vector closes them
   * @param memory where results are written; a worker thread's is shared with the user's thread
   * @throws Bl1Error `vector/envs` unless all spaces are equal, `parameter/invalid`, and what making one throws
   */
  constructor(sources: readonly EnvSource<Env<OS, AS, I>>[], options: VectorOptions = {}, memory?: SheetMemory<OS>) {
    const read = readVectorOptions(options, 'SyncVectorEnv')
    const envs = gather(sources, true)
    const [{ observationSpace, actionSpace }] = envs
    super({ observationSpace, actionSpace, spec: commonSpec(envs), ...read, sheet: new Sheet(observationSpace, envs.length, read, memory) })
    this.envs = envs
  }

  /** @throws Bl1Error `vector/reset`, `vector/not-reset`, `rng/seed`, `vector/env-failed`, `vector/closed` */
  reset(options: VectorResetOptions = {}): VectorReset<OS, I> {
    this.requireOpen('reset()')
    const plan = this.planReset(options)
    let i = 0
    try {
      for (; i < this.count; i++) {
        const own = plan[i]
        if (own !== undefined) this.sheet.writeReset(i, this.envs[i].reset(own), this.envs[i].reusesBuffers)
      }
    } catch (error) {
      throw this.#failed(i, 'reset()', error)
    }
    return this.sheet.resetResult()
  }

  /** @throws Bl1Error `vector/actions`, `vector/action`, `vector/not-reset`, `vector/over`, `vector/env-failed`, `vector/closed` */
  step(actions: ArrayLike<Member<AS>>): VectorStep<OS, I> {
    this.requireOpen('step()')
    this.requireSteppable(actions)
    const { envs, sheet } = this
    let i = 0
    try {
      for (; i < envs.length; i++) {
        const env = envs[i]
        if (sheet.writeStep(i, env.step(actions[i]), env.reusesBuffers)) sheet.writeReset(i, env.reset(), env.reusesBuffers)
      }
    } catch (error) {
      throw this.#failed(i, 'step()', error)
    }
    return sheet.stepResult()
  }

  /** Every environment is closed, whatever one of them throws; the first error is thrown at the end. */
  close(): void {
    if (this.closed) return
    const [error] = this.#closeAll('close() was called.')
    if (error !== undefined) throw error
  }

  /** Closes: for `using`. */
  [Symbol.dispose](): void {
    this.close()
  }

  #failed(index: number, doing: string, cause: unknown): Error {
    // What failed first is the news.
    this.#closeAll(`environment ${index} failed: ${reasonText(cause)}`)
    return envFailed(index, this.count, doing, cause)
  }

  #closeAll(reason: string): Error[] {
    this.markClosed(reason)
    return this.envs.flatMap((env, i) => {
      try {
        env.close()
        return []
      } catch (error) {
        return [envFailed(i, this.count, 'close()', error)]
      }
    })
  }
}
