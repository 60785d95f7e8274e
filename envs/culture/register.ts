/** Registers CultureGame-v0 and CultureControl-v0 for `make`, with Pong-v0, the game played where none is named. */
import { register } from '../../src/env/index.js'
import '../pong/index.js'
import type { CultureControlEnv } from './control/env.js'
import { CULTURE_CONTROL_ID, CULTURE_CONTROL_STEPS, type CultureControlOptions } from './control/parameters.js'
import type { CultureGameEnv } from './game/env.js'
import { CULTURE_GAME_ID, CULTURE_GAME_STEPS, type CultureGameOptions } from './game/parameters.js'

declare module '../../src/env/registry.js' {
  interface EnvRegistry {
    'CultureControl-v0': { env: CultureControlEnv; options: CultureControlOptions }
    'CultureGame-v0': { env: CultureGameEnv; options: CultureGameOptions }
  }
}

register({
  id: CULTURE_CONTROL_ID,
  maxEpisodeSteps: CULTURE_CONTROL_STEPS,
  load: async () => (await import('./control/env.js')).buildCultureControl,
})
register({
  id: CULTURE_GAME_ID,
  maxEpisodeSteps: CULTURE_GAME_STEPS,
  load: async () => (await import('./game/env.js')).buildCultureGame,
})
