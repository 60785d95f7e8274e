/** Trials of Pong written by hand, for tests of what is made of them. */
import type { ConditionName, PongTrial } from '../../../src/bench/index.js'
import type { Encounter } from '../../../src/loop/index.js'
import { encounter } from './small.js'

/** A trial in which nothing happened, with what differs. */
export const trialResult = (seed: number, condition: ConditionName, changes: Partial<PongTrial> = {}): PongTrial => ({
  seed,
  condition,
  exchanged: false,
  durationMs: 60_000,
  encounters: [],
  probeBefore: null,
  probeAfter: null,
  script: null,
  electrodeSpikes: [],
  spikes: 0,
  pulses: 0,
  actionShares: [1, 0, 0],
  weightRatio: null,
  raster: null,
  ...changes,
})

/**
 * A probe of four balls, two high and two low. Followed, all are hit; with the heights shuffled each position would meet a ball of its own
 * height in 1 of 3 cases: skill 1 - 1/3 = 2/3. Avoided, none is hit, where shuffling would give 2/3: skill -2/3. A paddle that stays in
 * the middle of balls in the middle hits all, shuffled or not: skill 0.
 */
export const FOLLOWED: Encounter[] = [0.2, 0.8, 0.2, 0.8].map((height, k) => encounter(k * 1000, height, height))
export const AVOIDED: Encounter[] = [0.2, 0.8, 0.2, 0.8].map((height, k) => encounter(k * 1000, height, 1 - height))
export const IGNORED: Encounter[] = [0.5, 0.5, 0.5, 0.5].map((height, k) => encounter(k * 1000, height, height))
