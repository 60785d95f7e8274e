/** A worker thread of `bl1 train --seeds`: one training after the other. Told to stop, it leaves a checkpoint that can be gone on from. */
import { workerData } from 'node:worker_threads'
import { serveWorker } from '../../io/index.js'
import { readParameters } from '../../parameters.js'
import { stopSignal } from '../stopChannel.js'
import { seedTaskSchema, workerDataSchema, type SeedNews } from './protocol.js'
import { runSeed, type SeedResult } from './seedRun.js'

const signal = stopSignal(readParameters(workerDataSchema, workerData, 'worker thread').stopChannel)

serveWorker<unknown, SeedResult, SeedNews>((task, { progress }) =>
  runSeed(readParameters(seedTaskSchema, task, 'training task'), {
    signal,
    onReport: (report) => progress({ report }),
    onNote: (note) => progress({ note }),
  }),
)
