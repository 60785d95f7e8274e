/**
 * `rules: 'paper'`: one ball that bounces on.
 *
 * A serve starts at the back wall (x = 0) at a height uniform over the field, up or down with equal chance, with a slope |dy/dx| uniform
 * over its range. The horizontal speed is always the field's width in `ballCrossingMs`; a steeper ball is faster along its path, never
 * later at the paddle. Every wall and the paddle mirror the path exactly: nothing is clipped, and no speed is lost or gained.
 */
import type { Rng } from '../../src/rng.js'
import type { PongConstants } from './constants.js'
import { judge, restAtPaddleLine } from './judge.js'
import type { PongState } from './state.js'

/** Mirrors a height at floor and ceiling until it lies inside. Exactly odd: fold(-y) = -fold(y). */
const fold = (offset: number): number => {
  let inside = offset
  while (inside > 0.5 || inside < -0.5) inside = (inside > 0.5 ? 1 : -1) - inside
  return inside
}

/** Draws height, slope and direction of a new ball. */
export const servePaperBall = (constants: PongConstants, state: PongState, rng: Rng): void => {
  state.ballX = 0
  state.ballOffset = rng.uniform() - 0.5
  const vy = rng.between(constants.slopeMin, constants.slopeMax) * constants.ballStep
  state.ballVx = constants.ballStep
  // 0 - vy, as -vy would make a negative zero of a level serve
  state.ballVy = rng.uniform() < 0.5 ? vy : 0 - vy
}

const moveVertically = (state: PongState): void => {
  let offset = state.ballOffset + state.ballVy
  while (offset > 0.5 || offset < -0.5) {
    offset = (offset > 0.5 ? 1 : -1) - offset
    state.ballVy = -state.ballVy
  }
  state.ballOffset = offset
}

/** One tick of the ball. A hit or miss is decided where the path crosses x = 1, between two ticks. */
export const movePaperBall = (constants: PongConstants, state: PongState, rng: Rng): void => {
  const x = state.ballX + state.ballVx
  if (x >= 1) {
    // y(t) at the share t = (1 - x0) / vx of the tick, with floor and ceiling mirrored
    const share = (1 - state.ballX) / state.ballVx
    const isHit = judge(constants, state, fold(state.ballOffset + share * state.ballVy))
    if (!isHit && constants.endsOnMiss) return restAtPaddleLine(state)
    if (constants.servesAnew) return servePaperBall(constants, state, rng)
    state.ballX = 2 - x
    state.ballVx = -state.ballVx
  } else if (x < 0) {
    state.ballX = -x
    state.ballVx = -state.ballVx
  } else {
    state.ballX = x
  }
  moveVertically(state)
}
