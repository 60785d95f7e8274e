/** `frozen.json`: a setting, its seeds and what is known of how it was found, written down and hashed before a confirmation runs. */
import { closeSync, fsyncSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { protocolParameters, showRanges, type FrozenMark, type SeedRange } from '../../bench/index.js'
import { Bl1Error } from '../../errors.js'
import { canonicalJson, hashOf, type Provenance } from '../../io/index.js'
import { experimentSchema, type Experiment } from '../experiment.js'

/** Its name in the folder of a confirmation. */
export const FROZEN_FILE = 'frozen.json'
const SHA256_DIGITS = 64
const LIMIT_BYTES = 1_000_000

const ranges = protocolParameters.unwrap().shape.usedSeeds.unwrap()

/** Schema of the file. */
export const frozenSchema = z.strictObject({
  /** With the protocol of the confirmation. */
  experiment: experimentSchema,
  settingsTried: z.int().min(0),
  /** Seeds that exploration and earlier confirmations used. */
  usedSeeds: ranges,
  seeds: ranges.element,
  frozenAt: z.string(),
  provenance: z.looseObject({}),
  sha256: z.string(),
})

/** What a confirmation wrote down before it ran. */
export interface FrozenSetting extends FrozenMark {
  readonly experiment: Experiment
  readonly settingsTried: number
  readonly usedSeeds: readonly SeedRange[]
  readonly seeds: SeedRange
  readonly provenance: object
}

const sha256Of = (content: Readonly<Record<string, unknown>>): string => hashOf(canonicalJson(content), SHA256_DIGITS)

/** Everything that is frozen, with its hash. */
export const freeze = (
  experiment: Experiment,
  { seeds, usedSeeds, provenance, now = new Date() }: { seeds: SeedRange; usedSeeds: readonly SeedRange[]; provenance: Provenance; now?: Date },
): FrozenSetting => {
  const content = { experiment, settingsTried: experiment.protocol.settingsTried, usedSeeds, seeds, frozenAt: now.toISOString(), provenance }
  return { ...content, sha256: sha256Of(content) }
}

/** The words a report needs. */
export const markOf = ({ sha256, frozenAt }: FrozenSetting): FrozenMark => ({ sha256, frozenAt })

/** The frozen setting as lines of a report. */
export const frozenLines = ({ sha256, frozenAt, settingsTried, usedSeeds, seeds }: FrozenSetting): string[] => [
  `SHA-256 ${sha256} (${FROZEN_FILE}), written ${frozenAt}`,
  `settings tried before: ${settingsTried}`,
  `seeds of this confirmation: ${showRanges([seeds])}`,
  `seeds used before: ${usedSeeds.length === 0 ? 'none declared' : showRanges(usedSeeds)}`,
]

/**
 * Writes it into a folder that has none.
 * @throws Bl1Error `confirm/started` when another process did so first, `run/write-failed`
 */
export const writeFrozen = (folder: string, frozen: FrozenSetting): void => {
  const file = join(folder, FROZEN_FILE)
  try {
    // fails where the file exists: of two confirmations that begin at once in one folder, one goes on
    const descriptor = openSync(file, 'wx')
    try {
      writeFileSync(descriptor, `${JSON.stringify(frozen, null, 2)}\n`)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw new Bl1Error('confirm/started', { folder }, { cause: error })
    throw new Bl1Error('run/write-failed', { file, reason }, { cause: error })
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

const jsonIn = (file: string): unknown => {
  try {
    const stat = statSync(file, { throwIfNoEntry: false })
    return stat?.isFile() === true && stat.size <= LIMIT_BYTES ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  } catch {
    return undefined
  }
}

/** Whether a file is a frozen setting, be it an edited or damaged one. */
export const isFrozenFile = (file: string): boolean => {
  if (!/\.json$/i.test(file) || statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false
  const content = jsonIn(file)
  return basename(file) === FROZEN_FILE || (isRecord(content) && (Object.hasOwn(content, 'sha256') || Object.hasOwn(content, 'frozenAt')))
}

/** Reads a frozen setting and checks that it is what was written. @throws Bl1Error `confirm/missing`, `confirm/edited` */
export const readFrozen = (file: string): FrozenSetting => {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) throw new Bl1Error('confirm/missing', { file })
  const content = jsonIn(file)
  if (!isRecord(content)) throw new Bl1Error('confirm/edited', { file, reason: 'it is no longer whole JSON' })
  const { sha256, ...rest } = content
  const hash = sha256Of(rest)
  if (sha256 !== hash) throw new Bl1Error('confirm/edited', { file, reason: `its content has the SHA-256 ${hash}, but it names ${String(sha256)}` })
  const read = frozenSchema.safeParse(content)
  if (!read.success) throw new Bl1Error('confirm/edited', { file, reason: `'${read.error.issues[0]?.path.join('.') ?? ''}' cannot be read` })
  return read.data
}
