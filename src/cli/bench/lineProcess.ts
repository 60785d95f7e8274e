/** A process that answers every line with a line, for as long as it is wanted. */
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { z } from 'zod'
import { Bl1Error } from '../../errors.js'

/** An answer that takes longer than this is taken for one that never comes. */
const LIMIT_MS = 10 * 60_000
const LAST_WORDS = 2000
/** Time to end by itself, and then to end when told. */
const PATIENCE_MS = 5000

interface Waiting {
  readonly resolve: (line: string) => void
  readonly reject: (error: Error) => void
}

/** How to start one. */
export interface SideCommand {
  /** For messages: 'Gymnasium'. */
  readonly name: string
  readonly file: string
  readonly args: readonly string[]
  /** What to do where it fails. */
  readonly remedy: string
  /** What to do where it takes too long. */
  readonly slowRemedy: string
  /** Longest wait for an answer. @default ten minutes */
  readonly limitMs?: number
}

/** Lines out, lines in, one at a time. */
export class LineProcess {
  readonly #command: SideCommand
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>
  readonly #signal: AbortSignal
  readonly #gone: Promise<void>
  #waiting: Waiting | undefined
  #lastWords = ''
  #dead: Error | undefined

  constructor(command: SideCommand, signal: AbortSignal) {
    this.#command = command
    this.#signal = signal
    this.#child = spawn(command.file, command.args, { stdio: ['pipe', 'pipe', 'pipe'] })
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#lastWords = (this.#lastWords + text).slice(-LAST_WORDS)))
    // A write to a process that has just died fails; its death is reported by 'close'.
    this.#child.stdin.on('error', () => undefined)
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#waiting?.resolve(line))
    this.#gone = new Promise((resolve) => {
      this.#child.on('error', (error) => {
        this.#die(this.#died(error.message))
        resolve()
      })
      this.#child.on('close', (code, killedBy) => {
        this.#die(this.#died(killedBy === null ? `it ended with code ${code}` : `it was ended by ${killedBy}`))
        resolve()
      })
    })
    signal.addEventListener('abort', this.#interrupt, { once: true })
    if (signal.aborted) this.#interrupt()
  }

  /**
   * Sends `text` (none: waits for a first line) and reads the answer.
   * @throws Bl1Error `bench/side-died`, `bench/side-silent`, `run/interrupted`
   */
  async ask<S extends z.ZodType>(text: string, schema: S): Promise<z.output<S>> {
    if (this.#dead !== undefined) throw this.#dead
    const { name, slowRemedy, limitMs = LIMIT_MS } = this.#command
    let timer: NodeJS.Timeout | undefined
    try {
      const line = await new Promise<string>((resolve, reject) => {
        this.#waiting = { resolve, reject }
        timer = setTimeout(() => reject(new Bl1Error('bench/side-silent', { side: name, limitMs, remedy: slowRemedy })), limitMs)
        if (text !== '') this.#child.stdin.write(text)
      })
      return this.#read(line, schema)
    } finally {
      clearTimeout(timer)
      this.#waiting = undefined
    }
  }

  /** Ends it and waits until it is gone. One that is busy is told to tidy up, and then ended. */
  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#interrupt)
    this.#child.stdin.end()
    const teller = setTimeout(() => this.#kill('SIGTERM'), PATIENCE_MS)
    const killer = setTimeout(() => this.#kill('SIGKILL'), 2 * PATIENCE_MS)
    await this.#gone
    clearTimeout(teller)
    clearTimeout(killer)
  }

  #read<S extends z.ZodType>(line: string, schema: S): z.output<S> {
    try {
      return schema.parse(JSON.parse(line))
    } catch (error) {
      throw this.#died(`it answered '${line.slice(0, 200)}'`, error)
    }
  }

  #died(reason: string, cause?: unknown): Bl1Error {
    const { name, remedy } = this.#command
    return new Bl1Error('bench/side-died', { side: name, reason, lastWords: this.#lastWords.trim(), remedy }, { cause })
  }

  #die(error: Error): void {
    this.#dead ??= error
    this.#waiting?.reject(this.#dead)
  }

  #interrupt = (): void => {
    this.#die(new Bl1Error('run/interrupted', { doing: 'the measurement' }))
    this.#kill('SIGTERM')
  }

  /** A process that could not be started has the id 0 inside Node, and a signal to 0 ends the whole group of processes, this one too. */
  #kill(signal: NodeJS.Signals): void {
    if (this.#child.pid !== undefined) this.#child.kill(signal)
  }
}
