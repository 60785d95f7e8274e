/** A worker thread of `bl1 compare`: prepares cultures and runs trials. The experiment comes with the thread, the work with the task. */
import { workerData } from 'node:worker_threads'
import { prepareCulture, runTrial } from '../../bench/index.js'
import { serveWorker } from '../../io/index.js'
import { readParameters } from '../../parameters.js'
import { experimentSchema, trialParts } from '../experiment.js'
import type { CompareAnswer, CompareTask } from './protocol.js'

const parts = trialParts(readParameters(experimentSchema, workerData, 'worker thread'))

serveWorker<CompareTask, CompareAnswer, number>((task, { progress }) =>
  task.type === 'prepare'
    ? { type: 'prepare', prepared: prepareCulture(parts, task.seed, progress) }
    : { type: 'trial', result: runTrial(parts, task.prepared, task.condition, { ...task.options, onSimulated: progress }) },
)
