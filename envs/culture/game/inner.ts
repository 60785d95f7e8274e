/** The game inside: made by its id, refused where it cannot be played in step with a culture. */
import { isSaveable, make, registeredSpec, type AnyEnv, type Env, type Saveable } from '../../../src/env/index.js'
import { Bl1Error } from '../../../src/errors.js'
import { isFlattenable } from '../../../src/spaces/index.js'
import { DEFAULT_GAME, type CultureGameParameters } from './parameters.js'

/** A game that can be played. */
export type InnerGame = Env & Saveable

const isSync = (env: AnyEnv): env is Env => env.sync

/**
 * Makes the game.
 * @throws Bl1Error `culture-env/game` for one that answers later, cannot be saved or shows what cannot be flattened; and what making it
 * throws, as `env/unknown`
 */
export const makeGame = async ({ game, gameOptions, renderMode, stepMs }: CultureGameParameters): Promise<InnerGame> => {
  const clock = game === DEFAULT_GAME ? { tickMs: stepMs } : {}
  const options = { ...clock, ...gameOptions, ...(renderMode === undefined ? {} : { renderMode }) }
  const env = await make({ ...registeredSpec(game), options })
  const refuse = async (expected: string, received: string): Promise<never> => {
    await env.close()
    throw new Bl1Error('culture-env/game', { game, expected, received })
  }
  if (!isSync(env)) return refuse('a game that steps at once', 'one that answers later: play it with SteppedLoop')
  if (!isSaveable(env)) return refuse('a game whose state can be saved', 'one without save() and load()')
  if (!isFlattenable(env.observationSpace)) return refuse('observations of a fixed length', env.observationSpace.kind)
  return env
}
