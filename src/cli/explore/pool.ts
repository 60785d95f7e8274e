/** The worker threads of an exploration: one pool for the settings of all rungs. */
import type { Executor, GameTypes, Stage } from '../../bench/index.js'
import { WorkerPool } from '../../io/index.js'
import { askingExecutor } from '../compare/poolExecutor.js'
import type { Experiment } from '../experiment.js'
import { newStopChannel, StoppablePool, type StopOptions } from '../stopChannel.js'
import type { ExploreAnswer, ExploreData, ExploreTask } from './protocol.js'

/** Where the work of settings is done. */
export interface SettingExecutors<G extends GameTypes> {
  /** The executor of one setting. */
  readonly of: (experiment: Experiment) => Executor<G>
  /** Stops what runs and ends the threads. */
  readonly close: () => Promise<void>
}

/** Starts the threads. */
export const settingPool = <G extends GameTypes>(stage: Pick<Stage<G>, 'scriptOf'>, jobs: number, options: StopOptions): SettingExecutors<G> => {
  const stopChannel = newStopChannel()
  const workerData: ExploreData = { stopChannel }
  const workers = new WorkerPool<ExploreTask<G>, ExploreAnswer<G>, number>(new URL('./worker.js', import.meta.url), { size: jobs, workerData })
  const pool = new StoppablePool(workers, stopChannel, options)
  return {
    of: (experiment) => askingExecutor(stage, (work, onSimulated) => pool.run({ experiment, work }, onSimulated)),
    close: () => pool.close(),
  }
}
