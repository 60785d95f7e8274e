/** CultureGame-v0: a game that a culture plays. Action = stimulation, observation = the game and the spikes, reward = the game's. */
import { z } from 'zod'
import type { EnvSettings, Frame, JsonValue, RenderMode, StepResult } from '../../../src/env/index.js'
import { Bl1Error } from '../../../src/errors.js'
import { readParameters } from '../../../src/parameters.js'
import { Dict, flatten, flattenSpace, type Box, type Member } from '../../../src/spaces/index.js'
import type { DType } from '../../../src/spaces/dtypes.js'
import { MS_PER_SECOND } from '../../../src/units.js'
import { CultureEnv, type CultureActivity, type CultureInfo } from '../cultureEnv.js'
import type { Home } from '../dish/home.js'
import { settledHome } from '../dish/start.js'
import { makeGame, type InnerGame } from './inner.js'
import { CULTURE_GAME_ID, CULTURE_GAME_STEPS, cultureGameParameters, type CultureGameOptions, type CultureGameParameters } from './parameters.js'
import { gamePlayer, type GamePlayer } from './player.js'

/** The observation: the game's own, flattened, and the spikes of each observed electrode in the last step. */
export type CultureGameSpace = Dict<{ readonly game: Box<DType>; readonly spikes: Box }>

/** The info of every reset and step: the game's own, and what the culture did. */
export interface CultureGameInfo extends CultureInfo {
  readonly [name: string]: unknown
}

const savedTask = z.strictObject({ game: z.json() })

/**
 * A game, played by a culture through a fixed decoder; the agent decides how the culture is stimulated.
 *
 * * Action, `Box(2, K)` float32: row 0 the pulse rate in Hz, row 1 the current in uA of each of the K stimulated electrodes.
 * * Observation, a `Dict`: `game`, the game's own observation as one flat array; `spikes`, the spikes of each observed electrode in the
 *   last step.
 * * Reward, end and truncation are the game's; `info` is the game's with `culture` added.
 * * A step: the action's pulses, stepMs of the culture's life, its spikes decoded, one step of the game.
 * * The decoder's gains are learned while the culture rests, once, before the first episode.
 * * A reset resets the game with the episode's seed and goes back to the grown, settled and rested culture, with the background noise of
 *   that seed. With `continuing` a reset without a seed lets the culture live on.
 *
 * @example
 * ```ts
 * const env = await CultureGameEnv.create({ game: 'Pong-v0', culture: { neurons: 500 } })
 * env.reset({ seed: 7 })
 * const { observation, reward } = env.step(env.sampleAction())
 * ```
 */
export class CultureGameEnv extends CultureEnv<CultureGameSpace, CultureGameInfo> {
  /** Every option with its value. */
  readonly parameters: CultureGameParameters
  readonly #game: InnerGame
  readonly #player: GamePlayer

  private constructor(parameters: CultureGameParameters, settings: EnvSettings, game: InnerGame, player: GamePlayer, home: Home | undefined) {
    const { stepMs, renderMode } = parameters
    super(
      {
        id: CULTURE_GAME_ID,
        parameters,
        settings,
        observationSpace: (spikes) => new Dict({ game: flattenSpace(game.observationSpace), spikes }),
        alsoRead: player.channels,
        metadata: { renderModes: game.metadata.renderModes, renderFps: MS_PER_SECOND / stepMs },
        renderMode,
      },
      home ?? (() => settledHome(parameters, parameters.restSeconds)),
    )
    for (const counts of this.rest) player.adapt(counts, stepMs)
    this.parameters = parameters
    this.#game = game
    this.#player = player
  }

  /**
   * Makes the game, grows the culture and watches it rest.
   * @param home where it lives, given by vectors; left out: a dish of its own
   * @throws Bl1Error (as a rejection) `parameter/unknown`, `parameter/invalid`, `culture-env/game`, `culture-env/motor-groups`,
   * `loop/channels`, `mea/channel-unknown`, `mea/channel-forbidden`, the limits of a pulse, and what making the game and growing a culture
   * throw
   */
  static async create(options: CultureGameOptions = {}, settings: EnvSettings = { maxEpisodeSteps: CULTURE_GAME_STEPS }, home?: Home): Promise<CultureGameEnv> {
    const parameters = readParameters(cultureGameParameters, options, CULTURE_GAME_ID)
    const game = await makeGame(parameters)
    try {
      return new CultureGameEnv(parameters, settings, game, gamePlayer(parameters, game.actionSpace), home)
    } catch (error) {
      game.close()
      throw error
    }
  }

  protected begin(culture: CultureActivity, options: Readonly<Record<string, unknown>>): { readonly observation: Member<CultureGameSpace>; readonly info: CultureGameInfo } {
    const { observation, info } = this.#game.reset({ seed: this.rng.split('game').uint32(), options })
    return { observation: this.#observe(observation), info: { ...info, culture } }
  }

  protected conclude(culture: CultureActivity): StepResult<Member<CultureGameSpace>, CultureGameInfo> {
    const { observation, reward, terminated, truncated, info } = this.#game.step(this.#player.act(this.window.counts, this.parameters.stepMs))
    return { observation: this.#observe(observation), reward, terminated, truncated, info: { ...info, culture } }
  }

  protected saveTask(): JsonValue {
    return { game: this.#game.save() }
  }

  protected loadTask(saved: JsonValue): void {
    const { data, error } = savedTask.safeParse(saved)
    if (data === undefined) throw new Bl1Error('env/state', { id: CULTURE_GAME_ID, reason: z.prettifyError(error) })
    this.#game.load(data.game)
  }

  protected override onRender(_mode: RenderMode): Frame | string | undefined {
    return this.#game.render()
  }

  /** Closes the game too. */
  protected override onClose(): void {
    this.#game.close()
    super.onClose()
  }

  #observe(observation: unknown): Member<CultureGameSpace> {
    return { game: flatten(this.#game.observationSpace, observation), spikes: this.observedSpikes() }
  }
}

/** Builds it for `make`. */
export const buildCultureGame = (options: unknown, settings: EnvSettings): Promise<CultureGameEnv> =>
  CultureGameEnv.create(readParameters(cultureGameParameters, options, CULTURE_GAME_ID), settings)
