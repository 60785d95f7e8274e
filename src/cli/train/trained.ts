/** A trained agent from its checkpoint, ready to play. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { TrainingCounters } from '../../../agents/index.js'
import { Bl1Error } from '../../errors.js'
import { checkpointHash } from '../../io/index.js'
import { buildParts, type BuildOptions, type TrainingParts } from './build.js'
import type { TrainingConfig } from './experiment.js'
import { BEST_CHECKPOINT, LAST_CHECKPOINT } from './run.js'
import { loadMind, readState } from './state.js'

/** What a checkpoint brings back. */
export interface Trained {
  readonly file: string
  /** A short name of the checkpoint's content. */
  readonly hash: string
  readonly config: TrainingConfig
  readonly counters: TrainingCounters
  /** With the trained weights, and the culture as it was at the checkpoint. */
  readonly parts: TrainingParts
  readonly close: () => Promise<void>
}

/**
 * The checkpoint that a path means: itself, or that of a run's folder, the best before the last.
 * @throws Bl1Error `checkpoint/missing`
 */
export const checkpointAt = (path: string): string => {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return path
  const found = [BEST_CHECKPOINT, LAST_CHECKPOINT].map((name) => join(path, name)).find((file) => existsSync(file))
  if (found === undefined) throw new Bl1Error('checkpoint/missing', { file: path, reason: `the folder holds neither ${BEST_CHECKPOINT} nor ${LAST_CHECKPOINT}` })
  return found
}

/** What may be chosen anew for a trained agent: it does not change what it is. */
export interface LoadOptions extends BuildOptions {
  readonly backend?: TrainingConfig['training']['backend']
}

/**
 * Builds the parts of a checkpoint and loads weights and culture.
 * @param path a checkpoint, or the folder of a run
 * @throws Bl1Error `checkpoint/...`, `agents/architecture`, `agents/weights`, `loop/saved-dishes`, and those of buildParts
 */
export const loadTrained = async (path: string, { backend, ...options }: LoadOptions = {}): Promise<Trained> => {
  const file = checkpointAt(path)
  const { config: saved, progress: { counters }, parts: savedParts } = readState(file)
  const config = backend === undefined ? saved : { ...saved, training: { ...saved.training, backend } }
  const parts = await buildParts(config, options)
  try {
    loadMind(parts, savedParts)
  } catch (error) {
    await parts.close()
    throw error
  }
  return { file, hash: checkpointHash(file), config, counters, parts, close: () => parts.close() }
}
