/** Several seeds on worker threads. They end with this process, however it ends. */
import { Bl1Error } from '../../errors.js'
import { WorkerPool } from '../../io/index.js'
import { newStopChannel, StoppablePool } from '../stopChannel.js'
import type { TrainingDisplay } from './display.js'
import type { SeedNews } from './protocol.js'
import type { SeedResult, SeedTask } from './seedRun.js'

/** A worker that was told to stop finishes its update and writes its checkpoint; after this it is ended, ms. */
const STOP_LIMIT_MS = 60_000

/** What is trained side by side. */
export interface SideBySide {
  readonly tasks: readonly SeedTask[]
  /** Worker threads. */
  readonly jobs: number
  readonly signal: AbortSignal
  readonly display: TrainingDisplay
}

const failureOf = (seed: number, error: unknown): Bl1Error => {
  const failed = error instanceof Bl1Error && error.code === 'run/worker-failed' ? error.data : {}
  const reason = 'message' in failed ? failed.message : error instanceof Error ? error.message : String(error)
  return new Bl1Error('train/seed-failed', { seed, reason, code: 'code' in failed ? failed.code : undefined }, { cause: error })
}

/**
 * Trains all. When the signal fires, and when one of them fails, the others stop at their next step, each with its checkpoint.
 * @returns in the order of the tasks; undefined for those that were stopped before they began
 * @throws Bl1Error `train/seed-failed` for the first that failed
 */
export const trainSideBySide = async ({ tasks, jobs, signal, display }: SideBySide): Promise<(SeedResult | undefined)[]> => {
  const stopping = new AbortController()
  const stop = (): void => stopping.abort()
  const stopChannel = newStopChannel()
  const threads = new WorkerPool<SeedTask, SeedResult, SeedNews>(new URL('./worker.js', import.meta.url), { size: Math.min(jobs, tasks.length), workerData: { stopChannel } })
  const pool = new StoppablePool(threads, stopChannel, { signal: stopping.signal, stopLimitMs: STOP_LIMIT_MS })
  let failure: Bl1Error | undefined
  const runOne = async (task: SeedTask): Promise<SeedResult | undefined> => {
    const name = `seed ${task.config.seed}`
    try {
      return await pool.run(task, (news) => ('report' in news ? display.report(name, news.report) : display.note(`${name}: ${news.note}`)))
    } catch (error) {
      if (!stopping.signal.aborted) failure = failureOf(task.config.seed, error)
      stop()
      return undefined
    }
  }
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  try {
    const results = await Promise.all(tasks.map(runOne))
    if (failure !== undefined) throw failure
    return results
  } finally {
    signal.removeEventListener('abort', stop)
    await pool.close()
  }
}
