/** What `bl1 train` does, loaded when it is asked for: it brings the learning library in. */
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Bl1Error } from '../../errors.js'
import { formatDuration, makeFolder } from '../../io/index.js'
import { estimateBytes } from '../../culture/index.js'
import { MS_PER_SECOND } from '../../units.js'
import { requireMemory } from '../memory.js'
import { startDisplay, type TrainingDisplay } from './display.js'
import { planResumed, planRun, type TrainFlags, type TrainingPlan } from './plan.js'
import { BEST_CHECKPOINT, describeRun, LAST_CHECKPOINT } from './run.js'
import { runSeed, type SeedResult, type SeedTask } from './seedRun.js'
import { trainSideBySide } from './sideBySide.js'

/** A dish, its state after the last update, and the one that a validation begins with. */
const COPIES = 3

const shown = (value: number): string => Number(value.toPrecision(3)).toLocaleString('en-US')

const summaryOf = ({ config, folder }: SeedTask, { progress, backend }: SeedResult): string => {
  const { counters, recent, best, seconds } = progress
  const mean = recent.reduce((sum, episode) => sum + episode.return, 0) / Math.max(1, recent.length)
  const returns = recent.length === 0 ? 'no episode ended' : `mean return of the last ${recent.length} episodes ${shown(mean)}`
  const validation = best === null ? '' : `; best on validation ${shown(best.mean)} at ${best.steps.toLocaleString('en-US')} steps (${join(folder, BEST_CHECKPOINT)})`
  const steps = `${counters.steps.toLocaleString('en-US')} steps and ${counters.episodes.toLocaleString('en-US')} episodes in ${formatDuration(seconds * MS_PER_SECOND)}`
  return `Seed ${config.seed}: ${steps} on ${backend}; ${returns}${validation}.`
}

const runAll = async ({ tasks }: TrainingPlan, jobs: number, signal: AbortSignal, display: TrainingDisplay): Promise<(SeedResult | undefined)[]> => {
  const [first, ...others] = tasks
  if (others.length > 0) return trainSideBySide({ tasks, jobs, signal, display })
  return [await runSeed(first, { signal, onReport: (report) => display.report('train', report), onNote: display.note })]
}

/** Whether there is something to go on from. */
const isBegun = ({ tasks }: TrainingPlan): boolean => tasks.some((task) => existsSync(join(task.folder, LAST_CHECKPOINT)))

/** A run that failed before its first step leaves nothing, and a folder that was named as empty as it was: the same command can be given again. */
const clear = (folder: string, isNamed: boolean): void => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
  if (!isNamed) rmdirSync(folder)
}

/**
 * Trains what the command line asks for.
 * @throws Bl1Error `run/interrupted` after Ctrl-C, with everything on disk to go on from
 */
export const runTraining = async (file: string | undefined, flags: TrainFlags, signal: AbortSignal): Promise<void> => {
  const plan = flags.resume === undefined ? planRun(file ?? '', flags) : planResumed(flags.resume, file, flags)
  const { folder, config, tasks } = plan
  const jobs = Math.min(flags.jobs, tasks.length)
  if (config.agent === 'culture' && config.substrate === 'culture') {
    requireMemory(config.culture, jobs, (COPIES * config.env.count - 1) * estimateBytes(config.culture))
  }
  // A seed whose turn had not come when the run was stopped is known by its folder.
  for (const task of [{ folder, config }, ...tasks]) {
    makeFolder(task.folder)
    describeRun(task.folder, task.config)
  }
  const display = startDisplay()
  let results: (SeedResult | undefined)[]
  try {
    results = await runAll(plan, jobs, signal, display)
  } catch (error) {
    if (isBegun(plan) || signal.aborted) display.note(`What was learned is kept. Go on with: bl1 train --resume ${folder} (npx bl1 inside a clone)`)
    else if (flags.resume === undefined) clear(folder, flags.out !== undefined)
    throw error
  } finally {
    display.stop()
  }
  if (signal.aborted && !results.every((result) => result?.interrupted === false)) {
    display.note(`Stopped; ${LAST_CHECKPOINT} holds the state after the last update. Go on with: bl1 train --resume ${folder} (npx bl1 inside a clone)`)
    throw new Bl1Error('run/interrupted', { doing: 'the training' })
  }
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify({ folder, runs: results.map((result, k) => ({ seed: tasks[k].config.seed, folder: tasks[k].folder, ...result })) })}\n`)
    return
  }
  const lines = results.flatMap((result, k) => (result === undefined ? [] : [summaryOf(tasks[k], result)]))
  process.stdout.write(`${lines.join('\n')}\nMeasure it on held-out episodes: bl1 eval ${tasks[0].folder}\nCurves: tensorboard --logdir ${folder}\n`)
}
