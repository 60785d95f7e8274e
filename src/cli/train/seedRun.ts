/** One training from its folder: what the command runs for a single seed, and a worker thread for each of several. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ThreadChoice } from '../../culture/index.js'
import { throwIfInterrupted } from '../context.js'
import { buildParts } from './build.js'
import type { TrainingConfig } from './experiment.js'
import { LAST_CHECKPOINT, trainRun, type RunOptions, type RunResult } from './run.js'
import { readState } from './state.js'

/** What is trained, and where. */
export interface SeedTask {
  readonly config: TrainingConfig
  /** Made already, with its config in it. */
  readonly folder: string
  /** Goes on from `last.ckpt` where there is one. */
  readonly resume: boolean
  readonly threads: ThreadChoice
}

/** What came of it, and what computed. */
export interface SeedResult extends RunResult {
  readonly backend: string
}

/** Who watches, and who stops it. */
export type SeedWatch = Pick<RunOptions, 'signal' | 'onReport' | 'onNote'>

/**
 * Trains in a folder until the end or the signal.
 * @throws Bl1Error those of buildParts and trainRun, `checkpoint/...`
 */
export const runSeed = async ({ config, folder, resume, threads }: SeedTask, watch: SeedWatch): Promise<SeedResult> => {
  throwIfInterrupted(watch.signal, 'the start of a training')
  const file = join(folder, LAST_CHECKPOINT)
  const resumeFrom = resume && existsSync(file) ? readState(file) : undefined
  const parts = await buildParts(config, { threads })
  try {
    const result = await trainRun(parts, { folder, ...watch, ...(resumeFrom === undefined ? {} : { resumeFrom }) })
    return { ...result, backend: parts.backend.description }
  } finally {
    await parts.close()
  }
}
