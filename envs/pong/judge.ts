/** Decides and records whether the paddle caught an arriving ball. Called once an arrival. */
import type { PongConstants } from './constants.js'
import type { PongState } from './state.js'

/** Records a hit or a miss at the height `crossingOffset`; true for a hit. The edge of the paddle belongs to it. */
export const judge = (constants: PongConstants, state: PongState, crossingOffset: number): boolean => {
  const isHit = Math.abs(crossingOffset - state.paddleOffset) <= constants.reach
  state.crossingOffset = crossingOffset
  state.event = isHit ? 'hit' : 'miss'
  if (isHit) {
    state.hits++
    state.rally++
  } else {
    state.history[state.misses % state.history.length] = state.rally
    state.misses++
    state.rally = 0
  }
  return isHit
}

/** Leaves a missed ball where it crossed the paddle line: the last thing seen of an episode. */
export const restAtPaddleLine = (state: PongState): void => {
  state.ballX = 1
  state.ballOffset = state.crossingOffset
}
