/** Rounds of one program. */
import { readParameters } from '../../parameters.js'
import { alternate } from './alternate.js'
import { benchmarkParameters, type BenchmarkOptions } from './parameters.js'
import type { Program } from './program.js'
import type { Rate } from './rate.js'

/** A trial this long says well enough how much work fits into the time given. */
const TRIAL_SHARE = 0.1

/** How many steps take `ms`, by doubling the work until it takes a good part of it. */
const stepsIn = async (program: Program, ms: number): Promise<number> => {
  for (let steps = 1; ; steps *= 2) {
    const trialMs = (await program(steps)).seconds * 1000
    if (trialMs >= ms * TRIAL_SHARE) return Math.max(1, Math.round((steps * ms) / trialMs))
  }
}

/** Warm-up and rounds, with the work given or found. @throws Bl1Error `parameter/invalid`, `parameter/unknown` */
export const measure = async (program: Program, options: BenchmarkOptions, where: string): Promise<Rate> => {
  const { steps, durationMs, rounds } = readParameters(benchmarkParameters, options, where)
  const work = durationMs === undefined ? steps : await stepsIn(program, durationMs / rounds)
  const { rates } = await alternate({ program }, { steps: work, rounds })
  return rates.program
}
