/** A bridge with one host in it, started again when asked: what an environment holds. */
import { Bl1Error } from '../errors.js'
import type { JsonObject } from '../json.js'
import { Bridge } from './bridge.js'
import { bridgeParameters, type BridgeOptions } from './parameters.js'
import { readParameters } from '../parameters.js'
import type { BridgeArrays, BridgeReply } from './types.js'

/** The hosts that `bl1_bridge` has. 'probe' tests the bridge itself. */
export type HostName = 'doom' | 'gymnasium' | 'probe'

/** A process with one host. Its starts and ends happen one after the other, in the order they were asked for. */
export class HostBridge {
  readonly #host: HostName
  readonly #options: JsonObject
  readonly #settings: BridgeOptions
  #bridge: Bridge | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #started: Promise<BridgeReply> | undefined
  #isClosed = false

  constructor(host: HostName, options: JsonObject, settings: BridgeOptions = {}) {
    this.#host = host
    this.#options = options
    this.#settings = settings
  }

  /** The process of the moment, or undefined where there is none. */
  get pid(): number | undefined {
    return this.#bridge?.pid
  }

  /** Why the process of the moment can no longer be used, or undefined. */
  get failure(): Bl1Error | undefined {
    return this.#bridge?.failure
  }

  /**
   * Starts the process and makes the host, once: a second call gets the same answer.
   * @returns the answer of `make`: what the host says of itself
   * @throws Bl1Error as `Bridge.start` and `Bridge.call`; the process is gone then
   */
  start(): Promise<BridgeReply> {
    return this.#started ?? this.restart()
  }

  /** Ends the process there is, if any, and starts afresh. @throws Bl1Error as {@link HostBridge.start} */
  restart(): Promise<BridgeReply> {
    this.#started = this.#inTurn(async () => {
      await this.#bridge?.close()
      this.#bridge = undefined
      if (this.#isClosed) throw new Bl1Error('bridge/closed', { doing: 'start()' })
      return this.#make(await Bridge.start(this.#settings))
    })
    return this.#started
  }

  /** Calls the host. @throws Bl1Error as `Bridge.call`; `bridge/closed` where it is not started */
  async call(verb: string, body: JsonObject = {}, arrays: BridgeArrays = {}, limits: { limitMs?: number } = {}): Promise<BridgeReply> {
    if (this.#bridge === undefined) throw new Bl1Error('bridge/closed', { doing: `'${verb}'` })
    return this.#bridge.call(verb, body, arrays, limits)
  }

  /** Ends the process for good. Never throws. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#inTurn(async () => this.#bridge?.close())
  }

  /** Closes it at the end of an `await using` block. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #make(bridge: Bridge): Promise<BridgeReply> {
    this.#bridge = bridge
    try {
      // A host starts an engine, which takes as long as a start may take.
      const { startLimitMs: limitMs } = readParameters(bridgeParameters, this.#settings, 'HostBridge')
      return await bridge.call('make', { host: this.#host, options: this.#options }, {}, { limitMs })
    } catch (error) {
      await bridge.close()
      this.#bridge = undefined
      throw error
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work, work)
    this.#turn = done.catch(() => undefined)
    return done
  }
}
