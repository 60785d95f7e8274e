/** What `bl1 ablate` and its worker threads say to each other, and what is kept of each piece of work. */
import { z } from 'zod'
import { ABLATION_NAMES, type AblationName } from '../../bench/index.js'
import type { ThreadChoice } from '../../culture/index.js'
import type { TrainingConfig } from '../train/experiment.js'

/** What every thread is given. */
export interface AblateData {
  readonly episodes: number
  /** Which of the held-out episodes: the `--seed` of an evaluation. */
  readonly seed: number
  readonly greedy: boolean
  /** Budget of training anew; null: the agent's own. */
  readonly steps: number | null
  readonly backend: TrainingConfig['training']['backend'] | null
  /** Threads that share the dishes of one piece of work. */
  readonly threads: ThreadChoice
  /** Where the runs of training anew stand. */
  readonly folder: string
  /** Name of the channel on which the threads are told to stop. */
  readonly stopChannel: string
}

/** One agent, played one way. */
export interface AblateTask {
  readonly agent: string
  readonly checkpoint: string
  readonly condition: AblationName
  /** Mean of each spike feature as trained; none before that is known. */
  readonly rates: readonly number[]
}

/** On the way: how far training anew is. */
export interface AblateProgress {
  readonly steps: number
  readonly totalSteps: number
  readonly recentReturn: number | null
}

/** What is kept of one piece of work. */
export const ablateAnswer = z.strictObject({
  agent: z.string(),
  condition: z.enum(ABLATION_NAMES),
  returns: z.array(z.number()),
  lengths: z.array(z.int()),
  featureMeans: z.array(z.number()),
  cellRateHz: z.number().nullable(),
})
/** One agent, played one way. */
export type AblateAnswer = z.output<typeof ablateAnswer>
