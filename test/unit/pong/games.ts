/** Short ways to set up games of Pong for the tests. */
import { emptyPongState, pongConstants, pongParameters } from '../../../envs/pong/index.js'
import type { PongConstants, PongOptions, PongState } from '../../../envs/pong/index.js'
import { readParameters } from '../../../src/parameters.js'

export const constantsOf = (options: PongOptions): PongConstants => pongConstants(readParameters(pongParameters, options, 'test'))

/** A state with the given fields; heights are offsets from the mid-line. */
export const stateOf = (fields: Partial<PongState>): PongState => ({ ...emptyPongState(8), ...fields })

/** The same game with up and down exchanged. (0 - x, as -x would make a negative zero of 0.) */
export const mirrored = (state: PongState): PongState => ({
  ...state,
  history: state.history.slice(),
  ballOffset: 0 - state.ballOffset,
  ballVy: 0 - state.ballVy,
  paddleOffset: 0 - state.paddleOffset,
  crossingOffset: 0 - state.crossingOffset,
})
