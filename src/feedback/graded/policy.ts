/**
 * What a graded policy is: it sees what a game reports after each step and each episode, and answers with trains of pulses whose strength
 * follows how surprising the report was. The game does not wait for it. It never sees the decoder, and it knows no game: events are names
 * and sizes.
 */
import type { Rng } from '../../rng.js'
import type { FeedbackPulse } from '../policy.js'

/** Something that happened in a step of a game: 'damageTaken', 12. */
export interface GameHappening {
  readonly name: string
  /** How much of it; finite. */
  readonly size: number
}

/** What a policy is told after a step. The arrays are reused by the next step. */
export interface StepReport {
  /** What the game showed before the step; finite. */
  readonly features: ArrayLike<number>
  /** What it shows after it; null where the step terminated the episode, so that no future is left. */
  readonly nextFeatures: ArrayLike<number> | null
  readonly reward: number
  readonly events: readonly GameHappening[]
  readonly terminated: boolean
  readonly truncated: boolean
}

/** What a policy is told after the last step of an episode. */
export interface EpisodeReport {
  /** Sum of the rewards. */
  readonly return: number
  readonly steps: number
  readonly terminated: boolean
  readonly truncated: boolean
}

/** What an answer may draw on. */
export interface GradedContext {
  /** The session's stream for feedback. Split it for each answer, so that no answer shifts the next one's draws. */
  readonly rng: Rng
  /** Fastest pulses that a channel of the array takes, Hz. */
  readonly largestRateHz: number
}

/**
 * An answer. Plain JSON.
 *
 * `predictable` is a regular train, `unpredictable` comes at random times on random channels, `silent` holds its time without a pulse.
 */
export interface GradedAnswer {
  /** What is answered: the name of an event, or `rewardGood`, `rewardBad`, `episodeGood`, `episodeBad`. */
  readonly name: string
  readonly kind: 'predictable' | 'unpredictable' | 'silent'
  /** Channels that are silenced before the first pulse. */
  readonly interrupts: readonly number[]
  readonly pulses: readonly FeedbackPulse[]
  /** The culture is shown nothing of the game for this long, while the game goes on. */
  readonly suspendsSensoryMs: number
}

/** An answer and when it was given, ms since play began: what a yoked session replays. */
export interface ScriptedTrain {
  readonly startMs: number
  readonly answer: GradedAnswer
}

/** How strong an answer came out, for display. */
export interface AnswerScale {
  readonly name: string
  readonly good: boolean
  /** Surprise over its running mean; 1 is as surprising as usual. */
  readonly ratio: number
  /** The ratio met its cap, so that it no longer tells large from larger. */
  readonly capped: boolean
  /** Factors on the frequency, the current and the number of pulses of the answer. */
  readonly frequency: number
  readonly current: number
  readonly pulses: number
}

/** How a session of the stepped loop teaches. */
export interface GradedPolicy {
  readonly name: string
  /** Channels it may pulse: apart from those of the encoder and the decoder. */
  readonly channels: readonly number[]
  /** Whether the game is shown to the culture. */
  readonly sensory: boolean
  /** Every step's sensory input cuts the trains that are still running, as on the device of the original. */
  readonly interruptedByEncoding: boolean
  /** Answers that come at fixed times whatever happens, in order; empty for policies that react. */
  readonly script: readonly ScriptedTrain[]
  /** Forgets everything, as before the first step of the first game. */
  reset(): void
  /** Answers of a step. */
  afterStep(report: StepReport, context: GradedContext): readonly GradedAnswer[]
  /** Answers of an episode, after those of its last step. */
  afterEpisode(report: EpisodeReport, context: GradedContext): readonly GradedAnswer[]
  /** Scales of the latest step's answers, and of its episode's where it was the last. */
  readonly last: readonly AnswerScale[]
}
