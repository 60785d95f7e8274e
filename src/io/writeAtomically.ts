/** Writing a file so that it is either whole or not there. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { Bl1Error } from '../errors.js'
import { errorCode, reasonOf } from './reasonOf.js'

let counter = 0

/** Opens a temporary file beside `path`. A name left over by a killed process of the same id is passed over. */
const openTemporary = (path: string): { temporary: string; descriptor: number } => {
  for (;;) {
    const temporary = join(dirname(path), `.${basename(path)}.${process.pid}-${threadId}-${counter++}.tmp`)
    try {
      return { temporary, descriptor: openSync(temporary, 'wx') }
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error
    }
  }
}

/**
 * Writes to a temporary name in the same folder, flushes to the disk and renames: a reader, and a machine that loses power, sees the
 * old content or the new one, never a part.
 * @throws Bl1Error `run/write-failed`; the old file is untouched and no temporary file stays
 */
export const writeAtomically = (path: string, content: string | Uint8Array): void => {
  let left: string | undefined
  try {
    const { temporary, descriptor } = openTemporary(path)
    left = temporary
    try {
      writeFileSync(descriptor, content)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, path)
    syncFolder(dirname(path))
  } catch (error) {
    if (left !== undefined) rmSync(left, { force: true })
    throw new Bl1Error('run/write-failed', { file: path, reason: reasonOf(error) }, { cause: error })
  }
}

/** The rename itself lives in the folder, which some systems flush separately and others do not let one open. */
const syncFolder = (folder: string): void => {
  let descriptor: number
  try {
    descriptor = openSync(folder, 'r')
  } catch {
    return
  }
  try {
    fsyncSync(descriptor)
  } catch (error) {
    if (!['EINVAL', 'EPERM', 'ENOTSUP', 'EBADF'].includes(errorCode(error) ?? '')) throw error
  } finally {
    closeSync(descriptor)
  }
}
