/** Trains an agent anew with something taken from it, in a folder of its own; a run that was stopped goes on from there. */
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Bl1Error } from '../../errors.js'
import { makeFolder } from '../../io/index.js'
import { buildParts, type BuildOptions } from '../train/build.js'
import type { TrainingConfig } from '../train/experiment.js'
import { describeRun, LAST_CHECKPOINT, trainRun, type RunReport } from '../train/run.js'
import { readState } from '../train/state.js'

/** Where to, and who watches. */
export interface TrainAnewOptions extends BuildOptions {
  readonly folder: string
  readonly signal: AbortSignal
  readonly onReport: (report: RunReport) => void
}

/**
 * @param checkpoint of the agent that this is compared with: its last one is compared with the last one, its best with the best
 * @returns the path of what to play
 * @throws Bl1Error `run/interrupted`, and those of trainRun
 */
export const trainAnew = async (config: TrainingConfig, checkpoint: string, { folder, signal, onReport, ...build }: TrainAnewOptions): Promise<string> => {
  makeFolder(folder)
  const last = join(folder, LAST_CHECKPOINT)
  const resumeFrom = existsSync(last) ? readState(last) : undefined
  if (resumeFrom === undefined) describeRun(folder, config)
  const parts = await buildParts(config, build)
  try {
    const { interrupted } = await trainRun(parts, { folder, signal, onReport, ...(resumeFrom === undefined ? {} : { resumeFrom }) })
    if (interrupted) throw new Bl1Error('run/interrupted', { doing: `training anew in ${folder}` })
  } finally {
    await parts.close()
  }
  return basename(checkpoint) === LAST_CHECKPOINT ? last : folder
}
