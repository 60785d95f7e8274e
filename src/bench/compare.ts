/** Runs all trials of a comparison in an order that their needs allow, on however many workers; the results do not depend on it. */
import { Bl1Error } from '../errors.js'
import { CONDITION_NAMES, type ConditionName } from './conditions.js'
import type { GameTypes, TrialBase } from './game.js'
import type { Protocol } from './protocol.js'
import { prepareCulture, runTrial, type PreparedCulture, type Stage, type TrialOptions, type WorkOptions } from './trial.js'

/** Where cultures are prepared and trials run: this thread, or others. */
export interface Executor<G extends GameTypes> {
  /** Grows and settles the culture of a seed. */
  prepare(seed: number, options: WorkOptions): Promise<PreparedCulture<G>>
  /** Runs one condition on a copy of a prepared culture. */
  trial(prepared: PreparedCulture<G>, condition: ConditionName, options: TrialOptions<G>): Promise<G['result']>
  /** What a trial under the taught condition kept for its yoked twin to replay; null where it kept nothing. */
  scriptOf(result: G['result']): G['script'] | null
}

/** Runs everything on this thread. */
export const inlineExecutor = <G extends GameTypes>(stage: Stage<G>): Executor<G> => ({
  prepare: (seed, options) => prepareCulture(stage, seed, options),
  trial: (prepared, condition, options) => runTrial(stage, prepared, condition, options),
  scriptOf: (result) => stage.scriptOf(result),
})

/** What a comparison tells while it runs. */
export interface CompareEvents<Result extends TrialBase> {
  /** A culture went on by this much simulated time; 0 when it starts. */
  readonly onSimulated?: (kind: ConditionName | 'prepare', seed: number, simulatedMs: number) => void
  /** A culture or a trial is done. */
  readonly onFinished?: (kind: ConditionName | 'prepare', seed: number) => void
  /** A trial is finished: store it. */
  readonly onResult?: (result: Result) => void
}

/** How a comparison runs. */
export interface CompareOptions<Result extends TrialBase> extends CompareEvents<Result> {
  /** Trials at the same time. */
  readonly jobs: number
  /** Trials that are already there, from a run that was interrupted. */
  readonly finished?: readonly Result[]
}

/** Seeds of a comparison. */
export const seedsOf = (protocol: Protocol): number[] => Array.from({ length: protocol.cultures }, (_, k) => protocol.firstSeed + k)

/** The culture whose teaching a yoked culture receives: the next one, the last one's is the first. */
export const donorOf = (seeds: readonly number[], seed: number): number => seeds[(seeds.indexOf(seed) + 1) % seeds.length]

/** Conditions of a protocol, each once: the taught one, then the others in reporting order. @throws Bl1Error `compare/yoked` */
export const conditionsOf = (protocol: Protocol): ConditionName[] => {
  const { taught, cultures } = protocol
  const wanted = new Set(protocol.conditions)
  const hasTaught = wanted.has(taught)
  if (wanted.has('open_loop') && (!hasTaught || cultures < 2)) throw new Bl1Error('compare/yoked', { cultures, taught, hasTaught })
  const others = CONDITION_NAMES.filter((name) => name !== taught && wanted.has(name))
  return hasTaught ? [taught, ...others] : others
}

interface Task {
  readonly isReady: () => boolean
  readonly run: () => Promise<void>
}

/** Runs tasks, at most `jobs` at a time, always the first that is ready. The first failure ends it. */
const runTasks = async (tasks: Task[], jobs: number): Promise<void> => {
  const running = new Set<Promise<void>>()
  while (tasks.length > 0 || running.size > 0) {
    for (let k = 0; k < tasks.length && running.size < jobs; ) {
      if (!tasks[k].isReady()) {
        k++
        continue
      }
      const [task] = tasks.splice(k, 1)
      const promise = task.run().finally(() => running.delete(promise))
      running.add(promise)
      k = 0
    }
    await Promise.race(running)
  }
}

/**
 * The whole comparison.
 * @returns one result per culture and condition, by culture, then in the order of {@link conditionsOf}
 * @throws Bl1Error `compare/yoked`, and whatever the executor throws
 */
export const compareFeedback = async <G extends GameTypes>(
  protocol: Protocol,
  executor: Executor<G>,
  options: CompareOptions<G['result']>,
): Promise<G['result'][]> => {
  const { jobs, finished = [], onSimulated, onFinished, onResult } = options
  const seeds = seedsOf(protocol)
  const conditions = conditionsOf(protocol)
  const keyOf = (seed: number, condition: ConditionName): string => `${seed}/${condition}`
  const results = new Map<string, G['result']>(finished.map((result) => [keyOf(result.seed, result.condition), result]))
  const prepared = new Map<number, PreparedCulture<G>>()
  const left = new Map(seeds.map((seed) => [seed, conditions.filter((condition) => !results.has(keyOf(seed, condition))).length]))

  const donated = (seed: number): G['result'] | undefined => results.get(keyOf(donorOf(seeds, seed), protocol.taught))
  const trialTask = (seed: number, condition: ConditionName): Task => ({
    isReady: () => prepared.has(seed) && (condition !== 'open_loop' || donated(seed) !== undefined),
    run: async () => {
      const culture = prepared.get(seed)
      if (culture === undefined) return
      const donor = condition === 'open_loop' ? donated(seed) : undefined
      const script = donor === undefined ? null : executor.scriptOf(donor)
      onSimulated?.(condition, seed, 0)
      const result = await executor.trial(culture, condition, {
        ...(script === null ? {} : { script }),
        keepRaster: seed === seeds[0] && condition === conditions[0],
        onSimulated: (simulatedMs) => onSimulated?.(condition, seed, simulatedMs),
      })
      results.set(keyOf(seed, condition), result)
      const remaining = (left.get(seed) ?? 0) - 1
      left.set(seed, remaining)
      // A snapshot is large: let it go as soon as nobody needs it.
      if (remaining === 0) prepared.delete(seed)
      onResult?.(result)
      onFinished?.(condition, seed)
    },
  })
  const tasks: Task[] = seeds.flatMap((seed) => {
    const missing = conditions.filter((condition) => !results.has(keyOf(seed, condition)))
    if (missing.length === 0) return []
    const prepare: Task = {
      isReady: () => true,
      run: async () => {
        onSimulated?.('prepare', seed, 0)
        prepared.set(seed, await executor.prepare(seed, { onSimulated: (simulatedMs) => onSimulated?.('prepare', seed, simulatedMs) }))
        onFinished?.('prepare', seed)
      },
    }
    return [prepare, ...missing.map((condition) => trialTask(seed, condition))]
  })
  await runTasks(tasks, jobs)
  return seeds.flatMap((seed) => conditions.flatMap((condition) => results.get(keyOf(seed, condition)) ?? []))
}
