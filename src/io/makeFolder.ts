/** Folders that results go into. */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Bl1Error } from '../errors.js'
import { reasonOf } from './reasonOf.js'

export const unusable = (folder: string, cause: unknown, reason = reasonOf(cause)): Bl1Error =>
  new Bl1Error('run/folder-unusable', { folder, reason }, { cause })

export const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/** Node's own `recursive` never returns where folders cannot be made, as in /proc. */
const makeAll = (path: string): void => {
  if (isFolder(path)) return
  const above = dirname(path)
  if (!existsSync(above)) makeAll(above)
  try {
    mkdirSync(path)
  } catch (error) {
    // Another run may have made it in between.
    if (!isFolder(path)) throw error
  }
}

/** Makes a folder, and those above it, unless it is there. @throws Bl1Error `run/folder-unusable` */
export const makeFolder = (folder: string): void => {
  try {
    makeAll(resolve(folder))
  } catch (error) {
    throw unusable(folder, error)
  }
}
