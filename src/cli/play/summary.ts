/** What a session amounts to, in numbers and in one paragraph. */
import { hitRate, meanRallyLength, rallyLengths, shuffledChance, skill, type Rallies } from '../../bench/index.js'
import { formatDuration } from '../../io/index.js'
import type { Encounter } from '../../loop/index.js'
import { earlyAndLate, percent, type EarlyAndLate } from './hitRates.js'
import { headingOf, type SessionFacts } from './screen.js'

/** Numbers of a session; null where there were too few encounters. */
export interface SessionSummary {
  readonly hitRate: number | null
  /** Hit rate of the same paddle had the balls been shuffled. */
  readonly chance: number | null
  readonly skill: number | null
  readonly rallies: Rallies
  readonly meanRally: number | null
}

export const summaryOf = (encounters: readonly Encounter[]): SessionSummary => {
  const rallies = rallyLengths(encounters)
  return { hitRate: hitRate(encounters), chance: shuffledChance(encounters), skill: skill(encounters), rallies, meanRally: meanRallyLength(rallies) }
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

const hitsText = ({ chance, skill: beyond, ...rest }: SessionSummary, hits: number): string => {
  const rate = rest.hitRate === null ? '' : ` (${percent(rest.hitRate)})`
  const compared = chance === null || beyond === null ? '' : `; the same paddle would have hit ${percent(chance)} of shuffled balls, so its skill is ${beyond.toFixed(2)}`
  return `${counted(hits, 'hit')}${rate}${compared}.`
}

const ralliesText = ({ rallies, meanRally }: SessionSummary): string => {
  const longest = Math.max(0, ...rallies.completed, rallies.unfinished ?? 0)
  const mean = meanRally === null ? '' : `, mean ${meanRally.toFixed(2)} over ${counted(rallies.completed.length, 'finished rally', 'finished rallies')}`
  return `Longest rally ${counted(longest, 'hit')}${mean}.`
}

const changeText = ({ windows, early, late }: EarlyAndLate): string[] => {
  if (early === null || late === null) return []
  const [earlyEnd, lateStart] = [windows.early.toMs, windows.late.fromMs].map(formatDuration)
  return [`Early hit rate (to ${earlyEnd}) ${percent(early)}, late (from ${lateStart}) ${percent(late)}.`]
}

/** One paragraph on a session, finished or ended early. */
export const paragraphOf = (facts: SessionFacts, encounters: readonly Encounter[], playedMs: number): string => {
  const early = playedMs < facts.totalMs ? ` of ${formatDuration(facts.totalMs)} (ended early)` : ''
  const head = `${headingOf(facts)}, ${formatDuration(playedMs)}${early}:`
  if (encounters.length === 0) return `${head} no ball arrived.`
  const summary = summaryOf(encounters)
  const hits = encounters.filter(({ hit }) => hit).length
  return [
    `${head} ${counted(encounters.length, 'ball')}, ${hitsText(summary, hits)}`,
    ralliesText(summary),
    ...changeText(earlyAndLate(encounters, facts.protocol, playedMs)),
    "One session of one culture is no evidence of learning: many of them beside their controls are, which is what 'bl1 compare' does.",
  ].join(' ')
}
