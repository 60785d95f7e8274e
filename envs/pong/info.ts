/** What a step of Pong tells beside the observation. Plain JSON. */
import { type EndReason, type Info } from '../../src/env/index.js'
import type { PongConstants } from './constants.js'
import { heightOf, type PongState } from './state.js'

/** A ball that reached the paddle line. Heights are fractions of the field from the floor. */
export interface PongEvent {
  readonly name: 'hit' | 'miss'
  /** Where the ball crossed the paddle line. */
  readonly targetHeight: number
  /** Where the centre of the paddle was. */
  readonly ownHeight: number
  /** Half the height of the paddle: a hit is |targetHeight - ownHeight| <= reach. */
  readonly reach: number
  /** The range that the centre of the paddle can take. */
  readonly lowest: number
  readonly highest: number
}

/** The info of every reset and step. */
export interface PongInfo extends Info {
  /** The seed of the episode, on a reset. */
  readonly seed?: number
  /** 'lost' after a miss, 'timeLimit' at the step limit. */
  readonly endReason?: EndReason
  /** Whether the ball arrived in this step. */
  readonly event: PongEvent | null
  /** Hits of the current rally; with a miss, the hits of the rally which that miss ended. */
  readonly rally: number
}

/** The event of the last step, or null. */
export const pongEvent = (constants: PongConstants, state: PongState): PongEvent | null => {
  if (state.event === null) return null
  return {
    name: state.event,
    targetHeight: heightOf(state.crossingOffset),
    ownHeight: heightOf(state.paddleOffset),
    reach: constants.reach,
    lowest: heightOf(-constants.paddleLimit),
    highest: heightOf(constants.paddleLimit),
  }
}

/** Hits of the current rally, or of the one that a miss has just ended. */
export const rallyOf = (state: PongState): number =>
  state.event === 'miss' ? state.history[(state.misses - 1) % state.history.length] : state.rally
