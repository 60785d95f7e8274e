/** One thread of a worker vector, seen from the user's thread: requests that always end, and a stop that always succeeds. */
import { Worker } from 'node:worker_threads'
import { Bl1Error } from '../errors.js'
import { reasonText } from './envFailed.js'
import type { Answers, Reply, Request, ThreadFailure } from './workerProtocol.js'

/** How long a thread may take to close its environments before it is ended by force. */
const CLOSE_LIMIT_MS = 5_000

interface Pending {
  readonly resolve: (answer: Answers[keyof Answers]) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

export class WorkerHandle {
  /** The environments `from` to `to` (exclusive) are this thread's. */
  readonly from: number
  readonly to: number
  /** Called when the thread ends without being asked to. */
  onDeath: (error: Error) => void = () => undefined
  readonly #thread: Worker
  readonly #exited: Promise<void>
  #isAlive = true
  #isStopping = false
  #lastWords: string | undefined
  #pending: Pending | undefined
  #closeFailure: Error | undefined

  constructor(from: number, to: number) {
    this.from = from
    this.to = to
    this.#thread = new Worker(new URL('./workerThread.js', import.meta.url))
    // The shape of a message is settled by workerProtocol.ts: this is where its types enter.
    this.#thread.on('message', (reply: Reply) => this.#receive(reply))
    this.#thread.on('error', (error) => {
      this.#lastWords = reasonText(error)
    })
    this.#exited = new Promise((resolve) => {
      this.#thread.on('exit', (exitCode) => {
        this.#isAlive = false
        this.#died(new Bl1Error('vector/worker-exit', { ...this.#range, exitCode, reason: this.#lastWords }))
        resolve()
      })
    })
    // An idle thread does not keep the process alive.
    this.#thread.unref()
  }

  get isAlive(): boolean {
    return this.#isAlive
  }

  /** @throws Bl1Error `vector/worker-failed`, `vector/worker-exit`, `vector/worker-timeout`, as a rejection */
  request<R extends Exclude<Request, { type: 'close' }>>(request: R, doing: string, limitMs: number): Promise<Answers[R['type']]> {
    return new Promise((resolve, reject) => {
      const late = (): void => {
        void this.#thread.terminate()
        this.#died(new Bl1Error('vector/worker-timeout', { ...this.#range, doing, limitMs }))
      }
      this.#thread.ref()
      // A thread answers a request with the answer of its type.
      this.#pending = { resolve: (answer) => resolve(answer as Answers[R['type']]), reject, timer: setTimeout(late, limitMs).unref() }
      try {
        this.#thread.postMessage(request, [])
      } catch (error) {
        this.#settle()?.reject(this.#failed({ index: undefined, message: reasonText(error), stack: '', code: undefined }))
      }
    })
  }

  /**
   * Lets the thread close its environments and end; by force where it does not within some seconds. Resolves when it has ended.
   * @throws Bl1Error `vector/worker-failed` then, as a rejection, where an environment could not be closed
   */
  async stop(): Promise<void> {
    this.#isStopping = true
    if (!this.#isAlive) return
    this.#thread.ref()
    this.#thread.postMessage({ type: 'close' } satisfies Request, [])
    const timer = setTimeout(() => void this.#thread.terminate(), CLOSE_LIMIT_MS)
    await this.#exited
    clearTimeout(timer)
    if (this.#closeFailure !== undefined) throw this.#closeFailure
  }

  get #range(): { readonly first: number; readonly last: number } {
    return { first: this.from, last: this.to - 1 }
  }

  #receive(reply: Reply): void {
    if (!reply.ok && reply.to === 'close') {
      this.#closeFailure = this.#failed(reply.failure)
      return
    }
    const pending = this.#settle()
    if (reply.ok) pending?.resolve(reply.answer)
    else pending?.reject(this.#failed(reply.failure))
  }

  /** Ends the wait for the present request. */
  #settle(): Pending | undefined {
    const pending = this.#pending
    clearTimeout(pending?.timer)
    this.#pending = undefined
    if (!this.#isStopping) this.#thread.unref()
    return pending
  }

  #died(error: Error): void {
    this.#settle()?.reject(error)
    if (!this.#isStopping) this.onDeath(error)
  }

  #failed({ index, message, code, stack }: ThreadFailure): Bl1Error<'vector/worker-failed'> {
    const cause = Object.assign(new Error(message), { stack })
    const of = index === undefined ? undefined : this.from + index
    return new Bl1Error('vector/worker-failed', { index: of, ...this.#range, message, code, stack }, { cause })
  }
}
