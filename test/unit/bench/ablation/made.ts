/** Made-up agents: a level of return for every way to play, with noise that the ways share in part, as paired episodes do. */
import { ABLATION_NAMES, type AblationName, type AblationRun } from '../../../../src/bench/index.js'
import { Rng } from '../../../../src/rng.js'

/** Mean return of each way to play. */
export type Levels = Readonly<Partial<Record<AblationName, number>>>

export interface MadeOptions {
  readonly agents?: number
  readonly episodes?: number
  /** SD of an episode. */
  readonly sd?: number
  readonly seed?: number
}

/** What random actions reach, and an agent that learned. */
export const CHANCE = 2
export const LEARNED = 10

export const madeRuns = (levels: Levels, { agents = 8, episodes = 12, sd = 1, seed = 1 }: MadeOptions = {}): AblationRun[] =>
  Array.from({ length: agents }, (_, agent) => `seed-${agent + 1}`).flatMap((agent) =>
    ABLATION_NAMES.filter((name) => levels[name] !== undefined).map((condition) => {
      const rng = Rng.fromSeed(seed).split(agent).split(condition)
      return { agent, condition, returns: Array.from({ length: episodes }, () => (levels[condition] ?? 0) + sd * rng.normal()) }
    }),
  )

/** The four replacements at their levels: rate-matched, another moment, electrodes shuffled, none. */
export const replaced = (rateMatched: number, moment: number, electrodes: number, zero: number): Levels => ({
  spikes_rate_matched: rateMatched,
  spikes_shuffled_time: moment,
  spikes_shuffled_channels: electrodes,
  spikes_zero: zero,
})
