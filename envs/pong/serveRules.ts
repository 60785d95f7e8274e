/**
 * `rules: 'serve'`: the original BL-1's game. Every ball starts at (0, 0.5) at a random angle, and every arrival, hit or miss, launches
 * the next one; the paddle stays where it is. Floor and ceiling clip the height instead of mirroring it, and the height that counts at
 * the paddle is that of the first tick at x >= 1. (The original also turns a ball round at x <= 0, which no launch ever reaches.)
 */
import type { Rng } from '../../src/rng.js'
import type { PongConstants } from './constants.js'
import { judge, restAtPaddleLine } from './judge.js'
import type { PongState } from './state.js'

/** Launches a ball from the middle of the back wall. */
export const launchServeBall = (constants: PongConstants, state: PongState, rng: Rng): void => {
  const angle = rng.between(-constants.launchAngle, constants.launchAngle)
  state.ballX = 0
  state.ballOffset = 0
  state.ballVx = constants.ballStep * Math.cos(angle)
  state.ballVy = constants.ballStep * Math.sin(angle)
}

/** One tick of the ball. */
export const moveServeBall = (constants: PongConstants, state: PongState, rng: Rng): void => {
  state.ballX += state.ballVx
  state.ballOffset += state.ballVy
  if (state.ballOffset <= -0.5 || state.ballOffset >= 0.5) {
    state.ballVy = -state.ballVy
    state.ballOffset = Math.min(0.5, Math.max(-0.5, state.ballOffset))
  }
  if (state.ballX < 1) return
  const isHit = judge(constants, state, state.ballOffset)
  if (!isHit && constants.endsOnMiss) return restAtPaddleLine(state)
  launchServeBall(constants, state, rng)
}
