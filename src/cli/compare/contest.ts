/** What the command needs of a game to compare feedback in it. */
import type { GameTypes, MetricColumn, Stage, Summary, Task } from '../../bench/index.js'
import type { Experiment } from '../experiment.js'
import type { CaptionedFigure } from './figures.js'
import { pongContest } from './pong.js'
import type { Team } from './team.js'

/** A game's part of `bl1 compare`. */
export interface Contest<G extends GameTypes> {
  readonly task: Task<G>
  readonly stage: Stage<G>
  /** Columns of the table in the terminal, after that of the conditions. */
  readonly terminal: readonly MetricColumn<G['metric']>[]
  /** The heading of `episodes.csv` and the rows of one trial. */
  readonly episodesHead: string
  readonly episodeRows: (result: G['result']) => readonly string[]
  readonly figures: (results: readonly G['result'][], summary: Summary<G>) => CaptionedFigure[]
  /**
   * Longest time that running trials are given to end by themselves and close what they started, when the work is stopped, ms. 0: they hold
   * nothing, and are stopped at once.
   */
  readonly stopLimitMs: number
  /** Throws what the first trial would throw, before anything is written. */
  readonly check: () => Promise<void>
}

/** Trained agents bring the learning library in. */
const teamOf = async (agents: readonly string[], { protocol }: Experiment): Promise<Team | undefined> => {
  if (agents.length === 0) return undefined
  const { loadTeam } = await import('./team.js')
  return loadTeam(agents, protocol.firstSeed)
}

/**
 * Hands the game of an experiment to `use`. What a game needs is loaded when it is asked for, and not before.
 * @param agents checkpoints of trained agents in place of fixed encoders and decoders; none: the fixed ones
 */
export const withContest = async <T>(
  experiment: Experiment,
  agents: readonly string[],
  use: <G extends GameTypes>(contest: Contest<G>) => Promise<T> | T,
): Promise<T> => {
  const team = await teamOf(agents, experiment)
  if (experiment.game === 'pong') return use(pongContest(experiment, team))
  const { doomContest } = await import('./doom.js')
  return use(doomContest(experiment, team))
}
