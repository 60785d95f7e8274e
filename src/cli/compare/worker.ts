/** A worker thread of `bl1 compare`: prepares cultures and runs trials. The experiment comes with the thread, the work with the task. */
import { BroadcastChannel, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { prepareCulture, runTrial, type GameTypes } from '../../bench/index.js'
import { serveWorker } from '../../io/index.js'
import { readParameters } from '../../parameters.js'
import { experimentSchema } from '../experiment.js'
import { withContest, type Contest } from './contest.js'
import type { CompareAnswer, CompareTask } from './protocol.js'

const data = readParameters(z.object({ experiment: experimentSchema, stopChannel: z.string() }), workerData, 'worker thread')

/** Fires when the command asks the threads to stop: games are then closed by those who started them. */
const stopping = new AbortController()
const channel = new BroadcastChannel(data.stopChannel)
channel.addEventListener('message', () => stopping.abort(), { once: true })
channel.unref()

await withContest(data.experiment, <G extends GameTypes>({ stage }: Contest<G>) => {
  serveWorker<CompareTask<G>, CompareAnswer<G>, number>(async (task, { progress }) => {
    const watch = { onSimulated: progress, signal: stopping.signal }
    if (task.type === 'prepare') return { type: 'prepare', prepared: await prepareCulture(stage, task.seed, watch) }
    return { type: 'trial', result: await runTrial(stage, task.prepared, task.condition, { ...task.options, ...watch }) }
  })
})
