/** Where Python is, and where the package's own Python code is. */
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Bl1Error } from '../errors.js'

/** The clone (or the installed package): the nearest folder above that holds a package.json. */
export const packageRoot = (): string => {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (dirname(folder) !== folder && !existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}

/** The folder of `bl1_bridge`: it goes on PYTHONPATH of every process behind a bridge. */
export const pythonFolder = (): string => join(packageRoot(), 'python')

/** The interpreter of the environment `.venv` in a folder, whether or not it is there. */
export const venvPython = (root: string): string =>
  join(root, '.venv', ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']))

/**
 * An interpreter that was named: a path is taken from a folder, for the process itself runs in another; a bare name is looked up on the PATH
 * when it is started.
 */
export const askedPython = (asked: string, folder = process.cwd()): string => (isPath(asked) ? resolve(folder, asked) : asked)

const isPath = (asked: string): boolean => /[\\/]/.test(asked)

/** What {@link findPython} goes by. */
export interface FindPythonOptions {
  /** The interpreter wanted, a path or a name on the PATH. @default the environment variable BL1_PYTHON */
  readonly asked?: string
  /** Folders whose `.venv` is looked for, in this order. @default the working folder, then the package's */
  readonly folders?: readonly string[]
}

/**
 * Which Python runs the other side: the one asked for, else BL1_PYTHON, else a `.venv`.
 * @throws Bl1Error `bridge/no-python` where there is none, or the one asked for is not there
 */
export const findPython = (options: FindPythonOptions = {}): string => {
  const { asked = process.env['BL1_PYTHON'] ?? '', folders = [process.cwd(), packageRoot()] } = options
  if (asked !== '') {
    const path = askedPython(asked)
    if (isPath(asked) && !existsSync(path)) throw new Bl1Error('bridge/no-python', { looked: [path] })
    return path
  }
  const looked = [...new Set(folders.map(venvPython))]
  const found = looked.find((path) => existsSync(path))
  if (found === undefined) throw new Bl1Error('bridge/no-python', { looked })
  return found
}
