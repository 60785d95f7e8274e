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
  /** Answers that come at fixed times whatever happens; empty for policies that react. */
  readonly script: readonly ScriptedAnswer[]
  /** What happens after this outcome. */
  answer(outcome: GameOutcome, context: FeedbackContext): FeedbackAnswer
}

/** Nothing, at once. */
export const NO_ANSWER: FeedbackAnswer = { pulses: [], durationMs: 0, pausesGame: false }
