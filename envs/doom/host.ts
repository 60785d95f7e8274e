/**
 * The game in its own processes: a Python host and the engine behind it. Starts them, starts them again where that was asked for, and
 * says in the environment's words what went wrong.
 */
import { HostBridge, type BridgeArray, type BridgeReply } from '../../src/bridge/index.js'
import { Bl1Error } from '../../src/errors.js'
import type { JsonObject } from '../../src/json.js'
import { requireResolved } from './compareResolved.js'
import { readDescription, type DoomDescription } from './description.js'
import { hostOptions } from './hostOptions.js'
import type { DoomParameters } from './parameters.js'
import { translate } from './translate.js'

const spacesOf = ({ buttons, variables, tracked, buffers, features }: DoomDescription): string =>
  JSON.stringify({ buttons, variables, tracked, buffers, features })

/** One game of an environment. */
export class DoomGame {
  readonly #bridge: HostBridge
  readonly #asked: JsonObject
  readonly #mayRestart: boolean
  readonly #restartEvery: number
  #description: DoomDescription | undefined
  #episodes = 0
  #crash: Bl1Error | undefined

  constructor(parameters: DoomParameters) {
    this.#asked = hostOptions(parameters)
    this.#mayRestart = parameters.restart === 'episode'
    this.#restartEvery = parameters.restartEveryEpisodes
    this.#bridge = new HostBridge('doom', this.#asked, parameters.bridge)
  }

  /** Starts the processes. @throws Bl1Error `bridge/*`, `doom/*` */
  async start(): Promise<DoomDescription> {
    try {
      this.#description = await this.#made('starting', () => this.#bridge.start())
      return this.#description
    } catch (error) {
      await this.close()
      throw error
    }
  }

  /** Before an episode: a game that crashed, or has lived long enough, is started again if that was asked for. @throws Bl1Error */
  async renew(): Promise<void> {
    const isOld = this.#restartEvery > 0 && this.#episodes >= this.#restartEvery
    if (this.#crash !== undefined && !this.#mayRestart) throw this.#crash
    if (this.#crash !== undefined || isOld) await this.#startAgain()
    this.#episodes++
  }

  /** One request to the host. @throws Bl1Error `doom/*` */
  async call(verb: string, body: JsonObject, arrays: Readonly<Record<string, BridgeArray>> = {}): Promise<BridgeReply> {
    if (this.#crash !== undefined) throw this.#crash
    return this.#said(verb, () => this.#bridge.call(verb, body, arrays))
  }

  /** Ends the processes. */
  async close(): Promise<void> {
    await this.#bridge.close()
  }

  async #startAgain(): Promise<void> {
    const description = await this.#made('starting again', () => this.#bridge.restart())
    if (this.#description !== undefined && spacesOf(description) !== spacesOf(this.#description)) {
      throw new Bl1Error('doom/option', {
        option: 'scenario',
        asked: JSON.stringify(this.#asked['scenario']),
        reason: 'its files changed while it was played, so that the game started again has other buttons or observations; make a new environment',
      })
    }
    this.#crash = undefined
    this.#episodes = 0
  }

  async #made(doing: string, start: () => Promise<BridgeReply>): Promise<DoomDescription> {
    const { body } = await this.#said(doing, start)
    const description = readDescription(body)
    requireResolved(this.#asked, description)
    return description
  }

  async #said<T>(doing: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask()
    } catch (thrown) {
      const error = translate(thrown, doing, this.#description !== undefined)
      if (error instanceof Bl1Error && error.code === 'doom/crashed') this.#crash = error
      throw error
    }
  }
}
