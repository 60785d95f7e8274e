/** What every environment's constructor checks about its spec. */
import { z } from 'zod'
import { describe } from '../describe.js'
import { Bl1Error } from '../errors.js'
import type { EnvMetadata, EnvSettings, RenderMode } from './types.js'

/** @throws Bl1Error `env/render-mode` unless the metadata lists the mode */
export const requireRenderMode = (id: string, metadata: EnvMetadata, mode: RenderMode | undefined): void => {
  if (mode === undefined || metadata.renderModes.includes(mode)) return
  throw new Bl1Error('env/render-mode', { id, modes: metadata.renderModes, received: mode })
}

const specJSON = z.strictObject({
  id: z.string(),
  options: z.record(z.string(), z.unknown()),
  maxEpisodeSteps: z.number().optional(),
  nondeterministic: z.boolean().optional(),
  rewardThreshold: z.number().optional(),
  wrappers: z.array(z.strictObject({ name: z.string(), options: z.record(z.string(), z.unknown()) })).optional(),
})

/** @throws Bl1Error `env/spec` for what has not the form of a spec: it may come from a file */
export const requireSpec = (spec: unknown): void => {
  const { error } = specJSON.safeParse(spec)
  if (error === undefined) return
  throw new Bl1Error('env/spec', { expected: `the form of an EnvSpec (${z.prettifyError(error)})`, received: describe(spec) })
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
