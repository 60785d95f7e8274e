/** Pong as pure rules: a state, an action and a random stream in, the next state out. */
import type { Rng } from '../../src/rng.js'
import type { PongConstants } from './constants.js'
import { movePaperBall, servePaperBall } from './paperRules.js'
import { launchServeBall, moveServeBall } from './serveRules.js'
import { copyPongState, type PongState } from './state.js'

/** 0: stay, 1: up (+y), 2: down (-y). */
export type PongAction = 0 | 1 | 2

interface Rules {
  readonly serve: (constants: PongConstants, state: PongState, rng: Rng) => void
  readonly moveBall: (constants: PongConstants, state: PongState, rng: Rng) => void
}

const rules: { readonly [R in PongConstants['rules']]: Rules } = {
  paper: { serve: servePaperBall, moveBall: movePaperBall },
  serve: { serve: launchServeBall, moveBall: moveServeBall },
}

const DIRECTION = [0, 1, -1] as const

/** A new game: counters at 0, the paddle in the middle, a ball served. Written into `into`, which is returned. */
export const startPong = (constants: PongConstants, rng: Rng, into: PongState): PongState => {
  into.paddleOffset = 0
  into.hits = 0
  into.misses = 0
  into.rally = 0
  into.history.fill(0)
  into.event = null
  into.crossingOffset = 0
  rules[constants.rules].serve(constants, into, rng)
  return into
}

/**
 * One tick: first the paddle moves, then the ball; when the ball arrives, the paddle is where this action took it.
 * @param rng drawn from only when a ball is served in the middle of the game: by the `serve` rules, or after an arrival that is followed by
 * a serve
 * @param into where the next state goes; `state` itself for a step in place without allocation
 * @returns `into`
 */
export const stepPong = (constants: PongConstants, state: PongState, action: PongAction, rng: Rng, into: PongState): PongState => {
  if (into !== state) copyPongState(state, into)
  const paddle = into.paddleOffset + DIRECTION[action] * constants.paddleStep
  into.paddleOffset = Math.min(constants.paddleLimit, Math.max(-constants.paddleLimit, paddle))
  into.event = null
  rules[constants.rules].moveBall(constants, into, rng)
  return into
}
