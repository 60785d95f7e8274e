/** Trials of a game of episodes written by hand, for tests of what is made of them. */
import { protocolParameters, type ConditionName, type Episode, type EpisodesTrial, type Protocol } from '../../../src/bench/index.js'

/** An episode of 8 s that began at this moment and returned that much. */
export const episode = (startMs: number, returned: number, changes: Partial<Episode> = {}): Episode => ({
  seed: 1,
  startMs,
  durationMs: 8000,
  steps: 70,
  return: returned,
  complete: true,
  endReason: 'engineTimeout',
  events: {},
  ...changes,
})

/** Episodes of 10 s with pause, from second 0 on. */
export const returning = (...returns: number[]): Episode[] => returns.map((one, k) => episode(k * 10_000, one))

/** A trial in which nothing happened, with what differs. */
export const episodesTrial = (seed: number, condition: ConditionName, changes: Partial<EpisodesTrial> = {}): EpisodesTrial => ({
  seed,
  condition,
  exchanged: false,
  durationMs: 100_000,
  episodes: [],
  probeBefore: null,
  probeAfter: null,
  answers: null,
  electrodeSpikes: [],
  spikes: 0,
  pulses: 0,
  steps: 0,
  actionShares: [],
  weightRatio: null,
  raster: null,
  ...changes,
})

/** Early play to second 30, late play from second 50, nothing dropped, in 100 s. */
export const episodesProtocol = (changes: Partial<Protocol> = {}): Protocol => ({
  ...protocolParameters.parse({}),
  cultures: 8,
  firstSeed: 11,
  dropSeconds: 0,
  earlyShare: 0.3,
  lateShare: 0.5,
  ...changes,
})
