/**
 * The state of a game of Pong, and how heights are measured in it.
 *
 * The ball starts at the back wall (x = 0) and the paddle stands at x = 1. Heights are kept as *offsets* from the mid-line, -0.5 to 0.5:
 * exchanging up and down is then a change of sign, which floating point does exactly. A mirrored game stays mirrored to the last bit, so
 * no preference for one side can come from rounding.
 */

/** Everything that the next step depends on, and what has happened so far. */
export interface PongState {
  /** 0 at the back wall, 1 at the paddle line. */
  ballX: number
  /** Height above the mid-line, -0.5 to 0.5. */
  ballOffset: number
  /** Field lengths a tick, positive towards the paddle. */
  ballVx: number
  /** Field lengths a tick, positive upwards. */
  ballVy: number
  /** Centre of the paddle above the mid-line. */
  paddleOffset: number
  /** Since the episode began. */
  hits: number
  /** Since the episode began. */
  misses: number
  /** Hits since the serve or the last miss. */
  rally: number
  /** Hits of each ended rally: rally number k is at index k modulo the length. */
  readonly history: Int32Array
  /** What the last step brought. */
  event: 'hit' | 'miss' | null
  /** Where the last arriving ball met the paddle line. */
  crossingOffset: number
}

/** A class, not a literal: the engine then keeps its numbers unboxed, and a step in place allocates nothing. */
class EmptyPongState implements PongState {
  ballX = 0
  ballOffset = 0
  ballVx = 0
  ballVy = 0
  paddleOffset = 0
  hits = 0
  misses = 0
  rally = 0
  readonly history: Int32Array
  event: PongState['event'] = null
  crossingOffset = 0

  constructor(rallyHistory: number) {
    this.history = new Int32Array(rallyHistory)
  }
}

/** A state for `stepPong` and `startPong` to write into. */
export const emptyPongState = (rallyHistory: number): PongState => new EmptyPongState(rallyHistory)

/** Copies a game; both keep histories of the same length. */
export const copyPongState = (from: PongState, into: PongState): void => {
  into.ballX = from.ballX
  into.ballOffset = from.ballOffset
  into.ballVx = from.ballVx
  into.ballVy = from.ballVy
  into.paddleOffset = from.paddleOffset
  into.hits = from.hits
  into.misses = from.misses
  into.rally = from.rally
  into.history.set(from.history)
  into.event = from.event
  into.crossingOffset = from.crossingOffset
}

/**
 * Height from the floor, 0 to 1. The lower half is computed as the mirror of the upper, so that heights of mirrored states add up to
 * exactly 1.
 */
export const heightOf = (offset: number): number => (offset >= 0 ? 0.5 + offset : 1 - (0.5 - offset))

/** The same in single precision, for observations: mirrored values add up to exactly 1 there too. */
export const heightOf32 = (offset: number): number => (offset >= 0 ? Math.fround(0.5 + offset) : 1 - Math.fround(0.5 - offset))
