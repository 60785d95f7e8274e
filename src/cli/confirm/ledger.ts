/**
 * The seeds that confirmations of one search used: `confirmations.jsonl` in the folder of an exploration (or beside a frozen setting that is
 * confirmed again). A line is written before its confirmation runs, so that seeds which were looked at once are never fresh again.
 */
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import type { SeedRange } from '../../bench/index.js'
import { Bl1Error } from '../../errors.js'
import { AppendFile, RESULTS_FILE } from '../../io/index.js'
import { EXPLORATION_FILE, SETTINGS_FOLDER } from '../explore/names.js'
import { isFrozenFile } from './frozen.js'

/** Its name. */
export const LEDGER_FILE = 'confirmations.jsonl'

const seed = z.int().min(0)
const entrySchema = z.strictObject({ sha256: z.string(), seeds: z.tuple([seed, seed]), folder: z.string(), frozenAt: z.string() })

/** One confirmation. */
export interface LedgerEntry {
  /** Of what it froze. */
  readonly sha256: string
  readonly seeds: SeedRange
  readonly folder: string
  readonly frozenAt: string
}

/** Where the ledger of a setting is; undefined for a config of its own. */
export const ledgerOf = (setting: string): string | undefined => {
  const folder = dirname(resolve(setting))
  if (isFrozenFile(setting)) return join(folder, LEDGER_FILE)
  const above = dirname(folder)
  // a search that was killed while it wrote its settings has no document yet
  const isExploration = [EXPLORATION_FILE, RESULTS_FILE].some((name) => existsSync(join(above, name)))
  return basename(folder) === SETTINGS_FOLDER && isExploration ? join(above, LEDGER_FILE) : undefined
}

interface Ledger {
  readonly entries: readonly LedgerEntry[]
  /** Where to cut a last line that was cut short, which belongs to a confirmation that never ran; undefined where there is none. */
  readonly cutAt: number | undefined
}

const entryOf = (line: string, file: string, number: number): LedgerEntry => {
  const refuse = (reason: string, cause?: unknown): never => {
    throw new Bl1Error('confirm/ledger', { file, line: number, reason }, { cause })
  }
  let content: unknown
  try {
    content = JSON.parse(line)
  } catch (error) {
    return refuse('it is not JSON', error)
  }
  const read = entrySchema.safeParse(content)
  return read.success ? read.data : refuse(`'${read.error.issues[0]?.path.join('.') ?? ''}' cannot be read`)
}

/** @throws Bl1Error `confirm/ledger` */
export const readLedger = (file: string): Ledger => {
  if (!existsSync(file)) return { entries: [], cutAt: undefined }
  const text = readFileSync(file)
  const wholeBytes = text.lastIndexOf(10) + 1
  const lines = text.subarray(0, wholeBytes).toString('utf8').split('\n').slice(0, -1)
  return { entries: lines.map((line, k) => entryOf(line, file, k + 1)), cutAt: wholeBytes < text.length ? wholeBytes : undefined }
}

/** The confirmations before this one; all of them where it is not among them. */
export const enteredBefore = (entries: readonly LedgerEntry[], own: string | undefined): LedgerEntry[] => {
  const place = entries.findIndex(({ sha256 }) => sha256 === own)
  return entries.slice(0, place < 0 ? entries.length : place)
}

/**
 * Enters a confirmation, unless it stands there.
 * @returns the confirmations that were entered before it: of two that are entered at once, the first sees nothing of the second
 * @throws Bl1Error `confirm/ledger`, `run/write-failed`
 */
export const enter = (file: string, entry: LedgerEntry): LedgerEntry[] => {
  const { entries, cutAt } = readLedger(file)
  // a file of whole lines is never cut: what another confirmation has entered since it was read stays
  if (!entries.some(({ sha256 }) => sha256 === entry.sha256)) new AppendFile(file, cutAt).append(`${JSON.stringify(entry)}\n`)
  const after = readLedger(file).entries
  if (!after.some(({ sha256 }) => sha256 === entry.sha256)) throw new Bl1Error('confirm/ledger', { file, line: after.length + 1, reason: 'what was written there is gone' })
  return enteredBefore(after, entry.sha256)
}
