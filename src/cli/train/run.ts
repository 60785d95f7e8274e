/** One training in its folder: metrics, validation, checkpoints, and a way out at any moment from which it goes on bit for bit. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as letOthersRun } from 'node:timers/promises'
import { mean } from 'simple-statistics'
import { stringify } from 'yaml'
import { train, type TrainingReport } from '../../../agents/index.js'
import { bootstrapMean } from '../../bench/statistics.js'
import { Bl1Error } from '../../errors.js'
import { provenance, writeAtomically, writeCheckpoint } from '../../io/index.js'
import { Rng } from '../../rng.js'
import { MS_PER_SECOND } from '../../units.js'
import type { TrainingParts } from './build.js'
import { MetricsLog, type Validation } from './metrics.js'
import { playEpisodes } from './play.js'
import { seedOf } from './seeds.js'
import { loadParts, NO_PROGRESS, RECENT_EPISODES, saveParts, stateOf, type SavedParts, type TrainingProgress, type TrainingState } from './state.js'

/** The newest checkpoint, the one with the best validation, and the rows of an update that failed. */
export const LAST_CHECKPOINT = 'last.ckpt'
export const BEST_CHECKPOINT = 'best.ckpt'
const BAD_BATCH = 'bad-batch.ckpt'
/** The resolved config and what the run was made with. */
export const CONFIG_FILE = 'config.yaml'
export const PROVENANCE_FILE = 'provenance.json'

/** What a display sees after every update. */
export interface RunReport {
  readonly steps: number
  readonly totalSteps: number
  /** Mean return of the last episodes, at most 100; null before the first has ended. */
  readonly recentReturn: number | null
  readonly recentEpisodes: number
  /** Since this process began with it. */
  readonly stepsPerSecond: number
  /** Time that all cultures together lived per wall time; null without cultures. */
  readonly realTimeFactor: number | null
  readonly leftMs: number
}

/** Where a training writes and who watches. */
export interface RunOptions {
  /** An existing folder. */
  readonly folder: string
  /** Where an earlier part of it stopped. */
  readonly resumeFrom?: TrainingState
  readonly signal: AbortSignal
  readonly onReport?: (report: RunReport) => void
  /** A line for the user. */
  readonly onNote?: (text: string) => void
}

/** What came of it. */
export interface RunResult {
  readonly progress: TrainingProgress
  readonly interrupted: boolean
}

class TrainingRun {
  readonly #parts: TrainingParts
  readonly #options: RunOptions
  readonly #log: MetricsLog
  readonly #packageVersion = provenance().packageVersion
  readonly #began = performance.now()
  readonly #start: TrainingProgress
  #progress: TrainingProgress
  /** As after the last update: what can be gone on from. */
  #saved: SavedParts
  #writtenAt: number

  constructor(parts: TrainingParts, options: RunOptions, saved: SavedParts) {
    this.#parts = parts
    this.#options = options
    this.#start = options.resumeFrom?.progress ?? NO_PROGRESS
    this.#progress = this.#start
    this.#saved = saved
    this.#writtenAt = this.#start.counters.steps
    this.#log = new MetricsLog(options.folder, this.#start.files)
    if (options.resumeFrom === undefined) this.#log.config(stringify(parts.config))
    this.#note({})
  }

  async run(): Promise<RunResult> {
    const { collector, learner, rollout, config: { training } } = this.#parts
    const { signal } = this.#options
    try {
      await this.#validateIfDue()
      const { interrupted } = await train({
        collector,
        learner,
        rollout,
        totalSteps: training.steps,
        counters: this.#progress.counters,
        signal,
        onUpdate: (report) => this.#onUpdate(report),
      })
      return { progress: this.#progress, interrupted: interrupted || signal.aborted }
    } catch (error) {
      throw error instanceof Bl1Error && error.code === 'agents/not-finite' ? this.#badBatch(error) : error
    } finally {
      this.#write(LAST_CHECKPOINT)
    }
  }

  async #onUpdate(report: TrainingReport): Promise<void> {
    const { counters, episodes } = report
    const recent = [...this.#progress.recent, ...episodes.map(({ return: sum, length }) => ({ return: sum, length }))].slice(-RECENT_EPISODES)
    this.#note({ counters, recent })
    this.#log.update(report, this.#progress, this.#realTimeFactor(report.stepsPerSecond))
    this.#saved = await saveParts(this.#parts)
    this.#note({})
    this.#report()
    // Rollouts may be too short to pause by themselves, and then nobody would hear of a Ctrl-C.
    await letOthersRun()
    await this.#validateIfDue()
    if (counters.steps - this.#writtenAt >= this.#parts.config.training.checkpointEverySteps) this.#write(LAST_CHECKPOINT)
  }

  /** A validation that an interruption broke off is made up for when the run goes on. */
  async #validateIfDue(): Promise<void> {
    const { config: { training: { evaluateEverySteps: every, steps: totalSteps } } } = this.#parts
    const { counters: { steps }, evaluatedAt } = this.#progress
    const isAtEnd = steps >= totalSteps && evaluatedAt < steps
    if (every === 0 || steps === 0 || !(isAtEnd || Math.floor(steps / every) > Math.floor(evaluatedAt / every))) return
    const validation = await this.#validate()
    if (validation === undefined) return
    const isBest = this.#progress.best === null || validation.mean > this.#progress.best.mean
    this.#log.validation(steps, validation)
    this.#note({ evaluatedAt: steps, ...(isBest ? { best: { mean: validation.mean, steps } } : {}) })
    if (isBest) this.#write(BEST_CHECKPOINT)
  }

  async #validate(): Promise<Validation | undefined> {
    const { config } = this.#parts
    const { signal } = this.#options
    const seed = seedOf(config, 'validation')
    const wanted = config.training.evaluationEpisodes
    const { episodes } = await playEpisodes(this.#parts, { episodes: wanted, seed, greedy: true, signal })
    if (episodes.length < wanted) return undefined
    const returns = episodes.map((episode) => episode.return)
    const interval = bootstrapMean(returns, Rng.fromSeed(seed).split('bootstrap'))
    return { mean: mean(returns), low: interval.low, high: interval.high, episodes: wanted, meanLength: mean(episodes.map(({ length }) => length)) }
  }

  /** What has changed of the progress; the clock and the lengths of the files always have. */
  #note(changed: Partial<TrainingProgress>): void {
    const seconds = this.#start.seconds + this.#elapsedMs() / MS_PER_SECOND
    this.#progress = { ...this.#progress, ...changed, seconds, files: this.#log.files }
  }

  #elapsedMs(): number {
    return performance.now() - this.#began
  }

  #realTimeFactor(stepsPerSecond: number): number | null {
    const { dishes, config: { cultureAgent: { stepMs } } } = this.#parts
    return dishes === undefined ? null : (stepsPerSecond * stepMs) / MS_PER_SECOND
  }

  #report(): void {
    const { counters: { steps }, recent } = this.#progress
    const totalSteps = this.#parts.config.training.steps
    const done = steps - this.#start.counters.steps
    const stepsPerSecond = (done * MS_PER_SECOND) / this.#elapsedMs()
    this.#options.onReport?.({
      steps,
      totalSteps,
      recentReturn: recent.length === 0 ? null : mean(recent.map((episode) => episode.return)),
      recentEpisodes: recent.length,
      stepsPerSecond,
      realTimeFactor: this.#realTimeFactor(stepsPerSecond),
      leftMs: (Math.max(0, totalSteps - steps) * MS_PER_SECOND) / stepsPerSecond,
    })
  }

  #write(name: typeof LAST_CHECKPOINT | typeof BEST_CHECKPOINT): void {
    const { folder } = this.#options
    writeCheckpoint(join(folder, name), stateOf(this.#parts, this.#packageVersion, this.#progress, this.#saved))
    if (name === LAST_CHECKPOINT) this.#writtenAt = this.#progress.counters.steps
  }

  #badBatch({ data: { what, update, batch } }: Bl1Error<'agents/not-finite'>): Bl1Error {
    const { folder } = this.#options
    const file = join(folder, BAD_BATCH)
    writeCheckpoint(file, { kind: 'bl1-bad-batch', what, update, batch })
    return new Bl1Error('train/not-finite', { what, update, file, checkpoint: join(folder, LAST_CHECKPOINT) })
  }
}

/** Writes what a folder says about its run: its config as it is now, and what it was begun with. */
export const describeRun = (folder: string, config: TrainingParts['config']): void => {
  writeAtomically(join(folder, CONFIG_FILE), stringify(config))
  const made = join(folder, PROVENANCE_FILE)
  if (!existsSync(made)) writeAtomically(made, `${JSON.stringify(provenance(), null, 2)}\n`)
}

/**
 * Trains until `training.steps` or until the signal. Whatever happens, `last.ckpt` holds the state after the last finished update.
 * @throws Bl1Error `train/not-finite` with the offending rows saved, `run/write-failed`, and whatever the parts throw
 */
export const trainRun = async (parts: TrainingParts, options: RunOptions): Promise<RunResult> => {
  const { resumeFrom, onNote } = options
  if (resumeFrom !== undefined) {
    const { progress: { counters: { steps } } } = resumeFrom
    const { training: { steps: wanted } } = parts.config
    if (steps >= wanted) onNote?.(`Finished already: ${steps} of ${wanted} steps. --steps with a larger number makes it longer.`)
    const { exact } = await loadParts(parts, resumeFrom.parts)
    if (!exact) onNote?.(`${parts.config.env.id} cannot be saved: the run goes on with new episodes, and is not bit for bit the one that was stopped.`)
    if (resumeFrom.backend !== parts.backend.description) onNote?.(`Begun with ${resumeFrom.backend}, resumed with ${parts.backend.description}: the last bits will differ.`)
  }
  return new TrainingRun(parts, options, resumeFrom?.parts ?? (await saveParts(parts))).run()
}
