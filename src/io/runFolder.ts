/** The folder a run writes to: `runs/<id>/`, new every time. */
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Bl1Error } from '../errors.js'
import { canonicalJson, hashOf } from './canonicalJson.js'
import { isFolder, makeFolder, unusable } from './makeFolder.js'
import { errorCode } from './reasonOf.js'

/** What a new folder of a run is made of. */
export interface RunFolderOptions {
  /** Where run folders stand. @default 'runs' */
  readonly root?: string
  /** What runs, the readable part of the id: 'compare'. */
  readonly name: string
  /** Plain JSON whose hash ends the id: equal configs are recognised at a glance. */
  readonly config: unknown
  /** A folder asked for by name (`--out`): taken as it is, and it must be new or empty. */
  readonly out?: string
  /** The start of the run. @default now */
  readonly startedAt?: Date
}

/** A folder of a run. */
export interface RunFolder {
  readonly id: string
  readonly path: string
}

/** `20261123-005312` in the machine's own time zone, as a person looks for it. */
const stamp = (date: Date): string => {
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`
}

const requireEmpty = (folder: string): void => {
  const stat = statSync(folder, { throwIfNoEntry: false })
  if (stat === undefined) return
  if (!stat.isDirectory()) throw unusable(folder, undefined, 'a file of that name is in the way')
  const entries = readdirSync(folder).sort()
  if (entries.length > 0) {
    const shown = entries.length > 3 ? [...entries.slice(0, 3), `${entries.length - 3} more`] : entries
    throw new Bl1Error('run/folder-not-empty', { folder, entries: shown })
  }
}

/** Permission bits do not tell the whole truth (read-only disks, quotas), a written file does. */
const requireWritable = (folder: string): void => {
  const probe = join(folder, `.writable-${process.pid}`)
  try {
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw unusable(folder, error)
  }
}

/**
 * Makes the folder of a run: `<root>/<time>-<name>-<hash of the config>`, with `-2`, `-3`, ... when two start in the same second; or
 * exactly `out`.
 * @throws Bl1Error `run/folder-not-empty`, `run/folder-unusable`, `run/not-json`
 */
export const createRunFolder = ({ root = 'runs', name, config, out, startedAt = new Date() }: RunFolderOptions): RunFolder => {
  if (out !== undefined) {
    try {
      requireEmpty(out)
      makeFolder(out)
    } catch (error) {
      throw error instanceof Bl1Error ? error : unusable(out, error)
    }
    requireWritable(out)
    return { id: basename(out), path: out }
  }

  const base = `${stamp(startedAt)}-${name}-${hashOf(canonicalJson(config))}`
  makeFolder(root)
  for (let attempt = 1; ; attempt++) {
    const id = attempt === 1 ? base : `${base}-${attempt}`
    const path = join(root, id)
    try {
      // Not recursive: making a folder that exists fails, so two runs can never share one.
      mkdirSync(path)
    } catch (error) {
      if (errorCode(error) === 'EEXIST' && isFolder(root)) continue
      throw unusable(root, error)
    }
    requireWritable(path)
    return { id, path }
  }
}
