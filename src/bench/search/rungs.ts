/** The rungs of successive halving: ever fewer settings, ever more work on each (Jamieson & Talwalkar 2016, AISTATS). */
import type { SeedRange } from './seeds.js'
import { rangeOf } from './seeds.js'
import type { Search } from './space.js'

/** One rung. */
export interface Rung {
  /** From 1. */
  readonly number: number
  /** Settings that play, at most. */
  readonly settings: number
  /** Cultures of each setting. */
  readonly cultures: number
  /** Play of each culture. */
  readonly minutes: number
  /** Seeds of the cultures: the same for all settings, others than in the rungs before, so that no luck is carried over. */
  readonly seeds: SeedRange
}

const MINUTE_DIGITS = 3

/**
 * The rungs of a search.
 *
 * The work on a setting, cultures times minutes, is `(1/keep)^rung` times that of the first rung. Its square root goes into cultures, rounded up;
 * the minutes take the rest.
 * @param count settings that there are, at most `search.settings`
 */
export const rungsOf = ({ keep, rungs, cultures, minutes, firstSeed }: Search, count: number): Rung[] => {
  let nextSeed = firstSeed
  return Array.from({ length: rungs }, (_, rung) => {
    // g = (1/keep)^rung;  cultures' = ceil(cultures sqrt(g));  minutes' = g cultures minutes / cultures'
    const growth = keep ** -rung
    const more = Math.ceil(cultures * Math.sqrt(growth) - 1e-9)
    const seeds = rangeOf(nextSeed, more)
    nextSeed = seeds[1] + 1
    return {
      number: rung + 1,
      settings: Math.max(1, Math.round(count * keep ** rung)),
      cultures: more,
      minutes: rung === 0 ? minutes : Number(((growth * cultures * minutes) / more).toPrecision(MINUTE_DIGITS)),
      seeds,
    }
  })
}
