/** Doom as an environment: an adapter around the game in its own processes. */
import type { BridgeReply } from '../../src/bridge/index.js'
import { BaseAsyncEnv, specOf, type EnvSettings, type Frame, type StepResult } from '../../src/env/index.js'
import { rgbFrame } from '../../src/env/rgbFrame.js'
import type { JsonObject } from '../../src/json.js'
import { readParameters } from '../../src/parameters.js'
import type { Member, Space } from '../../src/spaces/index.js'
import { actionTable, type ActionSpaceOf, type ActionTable } from './actions/index.js'
import type { DoomHead } from './actions/codec.js'
import type { DoomActions } from './actions/options.js'
import type { DoomButtonInfo, DoomDescription, DoomWarning } from './description.js'
import { DoomGame } from './host.js'
import type { DoomInfo } from './info.js'
import { keysOf } from './keys.js'
import { Observer, observationSpaceOf, type DoomObservationSpace } from './observation.js'
import { doomParameters, doomResetParameters, type DoomOptions, type DoomParameters } from './parameters.js'
import { readPeek, type DoomPeek, type DoomPeekKind } from './peek.js'
import { readReset, readStep } from './replies.js'
import { eventsOf, sizesBetween, type Counters } from './results/events.js'
import { Rewarder } from './results/reward.js'

/** The id under which Doom is registered. */
export const DOOM_ID = 'Doom-v0'

/** Tics a second of the game. */
const TICS_PER_SECOND = 35

type DoomStep = StepResult<Member<DoomObservationSpace>, DoomInfo>

/** What `create` has found out before there is an environment. */
interface Made {
  readonly parameters: DoomParameters
  readonly settings: EnvSettings
  readonly game: DoomGame
  readonly description: DoomDescription
  readonly observationSpace: DoomObservationSpace
  readonly table: ActionTable
}

/** Options with a way to act that the compiler can read the action space from. */
export type DoomOptionsWith<A> = Omit<DoomOptions, 'actions'> & { readonly actions?: A | undefined }

/**
 * Doom, played by the real engine (ViZDoom) in processes of its own.
 *
 * * Observation, a `Dict` of what was asked for: `screen`, `depth`, `labels`, `automap` (uint8), `audio` (int16), `variables` (float32,
 *   those of the scenario unless named), `features` (float32, -1 to 1).
 * * Action: see `DoomActions`. It is held for `ticsPerStep` tics of 1/35 s.
 * * Reward: a weighted sum of named terms (`DoomReward`), each in `info.rewardTerms`; the scenario's own unless told otherwise.
 * * Episode: ends with the player's death (terminated, 'death'), with the map (terminated, 'goal') or at the engine's timeout (truncated,
 *   'engineTimeout').
 * * A last step has no picture of its own: it repeats the last one and says `info.staleObservation`.
 * * `reset({ options: { map, skill } })` chooses map and difficulty of one episode.
 *
 * Equal seeds give equal variables, rewards and ends. Pictures are equal too in scenarios without animated textures.
 * The game is not saveable: the engine keeps its own episode counters beside a saved game, so what follows would not be exact.
 *
 * @example
 * ```ts
 * await using env = await DoomEnv.create({ scenario: 'basic', actions: 'heads', screen: { format: 'grey', size: [60, 80] } })
 * await env.reset({ seed: 7 })
 * const { reward, info } = await env.step(env.sampleAction())
 * ```
 */
export class DoomEnv<AS extends Space = Space> extends BaseAsyncEnv<DoomObservationSpace, AS, DoomInfo> {
  /** Every option with its value. */
  readonly parameters: DoomParameters
  /** Every setting of the game, as read back from the engine. */
  readonly game: JsonObject
  /** The buttons in the engine's order. */
  readonly buttons: readonly DoomButtonInfo[]
  /** The choices of `actions: 'heads'`, in the order of the action; empty otherwise. */
  readonly heads: readonly DoomHead[]
  /** What each action of a Discrete is called; empty for other actions. */
  readonly actionNames: readonly string[]
  /** The names of `observation.variables`, in order. */
  readonly variableNames: readonly string[]
  /** The names of `observation.features`, in order. */
  readonly featureNames: readonly string[]
  /** The maps that can be played. */
  readonly maps: readonly string[]
  /** What was odd about the configuration and is played all the same. */
  readonly warnings: readonly DoomWarning[]
  readonly #game: DoomGame
  readonly #description: DoomDescription
  readonly #table: ActionTable
  readonly #observer: Observer
  readonly #rewarder: Rewarder
  readonly #action: Float64Array
  /** The counters at the last observation. */
  #counters: Counters = {}

  private constructor({ parameters, settings, game, description, observationSpace, table }: Made) {
    const keys = keysOf(table.codec)
    // With several players no seed fixes where one starts.
    const isRepeatable = parameters.mode === 'PLAYER' && description.game['multiplayer'] !== true
    const nondeterministic = settings.nondeterministic ?? (isRepeatable ? undefined : true)
    super({
      spec: specOf(DOOM_ID, parameters, { ...settings, ...(nondeterministic === undefined ? {} : { nondeterministic }) }),
      observationSpace,
      // `create` says for which options which space comes.
      actionSpace: table.codec.space as AS,
      metadata: {
        renderModes: ['rgb_array'],
        renderFps: TICS_PER_SECOND / parameters.ticsPerStep,
        ...(keys === undefined ? {} : { keys }),
      },
      renderMode: parameters.renderMode,
    })
    this.parameters = parameters
    this.game = description.game
    this.buttons = description.buttons
    this.heads = table.heads
    this.actionNames = table.actionNames
    this.variableNames = description.variables
    this.featureNames = description.features
    this.maps = description.maps
    this.warnings = description.warnings
    this.#game = game
    this.#description = description
    this.#table = table
    this.#observer = new Observer(observationSpace)
    this.#rewarder = new Rewarder(parameters.reward)
    this.#action = new Float64Array(description.buttons.length)
  }

  /**
   * Starts a game.
   * @throws Bl1Error `parameter/*`, `bridge/*` (no Python, not installed ...), `doom/config`, `doom/file`, `doom/name`, `doom/map`,
   * `doom/option`, `doom/engine`, `doom/no-shared-memory`
   */
  static async create<const A extends DoomActions = 'multiBinary'>(
    options: DoomOptionsWith<A> = {},
    settings: EnvSettings = {},
  ): Promise<DoomEnv<ActionSpaceOf<A>>> {
    return new DoomEnv<ActionSpaceOf<A>>(await DoomEnv.#make(readParameters(doomParameters, options, DOOM_ID), settings))
  }

  static async #make(parameters: DoomParameters, settings: EnvSettings): Promise<Made> {
    const game = new DoomGame(parameters)
    const description = await game.start()
    try {
      const table = actionTable(description.buttons, parameters.actions, parameters.deltaLimit)
      return { parameters, settings, game, description, observationSpace: observationSpaceOf(description), table }
    } catch (error) {
      await game.close()
      throw error
    }
  }

  protected async onReset(options: Readonly<Record<string, unknown>>): Promise<{ observation: Member<DoomObservationSpace>; info: DoomInfo }> {
    // What is set for one episode would stay: every reset says it anew.
    const { map = this.game['map'], skill = this.game['skill'] } = readParameters(doomResetParameters, options, `${DOOM_ID}, options of reset`)
    await this.#game.renew()
    const seed = this.rng.uint32()
    const reply = await this.#game.call('reset', { seed, map, skill })
    const { notifications } = readReset(reply.body)
    this.#counters = this.#read(reply, 'tracked', this.#description.tracked)
    return {
      observation: this.#observer.observe(reply.arrays),
      info: {
        engineSeed: seed,
        events: [],
        rewardTerms: {},
        variables: this.#variables(reply),
        tic: 0,
        engineReward: 0,
        ...(notifications === undefined ? {} : { notifications }),
      },
    }
  }

  protected async onStep(action: Member<AS>): Promise<DoomStep> {
    this.#table.codec.write(action, this.#action)
    const sent = { shape: [this.#action.length], data: this.#action }
    const reply = await this.#game.call('step', { tics: this.parameters.ticsPerStep }, { action: sent })
    const { reward: engineReward, finished, dead, timeout, stale, episodeTic, notifications } = readStep(reply.body)
    const before = this.#counters
    const after = this.#read(reply, 'tracked', this.#description.tracked)
    this.#counters = after
    const sizes = sizesBetween(before, after, finished && dead)
    const rewardTerms = this.#rewarder.terms({ sizes, engineReward, before, after, isLast: finished })
    const truncated = finished && timeout && !dead
    const endReason = dead ? 'death' : truncated ? 'engineTimeout' : 'goal'
    return {
      observation: this.#observer.observe(reply.arrays),
      reward: Object.values(rewardTerms).reduce((sum, term) => sum + term, 0),
      terminated: finished && !truncated,
      truncated,
      info: {
        events: eventsOf(sizes),
        rewardTerms,
        variables: this.#variables(reply),
        tic: episodeTic,
        engineReward,
        ...(finished ? { endReason } : {}),
        ...(stale ? { staleObservation: true } : {}),
        ...(notifications === undefined ? {} : { notifications }),
      },
    }
  }

  protected override async onRender(): Promise<Frame> {
    const { arrays } = await this.#game.call('render', {})
    const { shape, data } = arrays['picture']
    return rgbFrame(shape[1], shape[0], data)
  }

  protected override async onClose(): Promise<void> {
    await this.#game.close()
  }

  /**
   * Looks at what is not part of an observation: the objects in view with their boxes, every object and sector of the map, the players of
   * a server. All but the server need the option `peek`. After the end of an episode it is the last picture's.
   *
   * Rejects with Bl1Error `doom/peek-off`, `env/not-reset`, `env/closed`, `doom/crashed`.
   */
  async peek<const K extends DoomPeekKind>(...what: readonly K[]): Promise<Pick<DoomPeek, K>> {
    this.life.requireStarted('peek()')
    const { body } = await this.#game.call('peek', { what })
    return readPeek(what, body)
  }

  /**
   * Enters a line into the engine's console, cheats included; it takes effect with the next step.
   *
   * Rejects with Bl1Error `doom/command-off` without the option `allowCommands`, `env/not-reset`, `env/closed`, `doom/crashed`.
   */
  async command(text: string): Promise<void> {
    this.life.requireStarted('command()')
    await this.#game.call('command', { text })
  }

  #read({ arrays }: BridgeReply, name: string, names: readonly string[]): Counters {
    const { data } = arrays[name]
    // + 0 makes 0 of -0, which JSON cannot carry.
    return Object.fromEntries(names.map((key, i) => [key, data[i] + 0]))
  }

  #variables(reply: BridgeReply): Counters {
    const observed = this.variableNames.length > 0 ? this.#read(reply, 'variables', this.variableNames) : {}
    return { ...this.#counters, ...observed }
  }
}

/** Builds Doom from options that may come from a file. */
export const buildDoom = (options: unknown, settings: EnvSettings): Promise<DoomEnv> =>
  DoomEnv.create<DoomActions>(readParameters(doomParameters, options, DOOM_ID), settings)
