/** How much work a measurement does. */
import { z } from 'zod'
import { group, quantity } from '../../parameters.js'

/** Table of the options that every measurement shares. */
export const benchmarkParameters = group(
  {
    steps: quantity({ default: 100_000, unit: '1', min: 1, integer: true, doc: 'Work of a round: steps, environments made, or pictures.' }),
    durationMs: z.number().positive().exactOptional().meta({ description: 'All rounds together, instead of `steps`.', unit: 'ms' }),
    rounds: quantity({ default: 5, unit: '1', min: 1, integer: true, doc: 'Rounds of equal work, after one that is not counted.' }),
    seed: quantity({ default: 0, unit: '1', min: 0, max: Number.MAX_SAFE_INTEGER, integer: true, doc: 'Seed of actions and first reset.' }),
  },
  'Measuring throughput',
)

/** Options of {@link benchmarkStep} and the other three. */
export interface BenchmarkOptions {
  /**
   * Work of a round: steps (environments made in `benchmarkInit`, pictures in `benchmarkRender`). Fixed work, not fixed time: two versions
   * then do the same. @default 100 000
   */
  readonly steps?: number
  /** Time for all rounds together in ms, instead of `steps`: the work of a round is then found by trial. */
  readonly durationMs?: number
  /** Rounds of equal work, after one that warms up. @default 5 */
  readonly rounds?: number
  /** Seed of the actions and of the first reset. @default 0 */
  readonly seed?: number
}
