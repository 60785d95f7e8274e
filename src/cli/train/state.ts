/** What a checkpoint of a training holds: everything that decides how it goes on, and how far it has come. */
import { z } from 'zod'
import type { TrainingCounters } from '../../../agents/index.js'
import { Bl1Error } from '../../errors.js'
import { readCheckpoint } from '../../io/index.js'
import type { TrainingParts } from './build.js'
import { trainingSchema } from './experiment.js'

/** Of the last of these episodes the mean return is shown. */
export const RECENT_EPISODES = 100

const count = z.int().min(0)
const lengthOf = z.int().min(0)

const progressSchema = z.strictObject({
  counters: z.strictObject({ steps: count, updates: count, episodes: count }),
  /** Returns and lengths of the last episodes. */
  recent: z.array(z.strictObject({ return: z.number(), length: z.number() })).max(RECENT_EPISODES).readonly(),
  /** The best mean return over the validation episodes, and when it was. */
  best: z.strictObject({ mean: z.number(), steps: count }).nullable(),
  /** Steps at the last evaluation. */
  evaluatedAt: count,
  /** Wall time spent, s. */
  seconds: z.number().min(0),
  /** Bytes of the files that grow with the run. */
  files: z.strictObject({ metrics: lengthOf, events: lengthOf }),
})

/** How far a training has come. */
export type TrainingProgress = z.output<typeof progressSchema>

const partsSchema = z.strictObject({ policy: z.unknown(), critic: z.unknown(), learner: z.unknown(), collector: z.unknown(), substrate: z.unknown() })

/** The exact state of the parts of a training. */
export type SavedParts = z.output<typeof partsSchema>

const KIND = 'bl1-training'
const VERSION = 1

const stateSchema = z.strictObject({
  kind: z.literal(KIND),
  version: z.literal(VERSION),
  packageVersion: z.string(),
  backend: z.string(),
  config: z.unknown(),
  progress: progressSchema,
  parts: partsSchema,
})

/** A checkpoint of a training, read: its config is checked, its parts are checked by those who load them. */
export type TrainingState = Omit<z.output<typeof stateSchema>, 'config'> & { readonly config: z.output<typeof trainingSchema> }

const described = (value: unknown): string => (typeof value === 'object' && value !== null ? `an object with ${Object.keys(value).join(', ') || 'nothing in it'}` : typeof value)

/** @throws Bl1Error those of readCheckpoint, `checkpoint/version`, `checkpoint/content` where it is a checkpoint of something else */
export const readState = (file: string): TrainingState => {
  const content = readCheckpoint(file)
  const front = z.object({ kind: z.literal(KIND), version: z.unknown() }).safeParse(content)
  if (!front.success) throw new Bl1Error('checkpoint/content', { file, expected: 'a training', received: described(content) })
  if (front.data.version !== VERSION) throw new Bl1Error('checkpoint/version', { file, version: String(front.data.version), expected: VERSION })
  const read = stateSchema.safeParse(content)
  const refuse = ({ issues: [issue] }: z.ZodError, at: readonly PropertyKey[] = []): never => {
    throw new Bl1Error('checkpoint/content', { file, expected: `a training, with ${[...at, ...issue.path].join('.')} in it`, received: issue.message })
  }
  if (!read.success) return refuse(read.error)
  const config = trainingSchema.safeParse(read.data.config)
  return config.success ? { ...read.data, config: config.data } : refuse(config.error, ['config'])
}

/** The state as it is written. */
export const stateOf = (parts: TrainingParts, packageVersion: string, progress: TrainingProgress, saved: SavedParts): TrainingState => ({
  kind: KIND,
  version: VERSION,
  packageVersion,
  backend: parts.backend.description,
  config: parts.config,
  progress,
  parts: saved,
})

/** The exact state of all parts. */
export const saveParts = async ({ policy, critic, learner, collector, saveSubstrate }: TrainingParts): Promise<SavedParts> => ({
  policy: policy.save(),
  critic: critic.save(),
  learner: learner.save(),
  collector: await collector.save(),
  substrate: saveSubstrate(),
})

/** Weights and dishes alone: for playing. @throws Bl1Error `agents/...`, `loop/saved-dishes` */
export const loadMind = ({ policy, critic, loadSubstrate }: TrainingParts, saved: SavedParts): void => {
  policy.load(saved.policy)
  critic.load(saved.critic)
  loadSubstrate(saved.substrate)
}

/**
 * Puts everything back.
 * @returns `exact`: what follows is bit for bit what would have followed; false where environments cannot be saved
 * @throws Bl1Error `agents/...`, `loop/saved-dishes`, `env/state`
 */
export const loadParts = async (parts: TrainingParts, saved: SavedParts): Promise<{ readonly exact: boolean }> => {
  loadMind(parts, saved)
  parts.learner.load(saved.learner)
  return parts.collector.load(saved.collector)
}

/** Nothing done yet. */
export const NO_PROGRESS: TrainingProgress = {
  counters: { steps: 0, updates: 0, episodes: 0 } satisfies TrainingCounters,
  recent: [],
  best: null,
  evaluatedAt: 0,
  seconds: 0,
  files: { metrics: 0, events: 0 },
}
