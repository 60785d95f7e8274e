/** The folder that a command writes to: a new one, or that of an interrupted run to go on with. */
import { statSync } from 'node:fs'
import { Bl1Error } from '../errors.js'
import { createRunFolder } from '../io/index.js'

/** The options that decide it. */
export interface FolderFlags {
  readonly out?: string
  readonly resume?: string
}

/** @param config plain JSON whose hash is part of a new folder's name @throws Bl1Error `cli/resume`, `run/folder-not-empty`, `run/folder-unusable` */
export const runFolderFor = (name: string, { out, resume }: FolderFlags, config: unknown): string => {
  if (resume !== undefined) {
    if (statSync(resume, { throwIfNoEntry: false })?.isDirectory() === true) return resume
    throw new Bl1Error('cli/resume', { folder: resume })
  }
  return createRunFolder({ name, config, ...(out === undefined ? {} : { out }) }).path
}
