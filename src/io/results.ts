/** Finished pieces of work on disk: what lets an interrupted run go on to the identical result. */
import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { Bl1Error } from '../errors.js'
import type { JsonValue } from '../json.js'
import { asJson, firstDifference } from './canonicalJson.js'
import { reasonOf } from './reasonOf.js'
import { formatHeader, formatLine, readEntry, readHeader } from './resultLines.js'
import { writeAtomically } from './writeAtomically.js'

/** Name of the file inside a run's folder. */
export const RESULTS_FILE = 'finished.jsonl'
const DEFAULT_MAX_BYTES = 256 * 2 ** 20

/** An unfinished last line that was removed when the store was opened. That piece of work runs again. */
export interface DroppedLine {
  readonly line: number
  readonly bytes: number
  readonly reason: string
}

/** What a store is opened with. */
export interface ResultStoreOptions<Value> {
  /** Turns what the file holds into a value; throws when it cannot. @default the JSON itself */
  readonly read: (json: JsonValue) => Value
  /** Refuse to start a new file. @default false */
  readonly mustExist?: boolean
  /** The largest file to read or to grow to. @default 256 MiB */
  readonly maxBytes?: number
}

/**
 * An append-only file of finished pieces of work, each under a key.
 *
 * Every line is flushed to the disk before `add` returns. A last line cut short by a killed process is dropped and reported in
 * `dropped`; damage anywhere else is an error, and the file is left as it is.
 *
 * @example
 * ```ts
 * const store = ResultStore.open(folder, { config, seeds })
 * for (const work of plan) if (!store.has(work.key)) store.add(work.key, run(work))
 * ```
 */
export class ResultStore<Value = JsonValue> {
  readonly file: string
  /** What opening the file had to drop, if anything. */
  readonly dropped: DroppedLine | undefined
  readonly #values = new Map<string, { readonly text: string; readonly value: Value }>()
  readonly #read: (json: JsonValue) => Value
  readonly #maxBytes: number
  #length: number

  /**
   * Opens the store of a folder, or starts one there.
   * @param folder an existing folder
   * @param fingerprint plain JSON of everything that decides the results: config, seeds, package version
   * @throws Bl1Error `results/other-run` naming the first path where the fingerprints differ, `results/corrupt` naming the line,
   * `results/version`, `results/too-large`, `results/missing`, `results/unreadable`, `run/write-failed`, `run/not-json`
   */
  static open(folder: string, fingerprint: unknown, options?: Omit<ResultStoreOptions<JsonValue>, 'read'>): ResultStore
  static open<Value>(folder: string, fingerprint: unknown, options: ResultStoreOptions<Value>): ResultStore<Value>
  static open<Value>(
    folder: string, fingerprint: unknown, options: Partial<ResultStoreOptions<Value>> = {},
  ): ResultStore<Value | JsonValue> {
    return new ResultStore<Value | JsonValue>(folder, asJson(fingerprint, 'fingerprint'), { read: (json) => json, ...options })
  }

  private constructor(folder: string, fingerprint: JsonValue, options: ResultStoreOptions<Value>) {
    const { read, mustExist = false, maxBytes = DEFAULT_MAX_BYTES } = options
    this.file = join(folder, RESULTS_FILE)
    this.#read = read
    this.#maxBytes = maxBytes
    const header = Buffer.from(formatHeader(fingerprint))
    const bytes = this.#readFile(mustExist)

    // The header is written whole. If it was cut later, nothing can have been behind it: it is safe to write it again.
    const isCutHeader = bytes !== undefined && bytes.length < header.length && header.subarray(0, bytes.length).equals(bytes)
    if (bytes === undefined || isCutHeader) {
      this.dropped = isCutHeader ? { line: 1, bytes: bytes.length, reason: 'it was cut short' } : undefined
      writeAtomically(this.file, header)
      this.#length = header.length
      return
    }
    const { lines, isLastWhole } = splitLines(bytes)
    this.#requireSameRun(readHeader(lines[0] ?? bytes, this.file), fingerprint)
    this.dropped = this.#readEntries(lines.slice(1), isLastWhole ? 1 : 0)
    this.#length = bytes.length
    if (this.dropped !== undefined) this.#cut(this.dropped.bytes)
    else if (!isLastWhole) this.#append(Buffer.from('\n'))
  }

  /** Number of finished pieces. */
  get size(): number {
    return this.#values.size
  }

  /** Whether there is a result under this key. */
  has(key: string): boolean {
    return this.#values.has(key)
  }

  /** The result under a key. */
  get(key: string): Value | undefined {
    return this.#values.get(key)?.value
  }

  /** Key and value of every finished piece, in the order in which they finished. */
  *entries(): IterableIterator<[key: string, value: Value]> {
    for (const [key, { value }] of this.#values) yield [key, value]
  }

  /**
   * Writes a finished piece and flushes it to the disk. Adding the same value again changes nothing.
   * @returns the value as a resumed run would read it
   * @throws Bl1Error `run/not-json`, `results/duplicate`, `results/too-large`, `results/other-writer`, `run/write-failed`; the
   * file keeps its finished lines
   */
  add(key: string, value: unknown): Value {
    const body = { key, value: asJson(value, key) }
    const line = Buffer.from(formatLine(body))
    const known = this.#values.get(key)
    if (known !== undefined) {
      if (known.text === JSON.stringify(body.value)) return known.value
      throw new Bl1Error('results/duplicate', { file: this.file, key })
    }
    const grown = this.#length + line.length
    if (grown > this.#maxBytes) throw new Bl1Error('results/too-large', { file: this.file, bytes: grown, limit: this.#maxBytes })
    const kept = this.#read(body.value)
    this.#append(line)
    this.#values.set(key, { text: JSON.stringify(body.value), value: kept })
    return kept
  }

  #readFile(mustExist: boolean): Buffer | undefined {
    const { file } = this
    if (!existsSync(file)) {
      if (mustExist) throw new Bl1Error('results/missing', { file })
      return undefined
    }
    try {
      const { size } = statSync(file)
      if (size > this.#maxBytes) throw new Bl1Error('results/too-large', { file, bytes: size, limit: this.#maxBytes })
      return readFileSync(file)
    } catch (error) {
      throw error instanceof Bl1Error ? error : new Bl1Error('results/unreadable', { file, reason: reasonOf(error) }, { cause: error })
    }
  }

  #requireSameRun(stored: unknown, fingerprint: JsonValue): void {
    const difference = firstDifference(asJson(stored, 'fingerprint'), fingerprint)
    if (difference === undefined) return
    const { path, before, after } = difference
    throw new Bl1Error('results/other-run', { file: this.file, path, stored: before, received: after })
  }

  #readEntries(lines: readonly Uint8Array[], lastNewline: 0 | 1): DroppedLine | undefined {
    for (const [index, bytes] of lines.entries()) {
      const line = index + 2
      const entry = readEntry(bytes)
      if ('damage' in entry) {
        if (index === lines.length - 1) return { line, bytes: bytes.length + lastNewline, reason: entry.damage }
        throw new Bl1Error('results/corrupt', { file: this.file, line, reason: entry.damage })
      }
      this.#keep(entry.key, asJson(entry.value, entry.key), line)
    }
    return undefined
  }

  #keep(key: string, json: JsonValue, line: number): void {
    const text = JSON.stringify(json)
    const known = this.#values.get(key)
    if (known !== undefined && known.text !== text) {
      throw new Bl1Error('results/corrupt', { file: this.file, line, reason: `it holds another result for '${key}' than an earlier line` })
    }
    try {
      this.#values.set(key, { text, value: this.#read(json) })
    } catch (error) {
      const reason = `it cannot be read as a result: ${reasonOf(error)}`
      throw new Bl1Error('results/corrupt', { file: this.file, line, reason }, { cause: error })
    }
  }

  #cut(bytes: number): void {
    this.#change((descriptor) => ftruncateSync(descriptor, this.#length - bytes))
    this.#length -= bytes
  }

  #append(bytes: Uint8Array): void {
    this.#change((descriptor) => {
      try {
        for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
      } catch (error) {
        // A full disk can take half a line: take it back, or the next line would be glued to it.
        ftruncateSync(descriptor, this.#length)
        throw error
      }
    })
    this.#length += bytes.length
  }

  #change(action: (descriptor: number) => void): void {
    try {
      const descriptor = openSync(this.file, 'a')
      try {
        if (fstatSync(descriptor).size !== this.#length) throw new Bl1Error('results/other-writer', { file: this.file })
        action(descriptor)
        fsyncSync(descriptor)
      } finally {
        closeSync(descriptor)
      }
    } catch (error) {
      throw error instanceof Bl1Error
        ? error
        : new Bl1Error('run/write-failed', { file: this.file, reason: reasonOf(error) }, { cause: error })
    }
  }
}

/** Lines without their newlines; the last one may lack it. */
const splitLines = (bytes: Buffer): { lines: Uint8Array[]; isLastWhole: boolean } => {
  const lines: Uint8Array[] = []
  let start = 0
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    lines.push(bytes.subarray(start, end))
    start = end + 1
  }
  const isLastWhole = start === bytes.length
  if (!isLastWhole) lines.push(bytes.subarray(start))
  return { lines, isLastWhole }
}
