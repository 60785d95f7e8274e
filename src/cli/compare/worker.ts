/** A worker thread of `bl1 compare`: prepares cultures and runs trials. The experiment comes with the thread, the work with the task. */
import { workerData } from 'node:worker_threads'
import { z } from 'zod'
import { prepareCulture, runTrial, type GameTypes } from '../../bench/index.js'
import { serveWorker } from '../../io/index.js'
import { readParameters } from '../../parameters.js'
import { experimentSchema } from '../experiment.js'
import { stopSignal } from '../stopChannel.js'
import { withContest, type Contest } from './contest.js'
import type { CompareAnswer, CompareTask } from './protocol.js'

const data = readParameters(z.object({ experiment: experimentSchema, agents: z.array(z.string()), stopChannel: z.string() }), workerData, 'worker thread')

const signal = stopSignal(data.stopChannel)

await withContest(data.experiment, data.agents, <G extends GameTypes>({ stage }: Contest<G>) => {
  serveWorker<CompareTask<G>, CompareAnswer<G>, number>(async (task, { progress }) => {
    const watch = { onSimulated: progress, signal }
    if (task.type === 'prepare') return { type: 'prepare', prepared: await prepareCulture(stage, task.seed, watch) }
    return { type: 'trial', result: await runTrial(stage, task.prepared, task.condition, { ...task.options, ...watch }) }
  })
})
