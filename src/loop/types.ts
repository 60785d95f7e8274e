/** What the closed loop joins: a game that reports encounters, and something with cells in it. */
import type { Depolarisations, SpikeColumns } from '../culture/index.js'
import type { Env, Info } from '../env/index.js'
import type { GameOutcome } from '../feedback/index.js'
import type { CellPositions } from '../mea/index.js'
import type { Box, Discrete } from '../spaces/index.js'

/** One arrival of the target (the ball) where the own position (the paddle) decides. Heights are fractions of the field, 0 to 1. */
export interface GameEvent {
  readonly name: GameOutcome
  readonly targetHeight: number
  readonly ownHeight: number
  /** Largest distance between the two that is a hit. */
  readonly reach: number
  /** Range of the own position. */
  readonly lowest: number
  readonly highest: number
}

/** What the loop needs of a game's info: whether something happened in this step. */
export interface GameInfo extends Info {
  readonly event: GameEvent | null
}

/** A game the loop can play. */
export type Game = Env<Box, Discrete, GameInfo>

/** A dish the loop can stimulate and read: a culture, or a control in its place. */
export interface Substrate {
  /** Steps of 0.5 ms since it was made. */
  readonly step: number
  readonly population: CellPositions
  /** Lives on for a whole number of 0.5 ms steps and returns the spikes. */
  advance(durationMs: number, stimulation?: Depolarisations): Readonly<SpikeColumns>
  /** Adds to the dopamine of the dish; left out by dishes that know no reward. @throws Bl1Error `culture/no-reward`, `culture/reward` */
  reward?(amount: number): void
}

/** An encounter of a session. Plain JSON. */
export interface Encounter {
  /** Since play began, ms; the time in which the game waits counts. */
  readonly timeMs: number
  readonly hit: boolean
  readonly targetHeight: number
  readonly ownHeight: number
  readonly reach: number
  readonly lowest: number
  readonly highest: number
}
