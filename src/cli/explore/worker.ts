/** A worker thread of `bl1 explore`: prepares cultures and runs trials of whatever setting comes with the task. */
import { workerData } from 'node:worker_threads'
import { z } from 'zod'
import type { GameTypes } from '../../bench/index.js'
import { Bl1Error } from '../../errors.js'
import { serveWorker } from '../../io/index.js'
import { readParameters } from '../../parameters.js'
import { withContest, type Contest } from '../compare/contest.js'
import { workOn } from '../compare/workOn.js'
import { stopSignal } from '../stopChannel.js'
import type { ExploreAnswer, ExploreTask } from './protocol.js'

const data = readParameters(z.object({ stopChannel: z.string() }), workerData, 'worker thread')
const signal = stopSignal(data.stopChannel)

/** Cultures that leave the range of the equations are a property of their setting, and no reason to stop the search. */
const isUnstable = (error: unknown): error is Bl1Error => error instanceof Bl1Error && 'code' in error.data && error.data.code === 'culture/not-finite'

serveWorker<ExploreTask<GameTypes>, ExploreAnswer<GameTypes>, number>(async ({ experiment, work }, { progress }) => {
  try {
    return await withContest(experiment, [], <G extends GameTypes>({ stage }: Contest<G>) => workOn(stage, work, { onSimulated: progress, signal }))
  } catch (error) {
    throw isUnstable(error) ? new Bl1Error('explore/unstable', { reason: error.message }, { cause: error }) : error
  }
})
