/** Which Python setting up works on: the one that everything else then finds. */
import { existsSync } from 'node:fs'
import { join, sep } from 'node:path'
import { askedPython, packageRoot, venvPython } from '../../bridge/python.js'

/** An interpreter, and the environment that may be made for it. */
export interface PythonPlace {
  readonly python: string
  /** The folder of the virtual environment; undefined: the interpreter was named by the user and is taken as it is. */
  readonly venv: string | undefined
  /** Why this one, in words. */
  readonly reason: string
}

/** Where to look. */
export interface PlaceOptions {
  readonly env?: NodeJS.ProcessEnv
  /** The working folder. */
  readonly folder?: string
  /** The clone, or the installed package. */
  readonly root?: string
}

/**
 * BL1_PYTHON where it is set; else `.venv` of the working folder, if it has one; else that of the clone. What npm installed may be replaced by npm
 * at any time: beside an installed package `.venv` belongs into the working folder.
 */
export const pythonPlace = ({ env = process.env, folder = process.cwd(), root = packageRoot() }: PlaceOptions = {}): PythonPlace => {
  const asked = env['BL1_PYTHON']
  if (asked !== undefined && asked !== '') return { python: askedPython(asked, folder), venv: undefined, reason: 'BL1_PYTHON names it' }
  const isInstalled = root.split(sep).includes('node_modules')
  const isWorking = existsSync(join(folder, '.venv')) || (isInstalled && !existsSync(venvPython(root)))
  const home = isWorking ? folder : root
  const reason = isWorking ? '.venv of the working folder' : `.venv of the ${isInstalled ? 'package' : 'clone'}`
  return { python: venvPython(home), venv: join(home, '.venv'), reason }
}
