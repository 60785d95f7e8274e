/** Everything that one frame of the film shows: plain data. */
import type { Color, Frame } from '../../../../env/index.js'
import type { RasterGroup } from './rows.js'

/** Something at an electrode: a spike, or a pulse. Columns; entries from `from` up to, not including, `to` are in view. */
export interface ChannelMarks {
  readonly timesMs: ArrayLike<number>
  readonly channels: ArrayLike<number>
  readonly from: number
  readonly to: number
}

/** One step of the game, or a piece of a pause, in which nothing is pressed. */
export interface ShownStep {
  readonly startMs: number
  readonly durationMs: number
  /** The choice of each head; null in a pause. */
  readonly action: readonly number[] | null
}

/** How an answer stimulates. */
export type AnswerKind = 'predictable' | 'unpredictable' | 'silent'

/** An answer of the feedback policy. */
export interface ShownAnswer {
  readonly name: string
  readonly kind: AnswerKind
  readonly startMs: number
  readonly durationMs: number
}

/** Something that happened in the game. */
export interface ShownEvent {
  readonly text: string
  readonly timeMs: number
}

/** The last seconds; times are those of play, ms. */
export interface Recent {
  readonly fromMs: number
  readonly toMs: number
  readonly spikes: ChannelMarks
  readonly pulses: ChannelMarks
  readonly steps: readonly ShownStep[]
  readonly answers: readonly ShownAnswer[]
  readonly events: readonly ShownEvent[]
}

/** A choice that the decoder makes at every step. */
export interface ShownHead {
  readonly name: string
  /** Names of buttons; the first presses none. */
  readonly options: readonly string[]
}

/** A number with its name. */
export interface ShownValue {
  readonly label: string
  readonly value: string
}

/** The rate of a motor group after gain. */
export interface ShownRate {
  readonly label: string
  readonly rateHz: number
  readonly colour: Color
}

/** One frame. */
export interface DoomScene {
  readonly heading: string
  readonly clock: string
  /** What the player sees; undefined before the first picture. */
  readonly screen: Frame | undefined
  readonly automap: Frame | undefined
  /** Six of them. */
  readonly score: readonly ShownValue[]
  readonly rates: readonly ShownRate[]
  /** What the gains map the resting rate of a group to. */
  readonly restRateHz: number
  readonly groups: readonly RasterGroup[]
  readonly heads: readonly ShownHead[]
  readonly recent: Recent
}
