/**
 * The speed of an environment: of its steps, of making it, of its pictures. Gymnasium's four measurements with fixed work in place of
 * fixed time, after warming up, in repeated rounds of which the median is the answer and the spread says how much to trust it.
 *
 * To compare two versions measure them in alternation, not one after the other: `alternate`.
 */
import type { AnyEnv } from '../../env/index.js'
import { readParameters } from '../../parameters.js'
import { measure } from './measure.js'
import { benchmarkParameters, type BenchmarkOptions } from './parameters.js'
import { timed, timedAsync, type Program } from './program.js'
import type { Rate } from './rate.js'
import { stepProgram } from './stepping.js'
import { withSubject, type Subject } from './subject.js'
import type { AnyVectorEnv } from '../../vector/index.js'
import { vectorStepProgram } from './vectorStepping.js'

/** What {@link benchmarkStep} and {@link benchmarkVectorStep} found; plain data. */
export interface StepBenchmark extends Omit<Rate, 'perSecond' | 'nsEach'> {
  /** Median over the rounds. */
  readonly stepsPerSecond: number
  /** The same as a time. */
  readonly nsPerStep: number
}

/** What {@link benchmarkInit} found; plain data. `rounds` and `steps` count environments. */
export interface InitBenchmark extends Omit<Rate, 'perSecond' | 'nsEach'> {
  readonly initsPerSecond: number
  readonly nsPerInit: number
}

/** What {@link benchmarkRender} found; plain data. `rounds` and `steps` count pictures. */
export interface RenderBenchmark extends Omit<Rate, 'perSecond' | 'nsEach'> {
  readonly rendersPerSecond: number
  readonly nsPerRender: number
}

const seedOf = (options: BenchmarkOptions, where: string): number => readParameters(benchmarkParameters, options, where).seed

const asSteps = ({ perSecond, nsEach, ...rate }: Rate): StepBenchmark => ({ stepsPerSecond: perSecond, nsPerStep: nsEach, ...rate })

/**
 * Steps with random actions (drawn beforehand) and a reset at every end of an episode, which is part of the time.
 *
 * @example
 * ```ts
 * const { stepsPerSecond, spread } = await benchmarkStep(() => new PongEnv(), { steps: 50_000 })
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, and what the environment throws
 */
export const benchmarkStep = async (env: Subject<AnyEnv>, options: BenchmarkOptions = {}): Promise<StepBenchmark> => {
  const seed = seedOf(options, 'benchmarkStep')
  return withSubject(env, async (made) => asSteps(await measure(await stepProgram(made, seed), options, 'benchmarkStep')))
}

/**
 * The same for many environments at once. Steps are counted in each of them: one step of a vector of 8 is 8 steps. Vectors over worker
 * threads pay for each message; for an environment that steps in less than some ten microseconds they are slower than a `SyncVectorEnv`.
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, and what the environments throw
 */
export const benchmarkVectorStep = async (env: Subject<AnyVectorEnv>, options: BenchmarkOptions = {}): Promise<StepBenchmark> => {
  const seed = seedOf(options, 'benchmarkVectorStep')
  return withSubject(env, async (made) => asSteps(await measure(await vectorStepProgram(made, seed), options, 'benchmarkVectorStep')))
}

/**
 * Makes the environment, resets and closes it. `steps` is how many a round makes. Default: 100.
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, and what the environment throws
 */
export const benchmarkInit = async (make: () => AnyEnv | Promise<AnyEnv>, options: BenchmarkOptions = {}): Promise<InitBenchmark> => {
  const seed = seedOf(options, 'benchmarkInit')
  const program: Program = (steps) =>
    timedAsync(steps, async () => {
      for (let i = 0; i < steps; i++) {
        const env = await make()
        await env.reset({ seed })
        await env.close()
      }
      return 0
    })
  const { perSecond, nsEach, ...rate } = await measure(program, withFewer(options), 'benchmarkInit')
  return { initsPerSecond: perSecond, nsPerInit: nsEach, ...rate }
}

/**
 * Draws the first state of an episode again and again; the environment needs a render mode. `steps` is how many pictures a round draws.
 * Default: 100.
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, and what the environment throws
 */
export const benchmarkRender = async (env: Subject<AnyEnv>, options: BenchmarkOptions = {}): Promise<RenderBenchmark> => {
  const seed = seedOf(options, 'benchmarkRender')
  return withSubject(env, async (made) => {
    await made.reset({ seed })
    const { perSecond, nsEach, ...rate } = await measure(renderProgram(made), withFewer(options), 'benchmarkRender')
    return { rendersPerSecond: perSecond, nsPerRender: nsEach, ...rate }
  })
}

const renderProgram = (env: AnyEnv): Program => {
  if (env.sync) {
    return (steps) =>
      timed(steps, () => {
        for (let i = 0; i < steps; i++) env.render()
        return 0
      })
  }
  return (steps) =>
    timedAsync(steps, async () => {
      for (let i = 0; i < steps; i++) await env.render()
      return 0
    })
}

/** Making and drawing take a thousand times as long as a step. */
const withFewer = (options: BenchmarkOptions): BenchmarkOptions => ({ steps: 100, ...options })
