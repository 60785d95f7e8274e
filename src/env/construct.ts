/** What every environment's constructor checks about its spec. */
import { Bl1Error } from '../errors.js'
import type { EnvMetadata, EnvSettings, RenderMode } from './types.js'

/** @throws Bl1Error `env/render-mode` unless the metadata lists the mode */
export const requireRenderMode = (id: string, metadata: EnvMetadata, mode: RenderMode | undefined): void => {
  if (mode === undefined || metadata.renderModes.includes(mode)) return
  throw new Bl1Error('env/render-mode', { id, modes: metadata.renderModes, received: mode })
}

/** @throws Bl1Error `env/spec` for a time limit that is not a whole number of steps, or a threshold that is no number */
export const requireSettings = ({ maxEpisodeSteps, rewardThreshold }: EnvSettings): void => {
  if (maxEpisodeSteps !== undefined && !(Number.isSafeInteger(maxEpisodeSteps) && maxEpisodeSteps > 0)) {
    throw new Bl1Error('env/spec', { expected: 'maxEpisodeSteps of 1 or more whole steps', received: String(maxEpisodeSteps) })
  }
  if (rewardThreshold !== undefined && !Number.isFinite(rewardThreshold)) {
    throw new Bl1Error('env/spec', { expected: 'a finite rewardThreshold', received: String(rewardThreshold) })
  }
}
