/** What a command line asks for: which configs are trained, where, and whether they go on from an earlier run. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Bl1Error } from '../../errors.js'
import { asJson, createRunFolder, firstDifference, loadConfig, type ConfigOverride } from '../../io/index.js'
import { trainingSchema, type TrainingConfig } from './experiment.js'
import { CONFIG_FILE } from './run.js'
import type { SeedTask } from './seedRun.js'

/** Options of `bl1 train`. */
export interface TrainFlags {
  readonly steps?: number
  readonly seed?: number
  readonly seeds?: number
  readonly jobs: number
  readonly neurons?: number
  readonly backend?: string
  readonly out?: string
  readonly resume?: string
  readonly json?: boolean
}

/** What is to be done. */
export interface TrainingPlan {
  /** The folder of the run. */
  readonly folder: string
  /** The config of the whole run; with several seeds, of the first. */
  readonly config: TrainingConfig
  readonly tasks: readonly SeedTask[]
}

const seedFolder = (folder: string, seed: number): string => join(folder, `seed-${seed}`)

const overridesOf = ({ steps, seed, neurons, backend }: TrainFlags): ConfigOverride[] => [
  { path: 'training.steps', value: steps, origin: '--steps' },
  { path: 'seed', value: seed, origin: '--seed' },
  { path: 'culture.neurons', value: neurons, origin: '--neurons' },
  { path: 'training.backend', value: backend, origin: '--backend' },
]

/** Threads that share the dishes of one training: the machine is shared with the others. */
const threadsOf = (tasks: number, jobs: number): SeedTask['threads'] => (Math.min(tasks, jobs) > 1 ? 1 : 'auto')

/**
 * A new run: one folder, in it one for each seed if there are several (seed, seed + 1, ...).
 * @throws Bl1Error those of loadConfig and createRunFolder
 */
export const planRun = (file: string, flags: TrainFlags): TrainingPlan => {
  const { config } = loadConfig(file, trainingSchema, { overrides: overridesOf(flags) })
  const folder = createRunFolder({ name: 'train', config, ...(flags.out === undefined ? {} : { out: flags.out }) }).path
  const count = flags.seeds ?? 1
  const threads = threadsOf(count, flags.jobs)
  const tasks = Array.from({ length: count }, (_, k): SeedTask => {
    const own = { ...config, seed: config.seed + k }
    return { config: own, folder: flags.seeds === undefined ? folder : seedFolder(folder, own.seed), resume: false, threads }
  })
  return { folder, config, tasks }
}

/** The folders of single trainings in the folder of a run: itself, or those of its seeds. @throws Bl1Error `train/folder` */
export const trainingFolders = (folder: string): string[] => {
  const refuse = (reason: string): never => {
    throw new Bl1Error('train/folder', { folder, reason })
  }
  if (!existsSync(folder)) return refuse('there is no such folder')
  const seeds = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && /^seed-\d+$/.test(entry.name))
  const folders = seeds.map(({ name }) => join(folder, name)).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  if (folders.length > 0) return folders
  return existsSync(join(folder, CONFIG_FILE)) ? [folder] : refuse(`there is no ${CONFIG_FILE} in it`)
}

/** What of a config may change when a run goes on: how long it is, and what is written meanwhile. */
const comparable = ({ training: { steps: _steps, checkpointEverySteps: _every, ...training }, seed: _seed, ...config }: TrainingConfig): unknown => ({ ...config, training })

/**
 * An earlier run that goes on, with its own configs.
 * @param file the config it was begun with, where the user named it: it must be the same
 * @throws Bl1Error `train/folder`, `results/other-run` naming the first key that differs, those of loadConfig
 */
export const planResumed = (folder: string, file: string | undefined, flags: TrainFlags): TrainingPlan => {
  const folders = trainingFolders(folder)
  const threads = threadsOf(folders.length, flags.jobs)
  const tasks = folders.map((own): SeedTask => {
    const { config } = loadConfig(join(own, CONFIG_FILE), trainingSchema, { overrides: overridesOf({ ...(flags.steps === undefined ? {} : { steps: flags.steps }), jobs: flags.jobs }) })
    return { config, folder: own, resume: true, threads }
  })
  const [{ config }] = tasks
  if (file !== undefined) {
    const asked = loadConfig(file, trainingSchema, { overrides: overridesOf(flags) }).config
    const difference = firstDifference(asJson(comparable(config), 'config'), asJson(comparable(asked), 'config'))
    if (difference !== undefined) {
      const { path, before, after } = difference
      throw new Bl1Error('results/other-run', { file: join(folder, CONFIG_FILE), path, stored: before, received: after })
    }
  }
  return { folder, config, tasks }
}
