/** A game as a comparison sees it: what it measures of a trial, what chance would give, and the words for both. */
import type { z } from 'zod'
import type { ConditionTexts, TeacherName } from './conditions.js'
import type { GameTypes } from './game.js'
import type { Protocol } from './protocol.js'
import type { MeanInterval } from './statistics.js'
import type { Summary } from './summary.js'

/** The numbers of one trial; null where it does not have one (nothing happened in a window, no probe without cells). */
export type Outcome<Metric extends string> = Readonly<Record<Metric, number | null>>

/** A column of a table over conditions. */
export interface MetricColumn<Metric extends string> {
  readonly name: string
  /** The text of a cell. */
  readonly show: (metrics: Readonly<Record<Metric, MeanInterval>>) => string
}

/** A table over conditions: its columns, after that of the names, and what a reader must know. */
export interface MetricTable<G extends GameTypes> {
  readonly columns: readonly MetricColumn<G['metric']>[]
  /** The note under it; null for none. */
  readonly note: (summary: Summary<G>) => string | null
}

/** How a report speaks of a game. */
export interface TaskWords<G extends GameTypes> {
  /** What is the same in every condition beside wiring and noise: 'serves'. */
  readonly sameInAll: string
  /** What was exchanged in every second culture; null for nothing. */
  readonly exchanged: (protocol: Protocol) => string | null
  /** What the frozen probe measures, in a few words: 'skill'. */
  readonly primary: string
  /** The same with its definition, as a sentence begins: 'Skill in the frozen probe (...)'. */
  readonly primaryDefined: string
  /** What cultures that learned the opposite learned: 'miss'. */
  readonly opposite: 'miss' | 'lose'
  /** What every probe needs: 'enough encounters'. */
  readonly needed: string
  /** What happened during play, and why it is no evidence; '' without the taught condition. */
  readonly play: (summary: Summary<G>) => string
  /** Decimals of a number. */
  readonly digitsOf: (metric: G['metric']) => number
  /** The main table: what decides, and the play it came from. */
  readonly main: MetricTable<G>
  /** The rest of what was measured during play. */
  readonly further: MetricTable<G>
}

/** One game's part of a comparison. */
export interface Task<G extends GameTypes> {
  /** The game's name, as a sentence has it. */
  readonly game: string
  /** The conditions it can be compared under, and what each does where this teacher is put to the test. */
  readonly conditions: (taught: TeacherName) => ConditionTexts
  /** What stored trials are checked with. */
  readonly resultSchema: z.ZodType<G['result']>
  /** The compared numbers, by name, with what a table calls them. */
  readonly metrics: Readonly<Record<G['metric'], string>>
  /** What decides: a gain in the frozen probe, which cannot be fooled by what happens during play. */
  readonly primaryMetric: G['metric']
  /** The numbers for which the taught condition is compared with every other condition. */
  readonly contrasted: readonly G['metric'][]
  /** The numbers of one trial. */
  readonly outcomeOf: (result: G['result'], protocol: Protocol) => Outcome<G['metric']>
  /** What a summary counts of a condition's trials. */
  readonly countsOf: (results: readonly G['result'][]) => G['counts']
  /** The chance level; null when these trials do not tell. */
  readonly chanceOf: (results: readonly G['result'][], protocol: Protocol) => G['chance'] | null
  readonly words: TaskWords<G>
}

/** A record with one value a metric. */
export const forEachMetric = <Metric extends string, T>(metrics: Readonly<Record<Metric, string>>, make: (metric: Metric) => T): Record<Metric, T> => {
  const made: Partial<Record<Metric, T>> = {}
  for (const metric in metrics) made[metric] = make(metric)
  // every key of the table has been filled in the line above
  return made as Record<Metric, T>
}
