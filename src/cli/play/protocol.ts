/** What `bl1 play` and its worker thread say to each other: plain data. */
import type { Encounter } from '../../loop/index.js'

const IN_EVERY_GAME = ['silent', 'no_feedback', 'rest', 'inverted'] as const
/** Feedback that a single session can have, by game. */
export const PLAYABLE = { pong: ['fep', 'avoidance', 'reward', ...IN_EVERY_GAME], doom: ['fep', ...IN_EVERY_GAME] } as const
/** Feedback that a session of Pong can have. */
export type PongFeedback = (typeof PLAYABLE.pong)[number]

/** One session. */
export interface PlayTask {
  readonly feedback: PongFeedback
  readonly seed: number
  /** Simulated time per time on the clock; null for as fast as it goes. */
  readonly speed: number | null
}

/** What the display shows of one moment. */
export interface PlayFrame {
  readonly playMs: number
  /** The field as text. */
  readonly field: string
  readonly isAnswering: boolean
  /** Whether the sensory input pauses. */
  readonly isPaused: boolean
  /** Recent rates of the motor regions after gain, Hz an electrode. */
  readonly upHz: number
  readonly downHz: number
  /** Recent rate at each channel, Hz. */
  readonly electrodeHz: readonly number[]
  /** Simulated time over time on the clock. */
  readonly realTimeFactor: number
  /** Simulated time over computing time: what it could be without waiting. */
  readonly possibleFactor: number
}

/** On the way. */
export type PlayProgress =
  | { readonly type: 'resting'; readonly doneMs: number; readonly totalMs: number }
  | { readonly type: 'frame'; readonly frame: PlayFrame }
  | { readonly type: 'encounter'; readonly encounter: Encounter }

/** A finished session. */
export interface PlayAnswer {
  readonly durationMs: number
  readonly pulses: number
  readonly spikes: number
  readonly actionShares: readonly number[]
  readonly gains: { readonly up: number; readonly down: number }
  readonly realTimeFactor: number
  readonly possibleFactor: number
}
