/** Several environments that answer later (child processes, devices), all in flight at once. */
import type { AsyncEnv, Info } from '../env/index.js'
import type { Member, Space } from '../spaces/index.js'
import { AsyncVectorBase } from './asyncVectorBase.js'
import { envFailed, reasonText } from './envFailed.js'
import { commonSpec, gather, type EnvSource } from './gather.js'
import type { ResetPlan } from './planReset.js'
import { Sheet, type SheetMemory } from './sheet.js'
import type { VectorOptions } from './types.js'
import { readVectorOptions } from './vectorBase.js'

/**
 * Steps environments that answer later, all in flight at once: a step takes as long as the slowest of them. It does not make environments of
 * this thread any faster; for those there are `SyncVectorEnv`, and `WorkerVectorEnv` of `bl1/vector/worker`.
 *
 * An environment that rejects closes the vector, after the others have answered.
 *
 * @example
 * ```ts
 * await using vec = new AsyncVectorEnv([toAsync(new PongEnv()), toAsync(new PongEnv())])
 * await vec.reset({ seed: 7 })
 * const { rewards } = await vec.step([0, 1])
 * ```
 */
export class AsyncVectorEnv<OS extends Space = Space, AS extends Space = Space, I extends Info = Info> extends AsyncVectorBase<OS, AS, I> {
  readonly envs: readonly AsyncEnv<OS, AS, I>[]

  /**
   * @param sources environments, or functions that make them; the vector closes them
   * @param memory where results are written; a worker thread's is shared with the user's thread
   * @throws Bl1Error `vector/envs` unless all spaces are equal, `parameter/invalid`, and what making one throws
   */
  constructor(sources: readonly EnvSource<AsyncEnv<OS, AS, I>>[], options: VectorOptions = {}, memory?: SheetMemory<OS>) {
    const read = readVectorOptions(options, 'AsyncVectorEnv')
    const envs = gather(sources, false)
    const [{ observationSpace, actionSpace }] = envs
    super({ observationSpace, actionSpace, spec: commonSpec(envs), ...read, sheet: new Sheet(observationSpace, envs.length, read, memory) })
    this.envs = envs
  }

  protected async onReset(plan: ResetPlan): Promise<void> {
    await this.#all('reset()', async (env, i) => {
      const own = plan[i]
      if (own !== undefined) this.sheet.writeReset(i, await env.reset(own), env.reusesBuffers)
    })
  }

  protected async onStep(actions: ArrayLike<Member<AS>>): Promise<void> {
    await this.#all('step()', async (env, i) => {
      if (this.sheet.writeStep(i, await env.step(actions[i]), env.reusesBuffers)) {
        this.sheet.writeReset(i, await env.reset(), env.reusesBuffers)
      }
    })
  }

  /** Every environment is closed, whatever one of them throws; the first error is thrown at the end. */
  protected async onClose(): Promise<void> {
    const failure = await this.#firstFailure('close()', (env) => env.close())
    if (failure !== undefined) throw failure
  }

  async #all(doing: string, call: (env: AsyncEnv<OS, AS, I>, i: number) => Promise<void>): Promise<void> {
    const failure = await this.#firstFailure(doing, call)
    if (failure === undefined) return
    // What failed first is the news.
    await this.end(`environment ${failure.data.index} failed: ${reasonText(failure.cause)}`, failure).catch(() => undefined)
    throw failure
  }

  async #firstFailure(doing: string, call: (env: AsyncEnv<OS, AS, I>, i: number) => Promise<void>): Promise<ReturnType<typeof envFailed> | undefined> {
    const settled = await Promise.allSettled(this.envs.map(call))
    const index = settled.findIndex(({ status }) => status === 'rejected')
    const found = settled[index]
    return found?.status === 'rejected' ? envFailed(index, this.count, doing, found.reason) : undefined
  }
}
