/** The types of a comparison in Pong. */
import type { Encounter, Session } from '../../loop/index.js'
import type { Summary } from '../summary.js'
import type { PreparedCulture } from '../trial.js'
import type { PongMetric } from './outcomes.js'
import type { PongTrial } from './trialResult.js'

/** What a comparison in Pong is about. */
export interface PongTypes {
  readonly result: PongTrial
  readonly metric: PongMetric
  readonly counts: { readonly encounters: number }
  /** Of a paddle of this size placed at random. */
  readonly chance: { readonly hitRate: number; readonly meanRally: number | null }
  readonly session: Session
  readonly gains: { readonly up: number; readonly down: number }
  readonly probe: Encounter[]
  readonly script: NonNullable<PongTrial['script']>
}

/** A comparison in Pong in numbers. */
export type PongSummary = Summary<PongTypes>
/** A culture ready to play Pong. */
export type PreparedPong = PreparedCulture<PongTypes>
