/**
 * Cultures as environments: CultureControl-v0, the culture alone, and CultureGame-v0, a game that a culture plays. An action is a
 * stimulation, an observation holds spikes. Importing this module registers them for `make`, and Pong-v0 with them.
 */
import './register.js'

export { CultureControlEnv, type CultureControlInfo, type CultureControlSpace } from './control/env.js'
export {
  CULTURE_CONTROL_ID,
  CULTURE_CONTROL_STEPS,
  cultureControlParameters,
  type CultureControlOptions,
  type CultureControlParameters,
} from './control/parameters.js'
export type { CultureActivity, CultureInfo, SavedCulture } from './cultureEnv.js'
export { CultureGameEnv, type CultureGameInfo, type CultureGameSpace } from './game/env.js'
export {
  CULTURE_GAME_ID,
  CULTURE_GAME_STEPS,
  cultureGameParameters,
  type CultureGameOptions,
  type CultureGameParameters,
} from './game/parameters.js'
export { stimulationParameters } from './parameters.js'
export { cultureControlVector, cultureGameVector, type CultureVectorEnv, type CultureVectorOptions } from './vector.js'
