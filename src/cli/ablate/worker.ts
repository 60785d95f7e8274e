/** A worker thread of `bl1 ablate`: plays an agent one way, after training it anew where that is asked for. */
import { join } from 'node:path'
import { workerData } from 'node:worker_threads'
import { z } from 'zod'
import { Bl1Error } from '../../errors.js'
import { serveWorker } from '../../io/index.js'
import { readParameters } from '../../parameters.js'
import { Rng } from '../../rng.js'
import { stopSignal } from '../stopChannel.js'
import { trainingSchema } from '../train/experiment.js'
import { seedOf } from '../train/seeds.js'
import { readState } from '../train/state.js'
import { loadTrained, type Trained } from '../train/trained.js'
import { isTrainedAnew, retrainedConfig } from './plan.js'
import { playWay } from './playWays.js'
import type { AblateAnswer, AblateData, AblateProgress, AblateTask } from './protocol.js'
import { trainAnew } from './trainAnew.js'

const data: AblateData = readParameters(
  z.strictObject({
    episodes: z.int().min(1),
    seed: z.int().min(0),
    greedy: z.boolean(),
    steps: z.int().min(1).nullable(),
    backend: trainingSchema.shape.training.unwrap().shape.backend.unwrap().nullable(),
    threads: z.union([z.literal('auto'), z.int()]),
    folder: z.string(),
    stopChannel: z.string(),
  }),
  workerData,
  'worker thread',
)
const signal = stopSignal(data.stopChannel)
const loading = { threads: data.threads, ...(data.backend === null ? {} : { backend: data.backend }) }

/** The agent that was played last: most pieces of work on one thread are about the same. */
let present: Trained | undefined

const loaded = async (path: string): Promise<Trained> => {
  if (present?.file === path) return present
  await present?.close()
  present = undefined
  present = await loadTrained(path, loading)
  return present
}

const agentOf = async ({ agent, checkpoint, condition }: AblateTask, progress: (report: AblateProgress) => void): Promise<Trained> => {
  if (!isTrainedAnew(condition)) return loaded(checkpoint)
  const { config: whole } = readState(checkpoint)
  const config = retrainedConfig(data.backend === null ? whole : { ...whole, training: { ...whole.training, backend: data.backend } }, condition, data.steps)
  const onReport = ({ steps, totalSteps, recentReturn }: AblateProgress): void => progress({ steps, totalSteps, recentReturn })
  return loaded(await trainAnew(config, checkpoint, { folder: join(data.folder, agent, condition), signal, threads: data.threads, onReport }))
}

const interrupted = (agent: string): Bl1Error => new Bl1Error('run/interrupted', { doing: `the play of ${agent}` })

serveWorker<AblateTask, AblateAnswer, AblateProgress>(async (task, { progress }) => {
  const { agent, condition, rates } = task
  if (signal.aborted) throw interrupted(agent)
  const { parts, config } = await agentOf(task, progress)
  const seed = seedOf(config, 'held-out', data.seed)
  const options = { episodes: data.episodes, seed, greedy: data.greedy, signal }
  const { episodes, featureMeans, cellRateHz } = await playWay(parts, condition, options, rates, Rng.fromSeed(seed).split(condition))
  if (episodes.length < data.episodes) throw interrupted(agent)
  return {
    agent,
    condition,
    returns: episodes.map((episode) => episode.return),
    lengths: episodes.map(({ length }) => length),
    featureMeans: [...featureMeans],
    cellRateHz,
  }
})
