/** The Python that measures the other side: found, or set up in `.venv` of the clone. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Bl1Error } from '../../errors.js'

const isWindows = process.platform === 'win32'
const LAST_LINES = 12

/** The clone (or the installed package): the nearest folder above that holds a package.json. */
export const packageRoot = (): string => {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (dirname(folder) !== folder && !existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}

/** The folder of the programs that measure other packages. */
export const peersFolder = (root: string): string => join(root, 'bench', 'peers')

/** What every peer shares, with its versions. */
export const requirementsFile = (root: string): string => join(peersFolder(root), 'requirements.txt')

/** The interpreter of the clone's own environment, whether or not it is there. */
export const venvPython = (root: string): string => join(root, '.venv', ...(isWindows ? ['Scripts', 'python.exe'] : ['bin', 'python']))

/**
 * Which Python measures Gymnasium: the one asked for, else the clone's own, else none.
 * @throws Bl1Error `cli/python` where an interpreter was named that is not there
 */
export const findPython = (asked: string | undefined, root: string): string | undefined => {
  const own = venvPython(root)
  if (asked === undefined || asked === '') return existsSync(own) ? own : undefined
  // A bare name is looked up on the PATH when it is started.
  if (/[\\/]/.test(asked) && !existsSync(asked)) throw new Bl1Error('cli/python', { path: asked })
  return asked
}

/** What a program left. `isMissing`: it could not be started. */
export interface Outcome {
  readonly code: number | null
  readonly output: string
  readonly isMissing: boolean
}

/** What setting up needs to know. */
export interface SetUpOptions {
  /** Where `.venv` goes and `bench/peers` is. */
  readonly root: string
  readonly env?: NodeJS.ProcessEnv
  readonly signal?: AbortSignal
  /** Told what is being done. */
  readonly say?: (text: string) => void
}

/** Runs a program to its end, whatever that is. */
export const execute = (file: string, args: readonly string[], { root, env = process.env, signal }: SetUpOptions): Promise<Outcome> =>
  new Promise((resolve) => {
    let output = ''
    const keep = (text: string): void => void (output += text)
    const child = spawn(file, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], ...(signal === undefined ? {} : { signal }) })
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    child.on('error', (error: NodeJS.ErrnoException) => resolve({ code: null, output: error.message, isMissing: error.code === 'ENOENT' }))
    child.on('close', (code) => resolve({ code, output, isMissing: false }))
  })

/** The end of what a program wrote: where it says what went wrong. */
export const lastLines = (output: string): string => output.trim().split('\n').slice(-LAST_LINES).join('\n')

/** @throws Bl1Error `run/interrupted` */
export const throwIfStopped = ({ signal }: SetUpOptions): void => {
  if (signal?.aborted === true) throw new Bl1Error('run/interrupted', { doing: 'setting up Python' })
}

/** How pip is called. */
export const PIP = ['-m', 'pip', '--disable-pip-version-check'] as const

/** Runs one part of the set-up. @throws Bl1Error `run/interrupted`, `bench/setup-failed` */
const mustSucceed = async (doing: string, file: string, args: readonly string[], options: SetUpOptions): Promise<Outcome> => {
  const outcome = await execute(file, args, options)
  throwIfStopped(options)
  // The interpreter of .venv is given by its path: where it is missing, .venv is damaged.
  if (outcome.isMissing && !isAbsolute(file)) throw new Bl1Error('bench/python-missing', { command: file })
  if (outcome.code !== 0) throw new Bl1Error('bench/setup-failed', { doing, reason: lastLines(outcome.output) })
  return outcome
}

/**
 * Makes `.venv` with the packages of `bench/peers/requirements.txt`. What is there already is left as it is.
 * @returns the interpreter
 * @throws Bl1Error `bench/peers-missing` outside a clone, `bench/python-missing`, `bench/setup-failed`, `run/interrupted`
 */
export const setUpPython = async (options: SetUpOptions): Promise<string> => {
  const { root, say = () => undefined } = options
  const requirements = requirementsFile(root)
  if (!existsSync(requirements)) throw new Bl1Error('bench/peers-missing', { file: requirements })
  const python = venvPython(root)
  const isUsable = existsSync(python) && (await execute(python, [...PIP, '--version'], options)).code === 0
  if (!isUsable) {
    say('making .venv')
    await mustSucceed('python3 -m venv .venv', isWindows ? 'python' : 'python3', ['-m', 'venv', join(root, '.venv')], options)
  }
  say('installing bench/peers/requirements.txt')
  await mustSucceed('pip install', python, [...PIP, 'install', '--quiet', '-r', requirements], options)
  return python
}
