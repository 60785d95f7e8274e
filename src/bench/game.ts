/**
 * What differs between the games that are compared, as types: everything else (pairing, statistics, report) is written once and takes one of
 * these bundles.
 */
import type { RecordedSpikes } from '../loop/index.js'
import type { ConditionName } from './conditions.js'

/** What is known of every trial, whatever was played. */
export interface TrialBase {
  readonly seed: number
  readonly condition: ConditionName
  /** Mean excitatory weight after play over before; null without cells. */
  readonly weightRatio: number | null
}

/** What is known of every session, whatever was played. */
export interface SessionBase {
  readonly durationMs: number
  /** The culture's clock when play began, ms. */
  readonly startMs: number
  readonly recording?: RecordedSpikes | undefined
}

/** The types of one game. */
export interface GameTypes {
  /** One culture under one condition, plain JSON. */
  readonly result: TrialBase
  /** Names of the compared numbers. */
  readonly metric: string
  /** What a condition's summary counts: encounters, episodes. */
  readonly counts: object
  /** The chance level. */
  readonly chance: object
  /** One stretch of play. */
  readonly session: SessionBase
  /** What the decoder found at rest. Plain JSON. */
  readonly gains: object
  /** What a frozen probe showed. Plain JSON. */
  readonly probe: unknown
  /** What an `open_loop` trial replays: all that another culture was taught, with its times. Plain JSON. */
  readonly script: object
}
