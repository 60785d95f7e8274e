/** The training loop: collect, learn, report. */
import type { Collector, CollectorSeconds } from './collector.js'
import type { Learner, UpdateReport } from './learner.js'
import type { FinishedEpisode, Rollout } from './rollout.js'
import { Bl1Error } from '../src/errors.js'

/** How far a training has come. */
export interface TrainingCounters {
  /** Steps of all environments together that were learned from. */
  readonly steps: number
  readonly updates: number
  /** Episodes that ended in them. */
  readonly episodes: number
}

/** One rollout and its update. */
export interface TrainingReport {
  /** After the update. */
  readonly counters: TrainingCounters
  /** The episodes that ended in the rollout. */
  readonly episodes: readonly FinishedEpisode[]
  readonly update: UpdateReport
  /** Steps of all environments, by the clock, update included. */
  readonly stepsPerSecond: number
  /** Where the time of this rollout went. */
  readonly seconds: CollectorSeconds & { readonly update: number }
}

/** What is trained. */
export interface TrainingParts {
  readonly collector: Collector
  readonly learner: Learner
  readonly rollout: Rollout
  /** Steps of all environments together, whole training; reached or exceeded by less than a rollout. */
  readonly totalSteps: number
  /** Where a resumed training stands. */
  readonly counters?: TrainingCounters
  /** Awaited before the next rollout: log, evaluate, save. */
  readonly onUpdate?: (report: TrainingReport) => void | Promise<void>
  /** Aborted: stops at the next step. The running rollout is not learned from. */
  readonly signal?: AbortSignal
}

const secondsBetween = (before: CollectorSeconds, after: CollectorSeconds): CollectorSeconds => ({
  env: after.env - before.env,
  policy: after.policy - before.policy,
  culture: after.culture - before.culture,
})

/**
 * Trains until `totalSteps`.
 *
 * @example
 * ```ts
 * await train({ collector, learner, rollout, totalSteps: 200_000, onUpdate: ({ counters, episodes }) => console.log(counters.steps, episodes) })
 * ```
 * @returns how far it came, and whether it was interrupted
 * @throws Bl1Error `agents/rollout` for a total that is no number of steps, what collecting and updating throw
 */
export const train = async (parts: TrainingParts): Promise<TrainingCounters & { readonly interrupted: boolean }> => {
  const { collector, learner, rollout, totalSteps, onUpdate, signal } = parts
  if (!Number.isSafeInteger(totalSteps) || totalSteps < 1) {
    throw new Bl1Error('agents/rollout', { expected: 'a whole number of totalSteps, 1 or more', received: String(totalSteps) })
  }
  let counters: TrainingCounters = parts.counters ?? { steps: 0, updates: 0, episodes: 0 }
  while (counters.steps < totalSteps) {
    const began = performance.now()
    const before = collector.seconds
    rollout.clear()
    // A rollout is played by the policy that the last update left.
    const isFull = await collector.collect(rollout, signal)
    if (!isFull) return { ...counters, interrupted: true }
    const update = learner.update(rollout, counters.steps / totalSteps)
    counters = {
      steps: counters.steps + rollout.rows,
      updates: counters.updates + 1,
      episodes: counters.episodes + rollout.episodes.length,
    }
    const stepsPerSecond = rollout.rows / ((performance.now() - began) / 1000)
    const seconds = { ...secondsBetween(before, collector.seconds), update: update.seconds }
    await onUpdate?.({ counters, episodes: [...rollout.episodes], update, stepsPerSecond, seconds })
  }
  return { ...counters, interrupted: false }
}
