/** A process of Python and the calls to it: started with a handshake, watched while idle, every wait limited, ended for certain. */
import { randomBytes } from 'node:crypto'
import { isMainThread } from 'node:worker_threads'
import { z } from 'zod'
import { Bl1Error } from '../errors.js'
import type { JsonObject } from '../json.js'
import { readParameters } from '../parameters.js'
import { callEnded, callSent } from './busyWait.js'
import { Child, type Exit } from './child.js'
import { decodeHeader, encode, readAnswer, readHello, refused } from './codec.js'
import { PROTOCOL } from './limits.js'
import { LONGEST_MS, bridgeParameters, callParameters, type BridgeOptions, type BridgeSettings } from './parameters.js'
import { PipeTransport } from './pipeTransport.js'
import { findPython } from './python.js'
import { describeExit, startFailure } from './startFailure.js'
import { TimeLimit, settlesWithin } from './timeLimit.js'
import type { Transport } from './transport.js'
import type { BridgeArrays, BridgeHello, BridgeReply } from './types.js'
import { ZeroMqTransport } from './zeromqTransport.js'

/** After the end of a process: time for the answers it sent last to be read. */
const LAST_ANSWERS_MS = 100

const helloShape = z.object({ pid: z.int(), python: z.string(), versions: z.record(z.string(), z.string()) })

interface Waiting {
  readonly verb: string
  readonly resolve: (reply: BridgeReply) => void
  readonly reject: (error: Bl1Error) => void
  readonly limit: TimeLimit
}

/**
 * A process that answers calls.
 *
 * Many calls may be in flight; the process answers them in the order they were made. Nothing is ever sent twice. A call that took too
 * long is rejected and its late answer dropped, and the bridge can still be used; where the process ends or no longer gives a sign of life,
 * `failure` says why and every further call is rejected with it.
 *
 * @example
 * ```ts
 * await using bridge = await Bridge.start()
 * await bridge.call('make', { host: 'probe', options: {} })
 * const { arrays } = await bridge.call('echo', {}, { x: { shape: [3], data: Float32Array.of(1, 2, 3) } })
 * ```
 */
export class Bridge {
  readonly #settings: BridgeSettings
  readonly #transport: Transport
  readonly #child: Child
  readonly #waiting = new Map<number, Waiting>()
  /** Calls that were rejected before they were answered: their answers are dropped. */
  readonly #forgotten = new Set<number>()
  #onHello: ((parts: readonly Uint8Array[]) => void) | undefined
  #hello: z.output<typeof helloShape> = { pid: 0, python: '', versions: {} }
  #heartbeat: NodeJS.Timeout | undefined
  #seq = 0
  #failure: Bl1Error | undefined
  #closing: Promise<void> | undefined
  #end: Promise<void> | undefined

  private constructor(settings: BridgeSettings, transport: Transport, child: Child) {
    this.#settings = settings
    this.#transport = transport
    this.#child = child
    transport.open(child.process, { message: this.#message, failed: (reason) => this.#fail(refused(reason)) })
    void child.exited.then(this.#exited)
  }

  /**
   * Starts a process and waits for its hello.
   * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `bridge/no-python`, `bridge/python-old`, `bridge/not-installed`,
   * `bridge/start`, `bridge/timeout`, `bridge/version`, `bridge/protocol`
   */
  static async start(options: BridgeOptions = {}): Promise<Bridge> {
    const settings = readParameters(bridgeParameters, options, 'Bridge.start')
    const python = findPython(settings.python === undefined ? {} : { asked: settings.python })
    const secret = randomBytes(32).toString('hex')
    const transport = await openTransport(settings.transport, python, secret)
    const bridge = new Bridge(settings, transport, startChild(python, transport))
    bridge.#child.instruct(JSON.stringify({ ...transport.instructions, secret }))
    try {
      await bridge.#shakeHands(python)
    } catch (error) {
      await bridge.close()
      throw error
    }
    return bridge
  }

  /** The process. */
  get pid(): number {
    return this.#hello.pid
  }

  /** What it runs with. */
  get hello(): BridgeHello {
    return this.#hello
  }

  /** Why the bridge can no longer be used, or undefined. */
  get failure(): Bl1Error | undefined {
    return this.#failure
  }

  /** The port it listens on, for ZeroMQ: 'tcp://127.0.0.1:40123'. */
  get endpoint(): string | undefined {
    const { endpoint } = this.#transport.instructions
    return typeof endpoint === 'string' ? endpoint : undefined
  }

  /** Messages dropped because they came from a stranger. */
  get refusedMessages(): number {
    return this.#transport.refused
  }

  /**
   * Calls the process.
   * @param verb `make` { host, options } first; then what the host understands
   * @param limits `limitMs`: the longest wait for this answer. Default: the bridge's `callLimitMs`
   * @throws Bl1Error `bridge/remote` (the host refused), `bridge/timeout`, `bridge/crashed`, `bridge/closed`, `bridge/protocol`,
   * `parameter/invalid`
   */
  async call(verb: string, body: JsonObject = {}, arrays: BridgeArrays = {}, limits: { limitMs?: number } = {}): Promise<BridgeReply> {
    if (this.#closing !== undefined) throw closed(verb)
    if (this.#failure !== undefined) throw this.#failure
    const { limitMs = this.#settings.callLimitMs } = limits
    // Reading parameters takes longer than all the rest, so only what will be refused is read.
    if (!(limitMs >= 1 && limitMs <= LONGEST_MS)) readParameters(callParameters, limits, `call '${verb}'`)
    return this.#send(verb, body, arrays, limitMs)
  }

  /**
   * Ends the process, in order if it can and within `closeLimitMs`, and everything that belongs to it. Calls in flight are rejected with
   * `bridge/closed`. Never throws; calling it again waits for the same end.
   */
  close(): Promise<void> {
    return (this.#closing ??= this.#close())
  }

  /** Closes the bridge at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #shakeHands(python: string): Promise<void> {
    const { startLimitMs } = this.#settings
    const exited = this.#child.exited.then(async (exit) => {
      await this.#child.drain()
      throw startFailure(python, exit, this.#child.lastWords)
    })
    let limit: TimeLimit | undefined
    const header = new Promise<JsonObject>((resolve, reject) => {
      limit = new TimeLimit(startLimitMs, () => reject(this.#timeout('to its start', startLimitMs)))
      this.#onHello = (parts) => {
        try {
          resolve(readHello(decodeHeader(parts)))
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)))
        }
      }
    })
    try {
      this.#greet(await Promise.race([header, exited]))
    } finally {
      limit?.clear()
      this.#onHello = undefined
    }
  }

  /** Accepts a hello, or refuses its version or its content. */
  #greet(body: JsonObject): void {
    const { protocol } = body
    if (protocol !== PROTOCOL) throw new Bl1Error('bridge/version', { ours: PROTOCOL, theirs: JSON.stringify(protocol) ?? 'none' })
    const hello = helloShape.safeParse(body)
    if (!hello.success) throw refused('a hello lacks pid, python or versions')
    this.#hello = hello.data
    this.#transport.send(encode({ seq: 0, ok: true, body: { protocol: PROTOCOL } }, {}))
    this.#heartbeat = setInterval(this.#beat, this.#settings.heartbeatMs).unref()
  }

  #send(verb: string, body: JsonObject, arrays: BridgeArrays, limitMs: number): Promise<BridgeReply> {
    const seq = ++this.#seq
    const parts = encode({ seq, verb, body }, arrays)
    return new Promise((resolve, reject) => {
      const limit = new TimeLimit(limitMs, () => this.#forget(seq, this.#timeout(`'${verb}'`, limitMs)))
      this.#waiting.set(seq, { verb, resolve, reject, limit })
      this.#transport.send(parts)
      callSent(this.#settings.busyWaitMs)
    })
  }

  #message = (parts: readonly Uint8Array[]): void => {
    if (this.#onHello !== undefined) {
      this.#onHello(parts)
      return
    }
    try {
      const { seq, result } = readAnswer(decodeHeader(parts), parts, this.#transport.ownsParts)
      if (seq === 0 && result instanceof Bl1Error) throw refused(`the process could not read it: ${result.data.message}`)
      const waiting = this.#take(seq)
      if (waiting === undefined) {
        if (!this.#forgotten.delete(seq)) throw refused(`there is no call ${seq} to be answered`)
        return
      }
      if (result instanceof Bl1Error) waiting.reject(result)
      else waiting.resolve(result)
    } catch (error) {
      this.#refuse(error instanceof Bl1Error ? error : refused(String(error)))
    }
  }

  /** A message cannot be read. Where it does not say which call it answers, it may answer any of them. */
  #refuse(error: Bl1Error): void {
    const seq = 'seq' in error.data ? error.data.seq : undefined
    if (seq !== undefined && this.#waiting.has(seq)) this.#forget(seq, error)
    else this.#forgetAll(() => error)
  }

  /** A call that is waited for no longer. */
  #take(seq: number): Waiting | undefined {
    const waiting = this.#waiting.get(seq)
    if (waiting === undefined) return undefined
    this.#waiting.delete(seq)
    waiting.limit.clear()
    callEnded()
    return waiting
  }

  /** Rejects a call; its answer, should it still come, is dropped. */
  #forget(seq: number, error: Bl1Error): void {
    const waiting = this.#take(seq)
    if (waiting === undefined) return
    this.#forgotten.add(seq)
    waiting.reject(error)
  }

  #forgetAll(why: (verb: string) => Bl1Error): void {
    // Those rejected are no longer met: a map may change while it is walked.
    for (const [seq, { verb }] of this.#waiting) this.#forget(seq, why(verb))
  }

  #beat = (): void => {
    if (this.#waiting.size > 0 || this.#failure !== undefined) return
    this.#send('ping', {}, {}, this.#settings.callLimitMs).catch((error: unknown) => {
      if (error instanceof Bl1Error && error.code === 'bridge/timeout') this.#fail(error)
    })
  }

  #exited = async (exit: Exit): Promise<void> => {
    if (this.#closing === undefined) {
      await this.#child.drain()
      if (this.#waiting.size > 0) await new Promise((resolve) => setTimeout(resolve, LAST_ANSWERS_MS))
    }
    const verbs = [...this.#waiting.values()].map(({ verb }) => `'${verb}'`)
    const doing = verbs.length === 0 ? 'nothing was under way' : `${verbs.join(', ')} was under way`
    this.#fail(new Bl1Error('bridge/crashed', { doing, exit: describeExit(exit), lastWords: this.#child.lastWords }))
  }

  /** The bridge can no longer be used. The first reason counts. */
  #fail(error: Bl1Error): void {
    if (this.#closing === undefined) this.#failure ??= error
    this.#forgetAll(() => this.#failure ?? error)
    void this.#tearDown()
  }

  async #close(): Promise<void> {
    this.#forgetAll(closed)
    clearInterval(this.#heartbeat)
    if (this.#failure === undefined && this.#hello.pid !== 0) {
      // Its end is the answer; where that does not come in time, tearing down ends it.
      const { closeLimitMs } = this.#settings
      this.#send('close', {}, {}, closeLimitMs).catch(() => undefined)
      await settlesWithin(this.#child.exited, closeLimitMs)
    }
    await this.#tearDown()
  }

  /** Ends the process if it has not ended, waits until it is gone, frees sockets, descriptors and its folder. */
  #tearDown(): Promise<void> {
    return (this.#end ??= this.#free())
  }

  async #free(): Promise<void> {
    clearInterval(this.#heartbeat)
    this.#child.kill()
    await this.#child.exited
    await this.#child.drain()
    this.#forgetAll(closed)
    this.#transport.close()
    this.#child.release()
  }

  #timeout(doing: string, limitMs: number): Bl1Error {
    return new Bl1Error('bridge/timeout', { doing, limitMs, lastWords: this.#child.lastWords })
  }
}

/** @throws Bl1Error `bridge/start` where there is no temporary folder to be had, or nothing can be started at all */
const startChild = (python: string, transport: Transport): Child => {
  try {
    return new Child(python, transport.descriptors)
  } catch (error) {
    transport.close()
    throw new Bl1Error('bridge/start', { python, reason: String(error), lastWords: '' }, { cause: error })
  }
}

const closed = (verb: string): Bl1Error => new Bl1Error('bridge/closed', { doing: `'${verb}'` })

const openTransport = async (kind: BridgeSettings['transport'], python: string, secret: string): Promise<Transport> => {
  if (kind === 'pipe' || (kind === 'auto' && !isMainThread)) return new PipeTransport()
  try {
    return await ZeroMqTransport.bind(secret)
  } catch (error) {
    const reason = `ZeroMQ cannot be used (${String(error)}); try the transport 'pipe'`
    throw new Bl1Error('bridge/start', { python, reason, lastWords: '' }, { cause: error })
  }
}
