/** What the tests of this room share: a comparison small enough to run in seconds, and encounters written by hand. */
import { PongEnv } from '../../../envs/pong/index.js'
import { protocolParameters, type Protocol, type PongParts } from '../../../src/bench/index.js'
import type { Encounter } from '../../../src/loop/index.js'

/** Seconds of rest, play and probe. */
export const smallProtocol = (changes: Partial<Protocol> = {}): Protocol => ({
  ...protocolParameters.parse({}),
  cultures: 3,
  settleSeconds: 1,
  restMinutes: 0.05,
  playMinutes: 0.15,
  probeMinutes: 0.1,
  ...changes,
})

/**
 * Cultures of 100 cells under the array, active enough to move the paddle and to change their weights within seconds; a fast game with
 * short answers, whose pulses are told from sensory ones by their amplitude.
 */
export const smallParts = (protocol: Protocol = smallProtocol()): PongParts => ({
  culture: { neurons: 100, dishUm: 1342, cells: { bias: 2.5 }, stdp: { amplitudePlus: 0.05, amplitudeMinus: 0.02 } },
  mea: {},
  board: {},
  encoder: { amplitudeMv: 75 },
  decoder: {},
  loop: {},
  feedback: { predictableAmplitudeMv: 76, unpredictableAmplitudeMv: 151, unpredictableDurationMs: 200, restAfterMissMs: 100 },
  protocol,
  makeGame: (afterMiss) => new PongEnv({ afterMiss, paper: { ballCrossingMs: 500 } }),
})

/** An encounter with a paddle of 1/3 of the field. */
export const encounter = (timeMs: number, targetHeight: number, ownHeight = 0.5): Encounter => ({
  timeMs,
  hit: Math.abs(targetHeight - ownHeight) <= 1 / 6,
  targetHeight,
  ownHeight,
  reach: 1 / 6,
  lowest: 1 / 6,
  highest: 5 / 6,
})

/** Encounters a second apart from second 0 on: `H` a hit, `M` a miss. */
export const played = (outcomes: string): Encounter[] =>
  Array.from(outcomes, (letter, k) => encounter(k * 1000, letter === 'H' ? 0.5 : 0.9))
