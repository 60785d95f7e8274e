/** A file that grows at its end and can be cut back to an earlier length: what a resumed run does with what was written after its checkpoint. */
import { appendFileSync, existsSync, statSync, truncateSync } from 'node:fs'
import { Bl1Error } from '../errors.js'
import { reasonOf } from './reasonOf.js'

/** Grows by whole lines and records; opened again, it may be cut to an earlier length first. */
export class AppendFile {
  readonly file: string
  #length: number

  /**
   * Opens a file, or starts one with the first append.
   * @param keep cut to this many bytes what is there; left out: everything stays
   * @throws Bl1Error `run/write-failed`
   */
  constructor(file: string, keep?: number) {
    this.file = file
    this.#length = this.#change(() => {
      const length = existsSync(file) ? statSync(file).size : 0
      if (keep === undefined || keep >= length) return length
      truncateSync(file, keep)
      return keep
    })
  }

  /** Bytes so far. */
  get length(): number {
    return this.#length
  }

  /** @throws Bl1Error `run/write-failed` */
  append(content: string | Uint8Array): void {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    this.#change(() => appendFileSync(this.file, bytes))
    this.#length += bytes.length
  }

  #change<T>(act: () => T): T {
    try {
      return act()
    } catch (error) {
      throw new Bl1Error('run/write-failed', { file: this.file, reason: reasonOf(error) }, { cause: error })
    }
  }
}
