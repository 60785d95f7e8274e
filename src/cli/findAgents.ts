/** The trained agents that were asked for: their checkpoints, their names, and whether they belong together. */
import { statSync } from 'node:fs'
import { Bl1Error } from '../errors.js'
import { asJson, checkpointHash, firstDifference } from '../io/index.js'
import type { TrainingConfig } from './train/experiment.js'
import { trainingFolders } from './train/plan.js'
import { readState } from './train/state.js'
import { checkpointAt } from './train/trained.js'
import type { TrainedAgent } from './trainedAgent.js'

/** The path itself, or the folders of the seeds of one run. @throws Bl1Error `train/folder` */
const runsIn = (path: string): string[] => (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? trainingFolders(path) : [path])

/** Everything but what may differ between the agents of one question: seed, name, and where the networks are computed. */
const questionOf = ({ seed: _seed, title: _title, training: { backend: _backend, ...training }, ...config }: TrainingConfig) => asJson({ ...config, training }, 'config')

const requireCulture = ({ file, config }: Omit<TrainedAgent, 'name'>): void => {
  if (config.agent !== 'culture') throw new Bl1Error('trained/unfit', { file, reason: 'it is an ordinary network, with no culture in its middle' })
  if (config.spikes !== 'real') throw new Bl1Error('trained/unfit', { file, reason: `it was trained with spikes '${config.spikes}', not with real ones` })
}

/**
 * Finds the checkpoints.
 * @param paths checkpoints, folders of runs, folders that hold a run for each seed
 * @throws Bl1Error `checkpoint/...`, `train/folder`, `trained/unfit`, `trained/other-config`, `trained/twice`
 */
export const findAgents = (paths: readonly string[]): TrainedAgent[] => {
  const found = paths.flatMap(runsIn).map((path) => {
    const file = checkpointAt(path)
    const { config, progress } = readState(file)
    return { file, hash: checkpointHash(file), config, steps: progress.counters.steps }
  })
  found.forEach(requireCulture)
  const [first, ...others] = found
  for (const other of others) {
    const difference = firstDifference(questionOf(first.config), questionOf(other.config))
    if (difference !== undefined) throw new Bl1Error('trained/other-config', { first: first.file, other: other.file, path: difference.path })
  }
  return found.map((agent, k) => {
    const twin = found.find((other, at) => at < k && other.hash === agent.hash)
    if (twin !== undefined) throw new Bl1Error('trained/twice', { first: twin.file, other: agent.file })
    const isAlone = found.filter(({ config }) => config.seed === agent.config.seed).length === 1
    return { ...agent, name: `seed-${agent.config.seed}${isAlone ? '' : `-${agent.hash}`}` }
  })
}
