/** Runs an exploration: rung by rung, several settings side by side, every finished trial on disk. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  compareFeedback,
  halve,
  plannedMs,
  scoreOf,
  seedsOf,
  type ConditionName,
  type GameTypes,
  type HalvedSetting,
  type Rung,
  type Score,
} from '../../bench/index.js'
import { Bl1Error } from '../../errors.js'
import { makeFolder, ResultStore, startProgress, type Progress } from '../../io/index.js'
import { readParameters } from '../../parameters.js'
import type { Contest } from '../compare/contest.js'
import { experimentIn, type ExplorationPlan, type PlannedSetting } from './plan.js'
import type { SettingExecutors } from './pool.js'
import { keyOf, type RungResult } from './store.js'

/** Trials of settings that have not finished, in the folder of the exploration; gone when it has ended. */
export const WORK_FOLDER = 'unfinished'

/** What an exploration runs with. */
export interface ExplorationWork<G extends GameTypes> {
  readonly contest: Contest<G>
  readonly plan: ExplorationPlan
  readonly folder: string
  readonly packageVersion: string
  readonly store: ResultStore<RungResult>
  readonly executors: SettingExecutors<G>
  readonly jobs: number
  readonly display: Progress
}

/** A line a rung. */
export const startExploreDisplay = <G extends GameTypes>({ stage }: Contest<G>, { plan, store }: { plan: ExplorationPlan; store: ResultStore<RungResult> }): Progress =>
  startProgress(
    plan.rungs.map((rung) => {
      const { protocol } = experimentIn(plan.settings[0].experiment, plan.space, rung)
      const kinds: readonly (ConditionName | 'prepare')[] = ['prepare', ...protocol.conditions]
      const cultureMs = kinds.reduce((sum, kind) => sum + plannedMs({ protocol, probeMs: stage.probeMs }, kind), 0)
      const alreadyDone = plan.settings.filter(({ id }) => store.has(keyOf(rung.number, id))).length
      return { name: trackOf(rung), pieces: rung.settings, noun: 'settings', pieceMs: rung.cultures * cultureMs, alreadyDone }
    }),
  )

const trackOf = ({ number }: Rung): string => `rung ${number}`

/** Works through a list, so many at a time. */
const inLanes = async <T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>): Promise<void> => {
  const left = items.values()
  const lane = async (): Promise<void> => {
    for (const item of left) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane))
}

/** How many settings play at once, and how many trials of each: as many trials as there are threads, and a setting more to fill gaps. */
export const lanesOf = (jobs: number, { cultures }: Rung): { readonly settings: number; readonly trials: number } => {
  const trials = Math.min(jobs, cultures)
  return { settings: Math.ceil(jobs / trials) + 1, trials }
}

const isUnstable = (error: unknown): error is Bl1Error =>
  error instanceof Bl1Error && (error.code === 'explore/unstable' || ('code' in error.data && error.data.code === 'explore/unstable'))

/** Plays one setting in one rung, or goes on with it. */
const playSetting = async <G extends GameTypes>(work: ExplorationWork<G>, rung: Rung, { id, experiment: setting }: PlannedSetting): Promise<void> => {
  const { contest: { task }, plan, packageVersion, store, executors, display } = work
  const key = keyOf(rung.number, id)
  if (store.has(key)) return
  const experiment = experimentIn(setting, plan.space, rung)
  const { protocol } = experiment
  const folder = join(work.folder, WORK_FOLDER, `${rung.number}-${id}`)
  makeFolder(folder)
  const trials = ResultStore.open<G['result']>(folder, { packageVersion, experiment }, { read: (json) => readParameters(task.resultSchema, json, 'a stored trial') })
  let simulatedMs = 0
  let isOver = false
  try {
    const results = await compareFeedback(protocol, executors.of(experiment), {
      jobs: lanesOf(work.jobs, rung).trials,
      finished: [...trials.entries()].map(([, result]) => result),
      onSimulated: (_kind, _seed, ms) => display.update(trackOf(rung), id, (simulatedMs += ms)),
      // trials that were still running when the setting failed change nothing
      onResult: (result) => (isOver ? undefined : void trials.add(`${result.seed}/${result.condition}`, result)),
    })
    const cultures = seedsOf(protocol).map((seed) => ({
      seed,
      outcomes: Object.fromEntries(results.filter((result) => result.seed === seed).map((result) => [result.condition, task.outcomeOf(result, protocol)])),
    }))
    store.add(key, { cultures, failure: null })
  } catch (error) {
    if (!isUnstable(error)) throw error
    display.note(`Setting ${id}: ${error.message}`)
    store.add(key, { cultures: [], failure: 'a culture left the range of the equations' })
  } finally {
    isOver = true
  }
  display.finish(trackOf(rung), id)
  rmSync(folder, { recursive: true, force: true })
}

/** The score of a setting in a rung; undefined where it did not play in it. */
export const storedScore = ({ plan: { space }, store }: Pick<ExplorationWork<GameTypes>, 'plan' | 'store'>, rung: Rung, { id, experiment }: PlannedSetting): Score | undefined => {
  const result = store.get(keyOf(rung.number, id))
  const { metric, against } = space.search
  return result === undefined ? undefined : scoreOf(result.cultures, { metric, against, taught: experiment.protocol.taught })
}

/**
 * Runs all rungs, as far as they are not stored.
 * @returns every setting with its rank, in the order in which they were drawn
 * @throws Bl1Error `run/interrupted` with everything finished on disk, and whatever trials and files throw
 */
export const runExploration = async <G extends GameTypes>(work: ExplorationWork<G>): Promise<HalvedSetting<PlannedSetting>[]> => {
  const { plan, folder, jobs } = work
  const ranked = await halve(plan.settings, plan.rungs, async (rung, settings) => {
    await inLanes(settings, lanesOf(jobs, rung).settings, (setting) => playSetting(work, rung, setting))
    return settings.map((setting) => storedScore(work, rung, setting)?.mean ?? null)
  })
  rmSync(join(folder, WORK_FOLDER), { recursive: true, force: true })
  return ranked
}
