/** Trains what is not finished yet: several seeds at a time, both sides of a seed one after the other. */
import type { ResultStore } from '../../../io/index.js'
import { seedResultOf, type LearningSide, type SeedResult } from './answer.js'
import { Sides, type SidesPlace } from './sides.js'
import type { LearningTask } from './tasks.js'

/** One training. */
export interface Work {
  readonly key: string
  readonly task: LearningTask
  readonly side: LearningSide
  readonly seed: number
}

/** Everything asked for, in the order in which it is done: seed by seed, so that both sides meet the same weather. */
export const worksOf = (tasks: readonly LearningTask[], seeds: number, peers: boolean): Work[] =>
  tasks.flatMap((task) =>
    Array.from({ length: seeds }, (_, k) => k + 1).flatMap((seed) => {
      const sides: LearningSide[] = peers && task.hasPeer ? ['bl1', 'sb3'] : ['bl1']
      return sides.map((side): Work => ({ key: `${task.name}/${side}/${seed}`, task, side, seed }))
    }),
  )

/** How to go about it. */
export interface TrainAllOptions extends SidesPlace {
  /** Trainings at a time. */
  readonly jobs: number
  readonly gitHash: string | null
  /** Told after each. */
  readonly onFinished: (work: Work, result: SeedResult) => void
}

/**
 * Trains, and stores each result as it comes. The first failure ends all lanes; what is stored stays.
 * @throws Bl1Error `bench/peer-missing`, `bench/side-died`, `bench/side-silent`, `run/interrupted`, and what the store throws
 */
export const trainAll = async (works: readonly Work[], store: ResultStore<SeedResult>, options: TrainAllOptions): Promise<void> => {
  const { jobs, gitHash, onFinished, ...place } = options
  const queue = works.filter(({ key }) => !store.has(key))
  let failed = false
  const lane = async (): Promise<void> => {
    const sides = new Sides(place)
    try {
      for (let work = queue.shift(); work !== undefined && !failed; work = queue.shift()) {
        const { key, task, side, seed } = work
        const { answer, versions } = await sides.train(side, task.run, seed)
        onFinished(work, store.add(key, seedResultOf(task, side, seed, answer, { versions, gitHash })))
      }
    } catch (error) {
      failed = true
      throw error
    } finally {
      await sides.close()
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(jobs, queue.length) }, lane))
  for (const one of lanes) if (one.status === 'rejected') throw one.reason
}
