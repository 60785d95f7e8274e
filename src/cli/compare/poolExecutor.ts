/** Runs the work of a comparison on worker threads. */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { BroadcastChannel } from 'node:worker_threads'
import type { Executor, GameTypes } from '../../bench/index.js'
import { Bl1Error } from '../../errors.js'
import { WorkerPool } from '../../io/index.js'
import type { Experiment } from '../experiment.js'
import type { CompareAnswer, CompareData, CompareTask } from './protocol.js'

/** An executor and what ends its threads. */
export interface PoolExecutor<G extends GameTypes> extends Executor<G> {
  /** Stops what runs, gives it time to close what it started, and ends the threads. */
  close(): Promise<void>
}

/** How the work is stopped. */
export interface StopOptions {
  readonly signal: AbortSignal
  /** Longest time that running trials get to end by themselves, ms. */
  readonly stopLimitMs: number
}

/** Threads that are ended from outside close nothing, so those with games of their own are first asked to stop. */
export const poolExecutor = <G extends GameTypes>(experiment: Experiment, jobs: number, { signal, stopLimitMs }: StopOptions): PoolExecutor<G> => {
  const stopChannel = `bl1-compare-${randomUUID()}`
  const workerData: CompareData = { experiment, stopChannel }
  const pool = new WorkerPool<CompareTask<G>, CompareAnswer<G>, number>(new URL('./worker.js', import.meta.url), { size: jobs, workerData })
  const running = new Set<Promise<unknown>>()
  let closing: Promise<void> | undefined

  const stop = async (): Promise<void> => {
    const port = new BroadcastChannel(stopChannel)
    const tell = (message: string): void => port.postMessage(message)
    tell('stop')
    const late = new AbortController()
    if (stopLimitMs > 0) await Promise.race([Promise.allSettled(running), wait(stopLimitMs, undefined, { signal: late.signal }).catch(() => undefined)])
    late.abort()
    port.close()
    await pool.close()
  }
  const close = (): Promise<void> => (closing ??= stop())
  const interrupt = (): void => void close()
  if (signal.aborted) interrupt()
  else signal.addEventListener('abort', interrupt, { once: true })

  const run = async (task: CompareTask<G>, onProgress: (simulatedMs: number) => void): Promise<CompareAnswer<G>> => {
    const answer = pool.run(task, { onProgress })
    running.add(answer)
    try {
      return await answer
    } catch (error) {
      if (signal.aborted) throw new Bl1Error('run/interrupted', { doing: 'the work of the worker threads' }, { cause: error })
      throw error
    } finally {
      running.delete(answer)
    }
  }
  const mismatch = (): never => {
    throw new Bl1Error('run/worker-died', { worker: 'of the comparison', reason: 'it answered another question' })
  }
  return {
    prepare: async (seed, { onSimulated = () => undefined }) => {
      const answer = await run({ type: 'prepare', seed }, onSimulated)
      return answer.type === 'prepare' ? answer.prepared : mismatch()
    },
    trial: async (prepared, condition, { onSimulated = () => undefined, script, keepRaster }) => {
      const options = { ...(script === undefined ? {} : { script }), ...(keepRaster === undefined ? {} : { keepRaster }) }
      const answer = await run({ type: 'trial', prepared, condition, options }, onSimulated)
      return answer.type === 'trial' ? answer.result : mismatch()
    },
    close: async () => {
      signal.removeEventListener('abort', interrupt)
      await close()
    },
  }
}
