/** Who acts in the environments: a policy with what it needs beside its weights, streams of random numbers or a culture for each. */
import type { StepResult } from '../src/env/index.js'
import type { Column } from './policy.js'

/** What an environment answered to an action. */
export type StepOutcome = Omit<StepResult<unknown>, 'observation'>

/** Seconds spent since the actor was made. */
export interface ActorSeconds {
  /** In networks and draws. */
  policy: number
  /** In cultures; 0 without one. */
  culture: number
}

/** Acts in several environments at once. A collector or an evaluation calls reset, then act and outcome in turn. */
export interface Actor {
  /** What it writes of every step: 'action' among them, 'observation' not. */
  readonly columns: readonly Column[]
  readonly seconds: Readonly<ActorSeconds>
  /**
   * Chooses one action for each environment.
   * @param observations one row an environment
   * @param into its columns are written, rows `firstRow` to `firstRow + environments - 1`; other columns are left alone
   * @param greedy the mode of each distribution (a Beta's mean) in place of a draw
   */
  act(observations: Float32Array, into: Readonly<Record<string, Float32Array>>, firstRow: number, greedy: boolean): void
  /** Hears what came of the last action in an environment. */
  outcome(env: number, outcome: StepOutcome): void
  /**
   * Before the first action of an episode.
   * @param seed of this episode. Given, all that is random in it is drawn from streams of that seed (an evaluation gives one, so that an episode
   *   does not depend on those before it); left out, the streams of the environment go on.
   */
  reset(env: number, seed?: number): void
  /** Streams and cultures as they are now, without the weights: plain JSON and typed arrays. */
  save(): unknown
  /** @throws Bl1Error `agents/saved` */
  load(saved: unknown): void
}
