/** Pong. Importing this module registers 'Pong-v0' for `make`. */
import { register } from '../../src/env/index.js'
import { readParameters } from '../../src/parameters.js'
import { PONG_ID, PongEnv } from './env.js'
import { pongParameters, type PongOptions } from './parameters.js'

declare module '../../src/env/registry.js' {
  interface EnvRegistry {
    'Pong-v0': { env: PongEnv; options: PongOptions }
  }
}

register({
  id: PONG_ID,
  load: async () => (options, settings) => new PongEnv(readParameters(pongParameters, options, PONG_ID), settings),
})

export { PONG_ID, PongEnv } from './env.js'
export type { PongEvent, PongInfo } from './info.js'
export { pongParameters, type PongOptions, type PongParameters } from './parameters.js'
export { pongConstants, type PongConstants } from './constants.js'
export { startPong, stepPong, type PongAction } from './game.js'
export { copyPongState, emptyPongState, heightOf, type PongState } from './state.js'
export { renderFrame, renderText } from './render.js'
export type { SavedPong } from './saved.js'
