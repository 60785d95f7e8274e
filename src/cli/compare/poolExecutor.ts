/** Runs the work of a comparison on worker threads. */
import type { Executor } from '../../bench/index.js'
import { Bl1Error } from '../../errors.js'
import { WorkerPool } from '../../io/index.js'
import type { Experiment } from '../experiment.js'
import type { CompareAnswer, CompareTask } from './protocol.js'

/** An executor and what ends its threads. */
export interface PoolExecutor extends Executor {
  close(): Promise<void>
}

export const poolExecutor = (experiment: Experiment, jobs: number, signal: AbortSignal): PoolExecutor => {
  const pool = new WorkerPool<CompareTask, CompareAnswer, number>(new URL('./worker.js', import.meta.url), { size: jobs, signal, workerData: experiment })
  const mismatch = (): never => {
    throw new Bl1Error('run/worker-died', { worker: 'of the comparison', reason: 'it answered another question' })
  }
  return {
    prepare: async (seed, onSimulated) => {
      const answer = await pool.run({ type: 'prepare', seed }, { onProgress: onSimulated })
      return answer.type === 'prepare' ? answer.prepared : mismatch()
    },
    trial: async (prepared, condition, { onSimulated = () => undefined, ...options }) => {
      const answer = await pool.run({ type: 'trial', prepared, condition, options }, { onProgress: onSimulated })
      return answer.type === 'trial' ? answer.result : mismatch()
    },
    close: () => pool.close(),
  }
}
