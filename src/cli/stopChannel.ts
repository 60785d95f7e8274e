/**
 * Stops worker threads gently: they hear of it, end what they do and close what they started; who does not in time is ended from outside.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { BroadcastChannel } from 'node:worker_threads'
import { Bl1Error } from '../errors.js'
import type { WorkerPool } from '../io/index.js'

/** A worker that is still loading hears nothing: it is told again, ms. */
const TELL_EVERY_MS = 200

/** How work is stopped. */
export interface StopOptions {
  readonly signal: AbortSignal
  /** Longest time that running work gets to end by itself, ms. 0: it is ended at once. */
  readonly stopLimitMs: number
}

/** A name for a channel that nobody else uses. */
export const newStopChannel = (): string => `bl1-stop-${randomUUID()}`

/** In a worker thread: fires when the command asks its threads to stop. */
export const stopSignal = (name: string): AbortSignal => {
  const stopping = new AbortController()
  const channel = new BroadcastChannel(name)
  channel.addEventListener('message', () => stopping.abort(), { once: true })
  channel.unref()
  return stopping.signal
}

/** A pool that hears of the command's signal. */
export class StoppablePool<Task, Answer, Progress> {
  readonly #pool: WorkerPool<Task, Answer, Progress>
  readonly #channel: string
  readonly #options: StopOptions
  readonly #running = new Set<Promise<unknown>>()
  #closing: Promise<void> | undefined
  readonly #interrupt = (): void => void this.#close()

  /** @param channel the name that the threads of the pool were given */
  constructor(pool: WorkerPool<Task, Answer, Progress>, channel: string, options: StopOptions) {
    this.#pool = pool
    this.#channel = channel
    this.#options = options
    if (options.signal.aborted) this.#interrupt()
    else options.signal.addEventListener('abort', this.#interrupt, { once: true })
  }

  /** Runs a task. @throws Bl1Error `run/interrupted`, and whatever the task throws */
  async run(task: Task, onProgress: (progress: Progress) => void): Promise<Answer> {
    const answer = this.#pool.run(task, { onProgress })
    this.#running.add(answer)
    try {
      return await answer
    } catch (error) {
      if (this.#options.signal.aborted) throw new Bl1Error('run/interrupted', { doing: 'the work of the worker threads' }, { cause: error })
      throw error
    } finally {
      this.#running.delete(answer)
    }
  }

  /** Stops what runs, gives it time to close what it started, and ends the threads. */
  async close(): Promise<void> {
    this.#options.signal.removeEventListener('abort', this.#interrupt)
    await this.#close()
  }

  #close(): Promise<void> {
    return (this.#closing ??= this.#stop())
  }

  async #stop(): Promise<void> {
    const { stopLimitMs } = this.#options
    const port = new BroadcastChannel(this.#channel)
    const tell = (message: string): void => port.postMessage(message)
    tell('stop')
    const again = setInterval(() => tell('stop'), TELL_EVERY_MS)
    const late = new AbortController()
    if (stopLimitMs > 0) await Promise.race([Promise.allSettled(this.#running), wait(stopLimitMs, undefined, { signal: late.signal }).catch(() => undefined)])
    late.abort()
    clearInterval(again)
    port.close()
    await this.#pool.close()
  }
}
