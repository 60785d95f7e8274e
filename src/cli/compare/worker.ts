/** A worker thread of `bl1 compare`: prepares cultures and runs trials. The experiment comes with the thread, the work with the task. */
import { workerData } from 'node:worker_threads'
import { z } from 'zod'
import type { GameTypes } from '../../bench/index.js'
import { serveWorker } from '../../io/index.js'
import { readParameters } from '../../parameters.js'
import { experimentSchema } from '../experiment.js'
import { stopSignal } from '../stopChannel.js'
import { withContest, type Contest } from './contest.js'
import type { CompareAnswer, CompareTask } from './protocol.js'
import { workOn } from './workOn.js'

const data = readParameters(z.object({ experiment: experimentSchema, agents: z.array(z.string()), stopChannel: z.string() }), workerData, 'worker thread')

const signal = stopSignal(data.stopChannel)

await withContest(data.experiment, data.agents, <G extends GameTypes>({ stage }: Contest<G>) => {
  serveWorker<CompareTask<G>, CompareAnswer<G>, number>((task, { progress }) => workOn(stage, task, { onSimulated: progress, signal }))
})
