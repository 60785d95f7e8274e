/** The types of a comparison in a game of episodes. */
import type { SteppedSession } from '../../loop/index.js'
import type { Summary } from '../summary.js'
import type { EpisodeMetric } from './outcomes.js'
import type { Episode, EpisodesTrial } from './trialResult.js'

/** What a comparison in a game of episodes is about. */
export interface EpisodeTypes {
  readonly result: EpisodesTrial
  readonly metric: EpisodeMetric
  /** Finished episodes. */
  readonly counts: { readonly episodes: number }
  /** Of random actions in the same games: means over cultures, per episode. */
  readonly chance: { readonly return: number; readonly kills: number; readonly won: number }
  readonly session: SteppedSession
  /** Gain of each group of each head. */
  readonly gains: readonly (readonly number[])[]
  readonly probe: Episode[]
  readonly script: NonNullable<EpisodesTrial['answers']>
}

/** A comparison in a game of episodes in numbers. */
export type EpisodesSummary = Summary<EpisodeTypes>
