/** A process that measures one side: it is told how many steps, and answers with the time. */
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { z } from 'zod'
import type { Tally } from '../../bench/index.js'
import { Bl1Error } from '../../errors.js'

/** A round that takes longer than this is taken for one that never ends. */
const LIMIT_MS = 10 * 60_000
const LAST_WORDS = 2000

const readySchema = z.object({ ready: z.record(z.string(), z.string()) })
const tallySchema = z.object({ steps: z.number(), seconds: z.number().positive(), resets: z.number() })
const heapSchema = z.object({ bytesPerStep: z.number().nullable() })

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
}

/** One measuring process. */
export class SideProcess {
  /** What it runs with, as it said itself. */
  readonly versions: Readonly<Record<string, string>>
  readonly #wire: Wire

  private constructor(wire: Wire, versions: Readonly<Record<string, string>>) {
    this.#wire = wire
    this.versions = versions
  }

  /** Starts it and waits until it is ready. @throws Bl1Error `bench/side-died`, `bench/side-silent`, `run/interrupted` */
  static async start(command: SideCommand, signal: AbortSignal): Promise<SideProcess> {
    const wire = new Wire(command, signal)
    try {
      const { ready } = await wire.ask('', readySchema)
      return new SideProcess(wire, ready)
    } catch (error) {
      await wire.close()
      throw error
    }
  }

  /** A round. @throws Bl1Error as `start` */
  run(steps: number): Promise<Tally> {
    return this.#wire.ask(`${steps}\n`, tallySchema)
  }

  /** Bytes of heap a step; ours only. @throws Bl1Error as `start` */
  async heap(): Promise<number | null> {
    return (await this.#wire.ask('heap\n', heapSchema)).bytesPerStep
  }

  /** Ends it and waits until it is gone. */
  close(): Promise<void> {
    return this.#wire.close()
  }
}

/** Lines out, lines in, one at a time. */
class Wire {
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

  async ask<S extends z.ZodType>(text: string, schema: S): Promise<z.output<S>> {
    if (this.#dead !== undefined) throw this.#dead
    let timer: NodeJS.Timeout | undefined
    try {
      const line = await new Promise<string>((resolve, reject) => {
        this.#waiting = { resolve, reject }
        timer = setTimeout(() => reject(new Bl1Error('bench/side-silent', { side: this.#command.name, limitMs: LIMIT_MS })), LIMIT_MS)
        if (text !== '') this.#child.stdin.write(text)
      })
      return this.#read(line, schema)
    } finally {
      clearTimeout(timer)
      this.#waiting = undefined
    }
  }

  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#interrupt)
    this.#child.stdin.end()
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), 5000)
    await this.#gone
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
    this.#child.kill()
  }
}
