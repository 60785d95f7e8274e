/** What a reset or step of Doom tells beside the observation. Plain JSON. */
import type { EndReason, Info } from '../../src/env/index.js'
import type { DoomEvent } from './results/events.js'

/** The info of every reset and step. */
export interface DoomInfo extends Info {
  /** The seed of the episode, on a reset. */
  readonly seed?: number
  /** On a reset: the engine's own seed, 32 bits: the first word of the stream of `seed`, `Rng.fromSeed(seed).split('env').uint32()`. */
  readonly engineSeed?: number
  /**
   * 'death' and 'goal' (the map ended and the player lived) terminate, 'engineTimeout' and 'timeLimit' truncate.
   */
  readonly endReason?: EndReason
  /** What happened in the step; empty on a reset. */
  readonly events: readonly DoomEvent[]
  /** Each term of the reward with a weight other than 0; the reward is their sum. Empty on a reset. */
  readonly rewardTerms: Readonly<Record<string, number>>
  /** Every game variable that is read: those observed and those that events are made of. Also right after the end. */
  readonly variables: Readonly<Record<string, number>>
  /** Tics (1/35 s) since the first observation of the episode, before which the map has run for `startTic`. */
  readonly tic: number
  /** The engine's own reward for the step, whatever weight it has; 0 on a reset. */
  readonly engineReward: number
  /** The episode is over and the engine has no picture of it: pictures and features are those of the last step before. */
  readonly staleObservation?: true
  /** With the option `notifications`: the game's messages of the step. */
  readonly notifications?: string
}
