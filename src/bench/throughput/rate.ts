/** How fast rounds of equal work went, as plain data. */
import { median } from 'simple-statistics'
import type { Tally } from './program.js'

/** The rate over several rounds. */
export interface Rate {
  /** Median over the rounds, 1/s. */
  readonly perSecond: number
  /** The same as a time: 10^9 / perSecond. */
  readonly nsEach: number
  /** Rate of each round in order, 1/s. */
  readonly rounds: readonly number[]
  /** (fastest - slowest) / median: 0 for equal rounds. Differences smaller than this are noise. */
  readonly spread: number
  /** Work of one round. */
  readonly steps: number
  /** Resets at ends of episodes, all rounds together. */
  readonly resets: number
}

/** A quotient of two rates measured in alternation. */
export interface RateRatio {
  /** Median of the quotients of the rounds. */
  readonly median: number
  /** The smallest and the largest quotient of a round. */
  readonly low: number
  readonly high: number
}

const NS_PER_SECOND = 1e9

/** The rate of one program's rounds; at least one. */
export const rateOf = (tallies: readonly Tally[]): Rate => {
  const rounds = tallies.map(({ steps, seconds }) => steps / seconds)
  const perSecond = median(rounds)
  return {
    perSecond,
    nsEach: NS_PER_SECOND / perSecond,
    rounds,
    spread: (Math.max(...rounds) - Math.min(...rounds)) / perSecond,
    steps: tallies[0]?.steps ?? 0,
    resets: tallies.reduce((sum, { resets }) => sum + resets, 0),
  }
}

/** How many times as fast `fast` was as `slow`, round by round. */
export const ratioOf = (fast: Pick<Rate, 'rounds'>, slow: Pick<Rate, 'rounds'>): RateRatio => {
  const quotients = fast.rounds.map((rate, round) => rate / slow.rounds[round])
  return { median: median(quotients), low: Math.min(...quotients), high: Math.max(...quotients) }
}
