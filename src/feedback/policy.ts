/**
 * What a feedback policy is: it sees what happened in the game and answers with stimulation. It never sees the decoder, and it never
 * touches the culture's outputs.
 */
import type { PulseDesign } from '../mea/index.js'
import type { Rng } from '../rng.js'

/** What a policy can be told about. */
export type GameOutcome = 'hit' | 'miss'

/** One pulse of an answer, in mV or in uA: on these channels at once, this long after the answer starts. */
export type FeedbackPulse = PulseDesign & {
  readonly offsetMs: number
  readonly channels: readonly number[]
}

/** An answer: pulses, how long they and the rest after them take, and whether the game waits meanwhile. Plain JSON. */
export interface FeedbackAnswer {
  readonly pulses: readonly FeedbackPulse[]
  readonly durationMs: number
  readonly pausesGame: boolean
}

/** An answer and when it was given, ms since play began: what a yoked run replays. */
export interface ScriptedAnswer {
  readonly startMs: number
  readonly answer: FeedbackAnswer
}

/** A reward and when it was given, ms since play began. Plain JSON. */
export interface ScriptedReward {
  readonly startMs: number
  readonly amount: number
}

/** All that a session taught, with its times: what a yoked run replays whatever happens in its own game. Plain JSON. */
export interface SessionScript {
  readonly answers: readonly ScriptedAnswer[]
  /** Pauses of the sensory input: start and end of each in turn, ms since play began, ascending. */
  readonly pauses: readonly number[]
  readonly rewards: readonly ScriptedReward[]
}

/** Nothing to replay: the script of every policy that reacts. */
export const NO_SCRIPT: SessionScript = { answers: [], pauses: [], rewards: [] }

/** What the last tick did to the distance between the own position and the target, both as fractions of the field. */
export interface GameMove {
  /** From where the own position was to where the target is now. */
  readonly distanceBefore: number
  /** From where the own position is to where the target is now. */
  readonly distanceAfter: number
}

/** What an answer may draw on. */
export interface FeedbackContext {
  /** Electrodes the answer may use: the sensory ones. */
  readonly channels: readonly number[]
  /** Stream of this answer alone. */
  readonly rng: Rng
}

/** How a session teaches. */
export interface FeedbackPolicy {
  readonly name: string
  /** Whether the game is shown to the culture. */
  readonly sensory: boolean
  /** Whether a miss ends the rally with a new serve; otherwise the ball bounces on. */
  readonly missEndsRally: boolean
  /** What comes at fixed times whatever happens; {@link NO_SCRIPT} for policies that react. */
  readonly script: SessionScript
  /** What happens after this outcome. */
  answer(outcome: GameOutcome, context: FeedbackContext): FeedbackAnswer
  /**
   * How long the sensory input pauses after a move, ms; 0: it goes on. The game and the read-out go on in any case. Left out by policies
   * that answer outcomes alone.
   */
  pauseAfterMove?(move: GameMove): number
  /** What the culture is rewarded with after this outcome: the amount handed to `Culture.reward`. Left out by policies without rewards. */
  rewardFor?(outcome: GameOutcome): number
}

/** Nothing, at once. */
export const NO_ANSWER: FeedbackAnswer = { pulses: [], durationMs: 0, pausesGame: false }
