/** A fixed number of worker threads that share a list of tasks. */
import { Worker } from 'node:worker_threads'
import type { ResourceLimits, Transferable } from 'node:worker_threads'
import { Bl1Error } from '../errors.js'
import type { ErrorTable } from '../errors.js'
import { reasonOf } from './reasonOf.js'
import type { TaskMessage, WorkerMessage } from './workerProtocol.js'

/** How many threads, and what they are given. */
export interface WorkerPoolOptions {
  /** Number of worker threads, at least 1. */
  readonly size: number
  /** Stops everything when it fires: workers end, and what is pending rejects with `run/interrupted`. */
  readonly signal?: AbortSignal
  /** Handed to every worker as `workerData` of node:worker_threads. */
  readonly workerData?: unknown
  /** Memory limits of each worker, as in node:worker_threads. */
  readonly resourceLimits?: ResourceLimits
  /** How long a worker may take to load. @default 60 000 */
  readonly startLimitMs?: number
}

/** What goes with one task. */
export interface RunOptions<Progress> {
  /** Buffers inside the task to be moved, not copied. */
  readonly transfer?: readonly Transferable[]
  /** Called with each progress message of this task. */
  readonly onProgress?: (progress: Progress) => void
}

interface Job<Task, Result, Progress> {
  readonly id: number
  readonly task: Task
  readonly transfer: readonly Transferable[]
  readonly onProgress: (progress: Progress) => void
  readonly resolve: (result: Result) => void
  readonly reject: (error: Error) => void
}

interface Member<Task, Result, Progress> {
  readonly name: string
  readonly thread: Worker
  readonly startTimer: NodeJS.Timeout
  job: Job<Task, Result, Progress> | undefined
}

/**
 * Runs tasks on worker threads, one at a time on each, in the order in which they came.
 *
 * An error thrown by a task rejects that task alone. A worker that dies takes the pool with it: everything pending rejects, and the
 * other workers are stopped. Idle workers do not keep the process alive.
 *
 * @example
 * ```ts
 * const pool = new WorkerPool<Task, Result>(new URL('./trial.worker.js', import.meta.url), { size: 2 })
 * try { results = await Promise.all(tasks.map((task) => pool.run(task))) } finally { await pool.close() }
 * ```
 */
export class WorkerPool<Task, Result, Progress = never> {
  readonly #members: Member<Task, Result, Progress>[] = []
  readonly #waiting: Job<Task, Result, Progress>[] = []
  readonly #signal: AbortSignal | undefined
  readonly #startLimitMs: number
  #nextId = 0
  /** Why the pool takes no more work. */
  #ended: Bl1Error | undefined
  #closing: Promise<void> | undefined

  /**
   * @param file the worker's file, which calls `serveWorker`
   * @throws Bl1Error `run/workers` when the size is not a whole number of at least 1
   */
  constructor(file: URL | string, { size, signal, workerData, resourceLimits, startLimitMs = 60_000 }: WorkerPoolOptions) {
    if (!Number.isSafeInteger(size) || size < 1) throw new Bl1Error('run/workers', { received: String(size) })
    this.#signal = signal
    this.#startLimitMs = startLimitMs
    if (signal?.aborted === true) {
      this.#interrupt()
      return
    }
    signal?.addEventListener('abort', this.#interrupt, { once: true })
    const limits = resourceLimits === undefined ? {} : { resourceLimits }
    for (let index = 1; index <= size; index++) this.#start(String(index), new Worker(file, { workerData, ...limits }))
  }

  /**
   * Puts a task in the queue.
   * @returns what the worker answers
   * @throws Bl1Error (as a rejection) `run/worker-failed` with the worker's stack, `run/worker-died`, `run/worker-silent`,
   * `run/interrupted`, `run/not-transferable`, `run/pool-closed`
   */
  run(task: Task, { transfer = [], onProgress = () => undefined }: RunOptions<Progress> = {}): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) return reject(this.#ended)
      this.#waiting.push({ id: this.#nextId++, task, transfer, onProgress, resolve, reject })
      this.#dispatch()
    })
  }

  /** Stops all workers; what is pending rejects with `run/pool-closed`. Resolves when every thread has ended. */
  close(): Promise<void> {
    return this.#end(new Bl1Error('run/pool-closed', { size: this.#members.length }))
  }

  readonly #interrupt = (): void => {
    void this.#end(new Bl1Error('run/interrupted', { doing: 'the work of the worker threads' }))
  }

  #start(name: string, thread: Worker): void {
    const late = (): void => this.#fail('run/worker-silent', { worker: name, limitMs: this.#startLimitMs })
    const died = (reason: string, cause?: unknown): void => this.#fail('run/worker-died', { worker: name, reason }, cause)
    const startTimer = setTimeout(late, this.#startLimitMs).unref()
    const member: Member<Task, Result, Progress> = { name, thread, startTimer, job: undefined }
    this.#members.push(member)
    // The shape of a message is settled by workerProtocol.ts: this is where its types enter.
    thread.on('message', (message: WorkerMessage<Result, Progress>) => this.#receive(member, message))
    thread.on('messageerror', (error) => died(`an unreadable message: ${reasonOf(error)}`, error))
    thread.on('error', (error) => died(reasonOf(error), error))
    thread.on('exit', (code) => died(`it ended with exit code ${code}`))
    thread.unref()
  }

  #receive(member: Member<Task, Result, Progress>, message: WorkerMessage<Result, Progress>): void {
    clearTimeout(member.startTimer)
    if (message.type === 'ready') return
    const { job } = member
    // A message about an earlier task, sent by a handler that goes on after its answer, concerns nobody.
    if (job === undefined || job.id !== message.id) return
    if (message.type === 'progress') return job.onProgress(message.progress)

    member.job = undefined
    member.thread.unref()
    if (message.type === 'result') job.resolve(message.result)
    else {
      const { error } = message
      const cause = Object.assign(new Error(error.message), { name: error.name, stack: error.stack })
      job.reject(new Bl1Error('run/worker-failed', { worker: member.name, ...error }, { cause }))
    }
    this.#dispatch()
  }

  /** Gives waiting tasks to idle workers. A task posted to a worker that still loads waits in its inbox. */
  #dispatch(): void {
    for (const member of this.#members) {
      while (member.job === undefined) {
        const job = this.#waiting.shift()
        if (job === undefined) return
        const message: TaskMessage<Task> = { type: 'task', id: job.id, task: job.task }
        try {
          member.thread.postMessage(message, job.transfer)
        } catch (error) {
          job.reject(new Bl1Error('run/not-transferable', { reason: reasonOf(error) }, { cause: error }))
          continue
        }
        member.job = job
        member.thread.ref()
      }
    }
  }

  #fail<C extends 'run/worker-died' | 'run/worker-silent'>(code: C, data: ErrorTable[C], cause?: unknown): void {
    void this.#end(new Bl1Error(code, data, { cause }))
  }

  /** The one way to end: the first reason counts, every pending task hears it, every thread is stopped. */
  #end(reason: Bl1Error): Promise<void> {
    if (this.#closing !== undefined) return this.#closing
    this.#ended = reason
    this.#signal?.removeEventListener('abort', this.#interrupt)
    const pending = [...this.#members.flatMap(({ job }) => job ?? []), ...this.#waiting.splice(0)]
    this.#closing = Promise.all(this.#members.map(async (member) => {
      clearTimeout(member.startTimer)
      member.job = undefined
      await member.thread.terminate()
    })).then(() => undefined)
    for (const job of pending) job.reject(reason)
    return this.#closing
  }
}
