/** Several programs measured in alternation, so that what slows the machine for a while slows all of them. */
import { readParameters } from '../../parameters.js'
import { benchmarkParameters, type BenchmarkOptions } from './parameters.js'
import type { Program, Tally } from './program.js'
import { rateOf, ratioOf, type Rate, type RateRatio } from './rate.js'

/** What {@link alternate} found. */
export interface Alternation<Name extends string> {
  readonly rates: Readonly<Record<Name, Rate>>
  /** How many times as fast the first program is as each other one: above 1 the first is faster. */
  readonly ratios: Readonly<Partial<Record<Name, RateRatio>>>
}

/** Options of {@link alternate}. */
export interface AlternateOptions extends Omit<BenchmarkOptions, 'durationMs' | 'seed'> {
  /** Called after every round of every program. */
  readonly onRound?: (name: string, round: number, tally: Tally) => void
}

/**
 * Runs each program once to warm up (compiled code, caches), then round after round all of them in turn with the same number of steps.
 *
 * @example
 * ```ts
 * const { rates, ratios } = await alternate({ now: stepProgram(env, 0), before: stepProgram(oldEnv, 0) }, { steps: 100_000 })
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`
 */
export const alternate = async <Name extends string>(
  programs: Readonly<Record<Name, Program>>,
  { onRound, ...options }: AlternateOptions = {},
): Promise<Alternation<Name>> => {
  const { steps, rounds } = readParameters(benchmarkParameters, options, 'alternate')
  const entries: [Name, Program, Tally[]][] = []
  for (const name in programs) entries.push([name, programs[name], []])
  for (const [, program] of entries) await program(steps)
  for (let round = 0; round < rounds; round++) {
    for (const [name, program, tallies] of entries) {
      const tally = await program(steps)
      tallies.push(tally)
      onRound?.(name, round, tally)
    }
  }
  const rates = {} as Record<Name, Rate>
  for (const [name, , tallies] of entries) rates[name] = rateOf(tallies)
  const ratios: Partial<Record<Name, RateRatio>> = {}
  const [first] = entries
  for (const [name] of entries.slice(1)) ratios[name] = ratioOf(rates[first[0]], rates[name])
  return { rates, ratios }
}
