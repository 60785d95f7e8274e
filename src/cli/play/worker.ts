/** The worker thread of `bl1 play`: it may wait for the clock while the command listens for Ctrl-C and draws. */
import { workerData } from 'node:worker_threads'
import { serveWorker } from '../../io/index.js'
import { readParameters } from '../../parameters.js'
import { experimentSchema } from '../experiment.js'
import type { PlayAnswer, PlayProgress, PlayTask } from './protocol.js'
import { playSession } from './session.js'

const experiment = readParameters(experimentSchema, workerData, 'worker thread')

serveWorker<PlayTask, PlayAnswer, PlayProgress>((task, { progress }) => playSession(experiment, task, progress))
