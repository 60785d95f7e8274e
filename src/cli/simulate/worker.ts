/** A worker thread of `bl1 simulate`. The experiment comes with the thread, the work with the task. */
import { workerData } from 'node:worker_threads'
import { serveWorker } from '../../io/index.js'
import { readParameters } from '../../parameters.js'
import { experimentSchema } from '../experiment.js'
import { probeElectrode } from './probe.js'
import type { SimulateAnswer, SimulateProgress, SimulateTask } from './protocol.js'
import { recordCulture } from './record.js'

const experiment = readParameters(experimentSchema, workerData, 'worker thread')

serveWorker<SimulateTask, SimulateAnswer, SimulateProgress>((task, { progress }) =>
  task.type === 'record' ? { type: 'record', ...recordCulture(experiment, task, progress) } : { type: 'probe', run: probeElectrode(experiment, task, progress) },
)
