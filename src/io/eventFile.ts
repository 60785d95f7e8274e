/** TensorBoard event files: `tensorboard --logdir runs` shows what is written here. */
import { AppendFile } from './appendFile.js'
import { scalarsRecord, textRecord, versionRecord } from './eventRecord.js'

/** Where a file goes on. */
export interface EventFileOptions {
  /** Bytes of an earlier run of the same file to keep; what comes after them is cut off. Left out: all. */
  readonly keep?: number
  /** Seconds since 1970. @default the clock of the machine */
  readonly clock?: () => number
}

/** TensorBoard reads every file of a folder whose name contains 'tfevents'. */
export const EVENT_FILE = 'events.out.tfevents.0.bl1'

/**
 * Scalars and texts over steps.
 *
 * @example
 * ```ts
 * const events = new EventFile(join(folder, EVENT_FILE))
 * events.scalars(2048, { 'return/mean': 21.5, 'loss/policy': -0.01 })
 * ```
 */
export class EventFile {
  readonly #file: AppendFile
  readonly #clock: () => number

  /** @throws Bl1Error `run/write-failed` */
  constructor(file: string, { keep, clock = () => Date.now() / 1000 }: EventFileOptions = {}) {
    this.#file = new AppendFile(file, keep)
    this.#clock = clock
    if (this.#file.length === 0) this.#file.append(versionRecord(clock()))
  }

  /** Bytes so far: what a checkpoint remembers, to cut the file back to. */
  get length(): number {
    return this.#file.length
  }

  /** Numbers at a step. @throws Bl1Error `events/value`, `run/write-failed` */
  scalars(step: number, scalars: Readonly<Record<string, number>>): void {
    this.#file.append(scalarsRecord({ seconds: this.#clock(), step }, scalars))
  }

  /** A text in Markdown at a step. @throws Bl1Error `run/write-failed` */
  text(step: number, tag: string, content: string): void {
    this.#file.append(textRecord({ seconds: this.#clock(), step }, tag, content))
  }
}
