/** The numbers of a training over its steps, as TensorBoard reads them (event file) and as anything reads them (metrics.jsonl). */
import { join } from 'node:path'
import { mean } from 'simple-statistics'
import type { TrainingReport } from '../../../agents/index.js'
import { AppendFile, EVENT_FILE, EventFile } from '../../io/index.js'
import type { TrainingProgress } from './state.js'

/** One JSON document a line. */
export const METRICS_FILE = 'metrics.jsonl'

/** What the validation episodes gave. */
export interface Validation {
  readonly mean: number
  readonly low: number | null
  readonly high: number | null
  readonly episodes: number
  readonly meanLength: number
}

/** Numbers under paths: `{ update: { policyLoss: 1 } }` is `update/policyLoss`. Nulls are left out. */
const scalarsOf = (value: object, path = ''): [string, number][] =>
  Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    const name = path === '' ? key : `${path}/${key}`
    if (typeof part === 'number') return Number.isFinite(part) ? [[name, part] satisfies [string, number]] : []
    return typeof part === 'object' && part !== null ? scalarsOf(part, name) : []
  })

/** Both files of one run. */
export class MetricsLog {
  readonly #lines: AppendFile
  readonly #events: EventFile

  /** @param keep bytes to keep of an earlier part of the run @throws Bl1Error `run/write-failed` */
  constructor(folder: string, keep: TrainingProgress['files']) {
    this.#lines = new AppendFile(join(folder, METRICS_FILE), keep.metrics)
    this.#events = new EventFile(join(folder, EVENT_FILE), { keep: keep.events })
  }

  /** What a checkpoint remembers. */
  get files(): TrainingProgress['files'] {
    return { metrics: this.#lines.length, events: this.#events.length }
  }

  /** The config, once, for the page of texts. */
  config(yaml: string): void {
    this.#events.text(0, 'config', `\`\`\`yaml\n${yaml}\`\`\``)
  }

  /** One update. `recent`: the last episodes, this rollout's included. */
  update({ counters, update, stepsPerSecond, seconds }: TrainingReport, { recent, seconds: elapsed }: TrainingProgress, realTimeFactor: number | null): void {
    this.#write(counters.steps, 'update', {
      updates: counters.updates,
      episodes: counters.episodes,
      return: recent.length === 0 ? null : mean(recent.map((episode) => episode.return)),
      length: recent.length === 0 ? null : mean(recent.map((episode) => episode.length)),
      update,
      speed: { stepsPerSecond, realTimeFactor },
      seconds: { elapsed, ...seconds },
    })
  }

  /** One pass through the validation episodes. */
  validation(steps: number, validation: Validation): void {
    this.#write(steps, 'validation', { validation })
  }

  #write(steps: number, kind: string, values: object): void {
    this.#lines.append(`${JSON.stringify({ kind, steps, ...values })}\n`)
    this.#events.scalars(steps, Object.fromEntries(scalarsOf(values)))
  }
}
