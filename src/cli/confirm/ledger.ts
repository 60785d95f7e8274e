/**
 * The seeds that confirmations of one search used: `confirmations.jsonl` in the folder of an exploration (or beside a frozen setting that is
 * confirmed again). A line is written before its confirmation runs, so that seeds which were looked at once are never fresh again.
 */
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import type { SeedRange } from '../../bench/index.js'
import { Bl1Error } from '../../errors.js'
import { AppendFile } from '../../io/index.js'
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
  return basename(folder) === SETTINGS_FOLDER && existsSync(join(above, EXPLORATION_FILE)) ? join(above, LEDGER_FILE) : undefined
}

interface Ledger {
  readonly entries: readonly LedgerEntry[]
  /** Length of the whole lines. A last line that was cut short belongs to a confirmation that never ran. */
  readonly wholeBytes: number
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
  if (!existsSync(file)) return { entries: [], wholeBytes: 0 }
  const text = readFileSync(file)
  const wholeBytes = text.lastIndexOf(10) + 1
  const lines = text.subarray(0, wholeBytes).toString('utf8').split('\n').slice(0, -1)
  return { entries: lines.map((line, k) => entryOf(line, file, k + 1)), wholeBytes }
}

/**
 * Enters a confirmation, unless it stands there.
 * @returns the confirmations that were entered before it: of two that are entered at once, the first sees nothing of the second
 * @throws Bl1Error `confirm/ledger`, `run/write-failed`
 */
export const enter = (file: string, entry: LedgerEntry): LedgerEntry[] => {
  const { entries, wholeBytes } = readLedger(file)
  if (!entries.some(({ sha256 }) => sha256 === entry.sha256)) new AppendFile(file, wholeBytes).append(`${JSON.stringify(entry)}\n`)
  const after = readLedger(file).entries
  const own = after.findIndex(({ sha256 }) => sha256 === entry.sha256)
  if (own < 0) throw new Bl1Error('confirm/ledger', { file, line: after.length + 1, reason: 'what was written there is gone' })
  return after.slice(0, own)
}
