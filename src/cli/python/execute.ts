/** Programs run to their end, and what they said. */
import { spawn } from 'node:child_process'
import { Bl1Error } from '../../errors.js'

const LAST_LINES = 12
/** After the end of a program: time for what it wrote to be read. What it started may live on with its streams, and is not waited for. */
const DRAIN_MS = 1000

/** What a program left. */
export interface Outcome {
  /** null when a signal ended it, or its time limit. */
  readonly code: number | null
  readonly stdout: string
  /** Both streams, as they came. */
  readonly output: string
  /** It could not be started, because it is not there. */
  readonly isMissing: boolean
}

/** How a program is run. */
export interface ExecuteOptions {
  readonly folder: string
  readonly env?: NodeJS.ProcessEnv
  /** Ends the program. */
  readonly signal?: AbortSignal
  readonly limitMs: number
}

/** Runs a program to its end, whatever that is. One that is told to end is waited for. */
export const execute = (file: string, args: readonly string[], options: ExecuteOptions): Promise<Outcome> =>
  new Promise((resolve) => {
    const { folder, env = process.env, signal, limitMs } = options
    let [stdout, output] = ['', '']
    const child = spawn(file, args, {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limitMs,
      killSignal: 'SIGKILL',
      ...(signal === undefined ? {} : { signal }),
    })
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('error', (error: NodeJS.ErrnoException) => {
      // Without a process there is no 'close' to wait for.
      if (child.pid === undefined) resolve({ code: null, stdout, output: error.message, isMissing: error.code === 'ENOENT' })
    })
    child.once('exit', () => {
      const drained = setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream.destroy()), DRAIN_MS)
      child.once('close', () => clearTimeout(drained))
    })
    child.on('close', (code) => resolve({ code, stdout, output, isMissing: false }))
  })

/** The end of what a program wrote: where it says what went wrong. */
export const lastLines = (output: string): string => output.trim().split('\n').slice(-LAST_LINES).join('\n')

/** @throws Bl1Error `run/interrupted` */
export const throwIfStopped = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted === true) throw new Bl1Error('run/interrupted', { doing: 'setting up Python' })
}
