/** The process behind a bridge: started in a group and a folder of its own, ended with all that it started. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pythonFolder } from './python.js'
import { settlesWithin } from './timeLimit.js'

/** What is kept of what a process wrote to stderr. */
const LAST_WORDS_CHARACTERS = 4000
/** After its end: time for its guard to clean up and close stderr. */
const GONE_LIMIT_MS = 5000

/** How a process ended. */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** It could not be started. */
  readonly error?: NodeJS.ErrnoException
}

/** Processes that end, at the latest, with this program. */
const living = new Set<Child>()

const endAll = (): void => {
  for (const child of living) child.abandon()
}

/** A running `python -m bl1_bridge`. */
export class Child {
  readonly process: ChildProcess
  /** Resolved when the process has ended. */
  readonly exited: Promise<Exit>
  readonly #folder: string
  readonly #drained: Promise<void>
  #hasExited = false
  #lastWords = ''

  constructor(python: string, descriptors: number) {
    this.#folder = mkdtempSync(join(tmpdir(), 'bl1-bridge-'))
    try {
      this.process = start(python, this.#folder, descriptors)
    } catch (error) {
      this.#removeFolder()
      throw error
    }
    // A write to a process that has just died fails; its death is reported by 'exit'.
    this.process.stdin?.on('error', () => undefined)
    this.process.stderr?.setEncoding('utf8').on('data', this.#keep)
    this.exited = new Promise((resolve) => {
      const end = (exit: Exit): void => {
        this.#hasExited = true
        this.#killGroup()
        resolve(exit)
      }
      this.process.once('exit', (code, signal) => end({ code, signal }))
      this.process.once('error', (error) => end({ code: null, signal: null, error }))
    })
    this.#drained = new Promise((resolve) => {
      this.process.once('close', () => resolve())
      this.process.once('error', () => resolve())
    })
    if (living.size === 0) process.on('exit', endAll)
    living.add(this)
  }

  /** The end of what it wrote to stderr. */
  get lastWords(): string {
    return this.#lastWords.trim()
  }

  /** Writes its first line. Its stdin stays open for as long as this program lives: its end is how the process learns of ours. */
  instruct(line: string): void {
    this.process.stdin?.write(`${line}\n`)
  }

  /** Kills it and its group, if it has not ended. */
  kill(): void {
    if (!this.#hasExited) this.#killGroup()
  }

  /** After its end: waits until its guard has cleaned up and all that it wrote is read. */
  async drain(): Promise<void> {
    await settlesWithin(this.#drained, GONE_LIMIT_MS)
  }

  /** Frees what is left of it. Call it after its end. */
  release(): void {
    this.process.stdin?.destroy()
    this.process.stderr?.destroy()
    living.delete(this)
    if (living.size === 0) process.off('exit', endAll)
    this.#removeFolder()
  }

  /** This program ends: so do the process and its folder. */
  abandon(): void {
    this.kill()
    this.#removeFolder()
  }

  #keep = (text: string): void => {
    this.#lastWords = (this.#lastWords + text).slice(-LAST_WORDS_CHARACTERS)
  }

  #killGroup(): void {
    const { pid } = this.process
    if (pid === undefined) return
    try {
      if (process.platform === 'win32') this.process.kill('SIGKILL')
      else process.kill(-pid, 'SIGKILL')
    } catch {
      // Nothing of the group is left.
    }
  }

  #removeFolder(): void {
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** @throws Error where the system cannot start any process, or takes no such name */
const start = (python: string, cwd: string, descriptors: number): ChildProcess =>
  spawn(python, ['-X', 'faulthandler', '-m', 'bl1_bridge'], {
    cwd,
    env: environment(),
    // A group of its own: a Ctrl-C in the terminal reaches this program alone, which then closes the process in order.
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: ['pipe', 'ignore', 'pipe', ...Array<'pipe'>(descriptors).fill('pipe')],
  })

const environment = (): NodeJS.ProcessEnv => {
  const others = process.env['PYTHONPATH'] ?? ''
  return { ...process.env, PYTHONPATH: others === '' ? pythonFolder() : `${pythonFolder()}${delimiter}${others}`, PYTHONUTF8: '1' }
}
