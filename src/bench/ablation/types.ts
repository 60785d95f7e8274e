/** What ablations are made of and what is found in them. Nothing here knows a game: a return is a number that an agent wants to be large. */
import type { MeanInterval } from '../statistics.js'
import type { AblationFamily, AblationName } from './conditions.js'

/** One agent played one way. */
export interface AblationRun {
  /** Names the agent; the same in all of its runs. */
  readonly agent: string
  readonly condition: AblationName
  /** Return of each held-out episode; entry i is the same episode in every run of this agent. */
  readonly returns: readonly number[]
}

/**
 * What one number of a test stands for.
 *
 * - `agents`: several agents, enough of them for a test over agents. An interval is a 95 % bootstrap interval over agents.
 * - `each agent`: several, but too few. Each is tested alone over its episodes; something counts only where every one of them shows it.
 *   An interval is the range over agents, a p value the largest of an agent.
 * - `episodes`: one agent, tested over its episodes. What is found holds for this agent.
 */
export type AblationUnit = 'agents' | 'each agent' | 'episodes'

/** Two ways to play, paired. */
export interface AblationContrast {
  /** The first minus the second. */
  readonly difference: MeanInterval
  /** Paired effect size; null where it has none, and for `each agent`. */
  readonly dz: number | null
  /** Null where nothing can be tested. */
  readonly p: number | null
  /** Holm-corrected within the family, and over the agents where each is tested alone. */
  readonly pHolm: number | null
  /** Agents that show the mean's direction alone, over their own episodes after correction; null for one agent. */
  readonly agentsAlone: number | null
  /** Which of the two is higher: claimed only where the corrected test and the interval both say so. */
  readonly evidence: 'first' | 'second' | 'none'
}

/** One way to play over all agents. */
export interface AblationRow {
  readonly name: AblationName
  readonly family: AblationFamily | null
  /** Mean return of each agent, in the order of {@link AblationSummary.agents}. */
  readonly perAgent: readonly number[]
  readonly mean: MeanInterval
  /** What nothing was taken from minus this; null for that itself. */
  readonly loss: AblationContrast | null
  /**
   * Share of the return above chance that is lost: (as trained - this) / (as trained - random actions), means over agents or episodes.
   * 0: nothing, 1: all. Null where the trained agent is not above chance, so that there is nothing to lose.
   */
  readonly lost: MeanInterval | null
  /** This minus random actions, for the rows about spikes; null elsewhere. */
  readonly left: AblationContrast | null
}

/**
 * What follows from the spikes' rows.
 *
 * - `not above chance`, `below chance`: the agent as trained is not better than random actions; nothing can be said of its parts.
 * - `to chance`: without what the spikes say, it falls to chance or below.
 * - `carried`: it loses, and something above chance may be left.
 * - `unsettled`: some of the deciding replacements lose, others do not.
 * - `not carried`: none does.
 * - `better without`: it plays better when its spikes are replaced.
 * - `untested`: no replacement was played.
 */
export type AblationVerdict = 'not above chance' | 'below chance' | 'to chance' | 'carried' | 'unsettled' | 'not carried' | 'better without' | 'untested'

/** Ablations in numbers. Plain JSON. */
export interface AblationSummary {
  readonly agents: readonly string[]
  /** Held-out episodes of each agent. */
  readonly episodes: readonly number[]
  readonly unit: AblationUnit
  /** Level of the tests after correction. */
  readonly significance: number
  /** As trained minus random actions. */
  readonly aboveChance: AblationContrast
  readonly rows: readonly AblationRow[]
  readonly verdict: AblationVerdict
}
