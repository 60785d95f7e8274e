/** Runs the work of a comparison on worker threads. */
import type { Executor, GameTypes, Stage } from '../../bench/index.js'
import { Bl1Error } from '../../errors.js'
import { WorkerPool } from '../../io/index.js'
import { newStopChannel, StoppablePool, type StopOptions } from '../stopChannel.js'
import type { CompareAnswer, CompareData, CompareTask } from './protocol.js'

/** An executor and what ends its threads. */
export interface PoolExecutor<G extends GameTypes> extends Executor<G> {
  /** Stops what runs, gives it time to close what it started, and ends the threads. */
  close(): Promise<void>
}

/** Puts a task to a thread and waits for its answer. */
export type Ask<G extends GameTypes> = (task: CompareTask<G>, onSimulated: (simulatedMs: number) => void) => Promise<CompareAnswer<G>>

/** An executor whose work is done by whoever answers. @param stage the one that those who answer make for themselves too */
export const askingExecutor = <G extends GameTypes>(stage: Pick<Stage<G>, 'scriptOf'>, ask: Ask<G>): Executor<G> => {
  const mismatch = (): never => {
    throw new Bl1Error('run/worker-died', { worker: 'of the comparison', reason: 'it answered another question' })
  }
  return {
    prepare: async (seed, { onSimulated = () => undefined }) => {
      const answer = await ask({ type: 'prepare', seed }, onSimulated)
      return answer.type === 'prepare' ? answer.prepared : mismatch()
    },
    trial: async (prepared, condition, { onSimulated = () => undefined, script, keepRaster }) => {
      const details = { ...(script === undefined ? {} : { script }), ...(keepRaster === undefined ? {} : { keepRaster }) }
      const answer = await ask({ type: 'trial', prepared, condition, options: details }, onSimulated)
      return answer.type === 'trial' ? answer.result : mismatch()
    },
    scriptOf: (result) => stage.scriptOf(result),
  }
}

/**
 * Threads that are ended from outside close nothing, so those with games of their own are first asked to stop.
 * @param stage the one that the threads make for themselves too
 */
export const poolExecutor = <G extends GameTypes>(
  stage: Pick<Stage<G>, 'scriptOf'>,
  data: Omit<CompareData, 'stopChannel'>,
  jobs: number,
  options: StopOptions,
): PoolExecutor<G> => {
  const stopChannel = newStopChannel()
  const workerData: CompareData = { ...data, stopChannel }
  const workers = new WorkerPool<CompareTask<G>, CompareAnswer<G>, number>(new URL('./worker.js', import.meta.url), { size: jobs, workerData })
  const pool = new StoppablePool(workers, stopChannel, options)
  return { ...askingExecutor(stage, (task, onSimulated) => pool.run(task, onSimulated)), close: () => pool.close() }
}
