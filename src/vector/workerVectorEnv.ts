/** Environments in worker threads: for steps that take longer than a message to a thread and back. */
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import type { AnyEnv, EnvId, EnvOf, EnvSpec, Info, OptionsOf } from '../env/index.js'
import { Bl1Error } from '../errors.js'
import { quantity, readParameters } from '../parameters.js'
import { createSharedArray, spaceFromJSON, writeSlot, type Batched, type Member, type Space } from '../spaces/index.js'
import { AsyncVectorBase } from './asyncVectorBase.js'
import { overwriteBatch } from './batchMemory.js'
import { reasonText } from './envFailed.js'
import type { ResetPlan } from './planReset.js'
import { createSheetMemory, Sheet, type SheetMemory } from './sheet.js'
import type { Final, VectorOptions } from './types.js'
import { vectorParameters, type VectorParts } from './vectorBase.js'
import { WorkerHandle } from './workerHandle.js'
import type { MadeAnswer, Request, ResultAnswer } from './workerProtocol.js'

/** Options of {@link WorkerVectorEnv.start}. */
export interface WorkerVectorOptions extends VectorOptions {
  /** How many environments. */
  readonly count: number
  /**
   * What each thread imports first: the modules that register the environment and its wrappers (those of `bl1/wrappers` are registered).
   * Package names, as `bl1` itself would import them, or URLs of files: `import.meta.resolve('./my-env.js')`.
   */
  readonly modules: readonly (string | URL)[]
  /** Threads, each with about equally many environments. @default as many as the machine runs at once, but not more than `count` */
  readonly threads?: number
  /** How long a reset or a step may take, in ms. @default 60 000 */
  readonly timeoutMs?: number
  /** How long importing and making may take, in ms. @default 60 000 */
  readonly startTimeoutMs?: number
}

/** The worker vector of an environment of this type. */
export type WorkerVectorOf<E> = E extends AnyEnv<infer OS, infer AS, infer I> ? WorkerVectorEnv<OS, AS, I> : never

/** setTimeout takes no more: 24 days. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1
const limit = (doc: string) => quantity({ default: 60_000, unit: 'ms', above: 0, max: MAX_TIMEOUT_MS, doc })

const startSchema = z.strictObject({
  ...vectorParameters,
  spec: z.union([z.string(), z.looseObject({ id: z.string(), options: z.looseObject({}) })], { error: 'an id or an EnvSpec' }),
  envOptions: z.unknown().optional(),
  count: z.int().positive().max(65_536),
  modules: z.array(z.union([z.string(), z.instanceof(URL)])),
  threads: z.int().positive().max(1024).optional(),
  timeoutMs: limit('how long a reset or a step may take'),
  startTimeoutMs: limit('how long importing and making may take'),
})

const NAME = 'WorkerVectorEnv.start'
/** An info that says nothing. */
const NOTHING: Info = Object.freeze({})

const asStartError = (error: unknown): unknown => {
  if (!(error instanceof Bl1Error && error.code === 'vector/worker-failed' && error.cause instanceof Error)) return error
  const { code, stack }: { readonly code?: string | undefined; readonly stack?: string } = error.data as Bl1Error<'vector/worker-failed'>['data']
  return new Bl1Error('vector/worker-start', { reason: error.cause.message, code, stack: stack ?? '' }, { cause: error.cause })
}

interface WorkerParts<OS extends Space, AS extends Space, I extends Info> extends VectorParts<OS, AS, I> {
  readonly handles: readonly WorkerHandle[]
  readonly memory: SheetMemory<OS>
  readonly actions: Batched<AS> | undefined
  readonly timeoutMs: number
}

/**
 * Steps environments in worker threads. Observations, rewards, flags and actions of fixed size pass through shared memory; infos, ends of
 * episodes, and observations and actions of no fixed size (Text, Sequence, ...) as messages. Results are those of a `SyncVectorEnv` with the same
 * seeds, whatever the number of threads. A step waits for one message to each thread and back, a tenth of a millisecond or more in all:
 * environments that together step faster belong in a `SyncVectorEnv`.
 *
 * ```ts
 * await using vec = await WorkerVectorEnv.start({ spec: 'Pong-v0', modules: ['bl1/envs/pong'], count: 16 })
 * await vec.reset({ seed: 7 })
 * const { rewards } = await vec.step(vec.sampleActions())
 * ```
 *
 * A thread that fails, ends or does not answer in time ends all of them: the call rejects with an error that says which, and no thread is left.
 */
export class WorkerVectorEnv<OS extends Space = Space, AS extends Space = Space, I extends Info = Info> extends AsyncVectorBase<OS, AS, I> {
  /** How many threads were started. */
  readonly threads: number
  readonly #handles: readonly WorkerHandle[]
  /** Shared with the threads; nobody else sees it, as much that takes typed arrays refuses shared ones. */
  readonly #memory: SheetMemory<OS>
  readonly #actions: Batched<AS> | undefined
  readonly #timeoutMs: number

  private constructor(parts: WorkerParts<OS, AS, I>) {
    super(parts)
    this.threads = parts.handles.length
    this.#handles = parts.handles
    this.#memory = parts.memory
    this.#actions = parts.actions
    this.#timeoutMs = parts.timeoutMs
    for (const handle of parts.handles) {
      handle.onDeath = (error) => this.#fail(error)
    }
  }

  /**
   * Starts the threads and makes the environments: of a spec (wrappers included), or of a registered id with its options, which types the result.
   * @throws Bl1Error (as a rejection) `parameter/invalid`, `parameter/unknown`; `vector/worker-start` for a module that cannot be imported and
   * everything an environment says while it is made; `vector/worker-exit`, `vector/worker-timeout`; `space/json` for a kind of space that
   * is not registered in this thread
   */
  static start<Id extends EnvId>(
    options: WorkerVectorOptions & { readonly spec: Id; readonly envOptions?: OptionsOf<Id> },
  ): Promise<WorkerVectorOf<EnvOf<Id>>>
  static start(options: WorkerVectorOptions & { readonly spec: EnvSpec }): Promise<WorkerVectorEnv>
  static async start(options: WorkerVectorOptions & { readonly spec: string | EnvSpec; readonly envOptions?: unknown }): Promise<WorkerVectorEnv> {
    const read = readParameters(startSchema, options, NAME)
    const { count, threads = Math.min(count, availableParallelism()), autoreset, reuseBuffers, timeoutMs, startTimeoutMs } = read
    if (threads > count) {
      const remedy = 'Change it or leave it out.'
      throw new Bl1Error('parameter/invalid', { path: 'threads', expected: `at most count, ${count}`, received: String(threads), where: NAME, remedy })
    }
    const at = (thread: number): number => Math.floor((thread * count) / threads)
    const handles = Array.from({ length: threads }, (_, thread) => new WorkerHandle(at(thread), at(thread + 1)))
    const askAll = <R extends Exclude<Request, { type: 'close' }>>(request: (handle: WorkerHandle) => R) =>
      Promise.all(handles.map((handle) => handle.request(request(handle), 'the start', startTimeoutMs)))
    try {
      const modules = read.modules.map(String)
      const { spec, envOptions } = options
      const made = await askAll(({ from, to }) => ({ type: 'make', modules, spec, envOptions, from, to }))
      const [observationSpace, actionSpace] = spacesOf(made)
      const memory = createSheetMemory(observationSpace, count, 'shared')
      const actions = actionSpace.isFixedSize ? createSharedArray(actionSpace, count) : undefined
      await askAll(() => ({ type: 'share', autoreset, memory, actions }))
      const sheet = new Sheet(observationSpace, count, read)
      const parts = { observationSpace, actionSpace, spec: made[0].spec, autoreset, reuseBuffers, sheet }
      return new WorkerVectorEnv({ ...parts, handles, memory, actions, timeoutMs })
    } catch (error) {
      await Promise.allSettled(handles.map((handle) => handle.stop()))
      throw asStartError(error)
    }
  }

  /** How many threads have not ended: all until `close()`, 0 when it has resolved. */
  get liveThreads(): number {
    return this.#handles.filter(({ isAlive }) => isAlive).length
  }

  protected async onReset(plan: ResetPlan): Promise<void> {
    await this.#all('reset()', ({ from, to }) => ({ type: 'reset', plan: plan.slice(from, to) }))
  }

  protected async onStep(actions: ArrayLike<Member<AS>>): Promise<void> {
    const batch = this.#actions
    if (batch === undefined) {
      await this.#all('step()', ({ from, to }) => ({ type: 'step', actions: Array.from(actions).slice(from, to) }))
      return
    }
    for (let i = 0; i < this.count; i++) writeSlot(this.singleActionSpace, batch, i, actions[i])
    await this.#all('step()', () => ({ type: 'step', actions: undefined }))
  }

  protected async onClose(): Promise<void> {
    const stopped = await Promise.allSettled(this.#handles.map((handle) => handle.stop()))
    const failed = stopped.find(({ status }) => status === 'rejected')
    if (failed?.status === 'rejected') throw failed.reason
  }

  async #all(doing: string, request: (handle: WorkerHandle) => Extract<Request, { type: 'reset' | 'step' }>): Promise<void> {
    try {
      const answers = await Promise.all(this.#handles.map((handle) => handle.request(request(handle), doing, this.#timeoutMs)))
      overwriteBatch(this.sheet.memory, this.#memory)
      answers.forEach((answer, thread) => this.#take(answer, this.#handles[thread]))
    } catch (error) {
      this.#fail(error)
      throw error
    }
  }

  #fail(news: unknown): void {
    // Not what closing says after it.
    this.end(reasonText(news), news instanceof Error ? news : undefined).catch(() => undefined)
  }

  /** Puts what came as a message beside what is in shared memory. */
  #take({ infos, finals, observations }: ResultAnswer, { from, to }: WorkerHandle): void {
    const { sheet, singleObservationSpace } = this
    // A thread sends what its environments, which have these spaces and infos, gave; infos that say nothing it leaves out.
    for (let i = from; i < to; i++) sheet.infos[i] = NOTHING as I
    sheet.finals.fill(undefined, from, to)
    for (const [i, info] of infos) sheet.infos[from + i] = info as I
    for (const [i, final] of finals) sheet.finals[from + i] = final as Final<OS, I>
    observations?.forEach((observation, i) => writeSlot(singleObservationSpace, sheet.memory.observations, from + i, observation as Member<OS>))
  }
}

/** The spaces that all threads made. @throws Bl1Error `vector/envs`, `space/json` */
const spacesOf = (made: readonly MadeAnswer[]): readonly [observation: Space, action: Space] => {
  const texts = made.map(({ observationSpace, actionSpace }) => JSON.stringify([observationSpace, actionSpace]))
  const other = texts.find((text) => text !== texts[0])
  if (other !== undefined) throw new Bl1Error('vector/envs', { expected: `equal spaces: ${texts[0]}`, received: other })
  return [spaceFromJSON(made[0].observationSpace), spaceFromJSON(made[0].actionSpace)]
}
