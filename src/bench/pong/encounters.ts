/**
 * What a paddle did, encounter by encounter: hit rate, skill beyond position and habit, rallies.
 *
 * An encounter is one arrival of the ball at the paddle's line. Heights are fractions of the field, 0 to 1.
 */
import { mean } from 'simple-statistics'
import type { Encounter } from '../../loop/index.js'

/** A paddle centre this close to an end of its range is "at an edge". */
const EDGE_SHARE_OF_FIELD = 0.01
/** Rallies of more hits than this are long (Kagan et al. 2022). */
const LONG_RALLY_ABOVE = 3

/** Share of encounters that were hits; null for none. */
export const hitRate = (encounters: readonly Encounter[]): number | null =>
  encounters.length > 0 ? encounters.filter((encounter) => encounter.hit).length / encounters.length : null

/** Number of entries of an ascending array below `value`, or up to and including it. */
const rank = (ascending: Float64Array, value: number, inclusive: boolean): number => {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ascending[middle] < value || (inclusive && ascending[middle] === value)) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * The hit rate the same paddle positions would have had if the ball heights had been shuffled over the encounters: the exact share of
 * hits over all ordered pairs (position i, ball j), i and j different. Pairing a position with its own ball is left out: for a paddle
 * that ignores the ball the expectation is then exactly its hit rate. O(n log n). Null for fewer than 2 encounters.
 */
export const shuffledChance = (encounters: readonly Encounter[]): number | null => {
  const n = encounters.length
  if (n < 2) return null
  const targets = Float64Array.from(encounters, (encounter) => encounter.targetHeight).sort()
  let hits = 0
  for (const { ownHeight, reach, targetHeight } of encounters) {
    const bottom = ownHeight - reach
    const top = ownHeight + reach
    hits += rank(targets, top, true) - rank(targets, bottom, false)
    if (targetHeight >= bottom && targetHeight <= top) hits--
  }
  return hits / (n * (n - 1))
}

/** Hit rate minus {@link shuffledChance}: 0 for a paddle that ignores the ball, wherever it sits; null for fewer than 2 encounters. */
export const skill = (encounters: readonly Encounter[]): number | null => {
  const rate = hitRate(encounters)
  const chance = shuffledChance(encounters)
  return rate === null || chance === null ? null : rate - chance
}

/** Share of encounters with the paddle's centre within 1 % of the field of an end of its range; null for none. */
export const edgeShare = (encounters: readonly Encounter[]): number | null => {
  if (encounters.length === 0) return null
  const atEdge = encounters.filter(
    ({ ownHeight, lowest, highest }) => ownHeight - lowest <= EDGE_SHARE_OF_FIELD || highest - ownHeight <= EDGE_SHARE_OF_FIELD,
  )
  return atEdge.length / encounters.length
}

/** Rallies of a session. */
export interface Rallies {
  /** Hits of each rally that ended with a miss, in order. */
  readonly completed: readonly number[]
  /** Hits so far of the rally still running at the end; null when the session ended on a miss or had no encounter. Censored: no length. */
  readonly unfinished: number | null
}

/** Cuts encounters (in time order) into rallies: the hits between misses. */
export const rallyLengths = (encounters: readonly Encounter[]): Rallies => {
  const completed: number[] = []
  let hits = 0
  for (const { hit } of encounters) {
    if (hit) hits++
    else {
      completed.push(hits)
      hits = 0
    }
  }
  return { completed, unfinished: hits > 0 ? hits : null }
}

/** Mean hits per completed rally; null for none. */
export const meanRallyLength = ({ completed }: Rallies): number | null => (completed.length > 0 ? mean([...completed]) : null)

const share = (completed: readonly number[], of: (length: number) => boolean): number | null =>
  completed.length > 0 ? completed.filter(of).length / completed.length : null

/** Share of completed rallies without a hit; null for no rally. */
export const acesShare = ({ completed }: Rallies): number | null => share(completed, (length) => length === 0)

/** Share of completed rallies of more than 3 hits; null for no rally. */
export const longRalliesShare = ({ completed }: Rallies): number | null => share(completed, (length) => length > LONG_RALLY_ABOVE)
