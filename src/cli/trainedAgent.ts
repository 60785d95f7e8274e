/** A trained agent as commands speak of it. Nothing here loads the learning library. */
import type { TrainingConfig } from './train/experiment.js'

/** An agent and where it comes from. */
export interface TrainedAgent {
  /** 'seed-3'; with the hash of its checkpoint where two have one seed. */
  readonly name: string
  readonly file: string
  readonly hash: string
  readonly config: TrainingConfig
  /** Steps it was trained for when the checkpoint was written. */
  readonly steps: number
}

/** An agent in a line of a report. */
export const agentLine = ({ name, file, hash, steps }: TrainedAgent): string => `${name}: ${file}, checkpoint ${hash}, trained for ${steps} steps`
