/** Pong as an environment: an adapter around the pure rules of game.ts. */
import { z } from 'zod'
import { BaseEnv, specOf, type EnvSettings, type Frame, type RenderMode, type Saveable, type StepResult } from '../../src/env/index.js'
import { Bl1Error } from '../../src/errors.js'
import { readParameters } from '../../src/parameters.js'
import { Box, Discrete } from '../../src/spaces/index.js'
import { pongConstants, type PongConstants } from './constants.js'
import { startPong, stepPong, type PongAction } from './game.js'
import { pongEvent, rallyOf, type PongInfo } from './info.js'
import { pongParameters, type PongOptions, type PongParameters } from './parameters.js'
import { renderFrame, renderText } from './render.js'
import { loadGame, savedPong, saveGame, type SavedPong } from './saved.js'
import { emptyPongState, heightOf32, type PongState } from './state.js'

/** The id under which Pong is registered. */
export const PONG_ID = 'Pong-v0'

type PongStep = StepResult<Float32Array, PongInfo>
/** A step without an event: only the observation and the count of the rally differ from one to the next. */
interface ReusedStep extends PongStep {
  readonly info: { readonly event: null; rally: number }
}

const observationSpaceOf = (constants: PongConstants, ticksPerSecond: number): Box => {
  const { paddleLimit, rules } = constants
  const maxVx = constants.ballStep * ticksPerSecond
  const maxVy = constants.maxVy * ticksPerSecond
  // Under 'serve' the ball never flies back.
  const minVx = rules === 'serve' ? 0 : -maxVx
  return new Box({
    low: [0, 0, minVx, -maxVy, heightOf32(-paddleLimit)],
    high: [1, 1, maxVx, maxVy, heightOf32(paddleLimit)],
  })
}

/**
 * Pong against a wall, with the paddle at the right edge of the unit square.
 *
 * * Observation, `Box(5)` float32: ball x (0 back wall, 1 paddle line), ball y (0 floor, 1 ceiling), ball vx and vy in field lengths a
 *   second, y of the paddle's centre.
 * * Action, `Discrete(3)`: 0 stay, 1 up, 2 down.
 * * Reward: +1 a hit, -1 a miss, 0 otherwise.
 * * Episode: a rally. A miss terminates it (`endReason: 'lost'`), unless `afterMiss: 'bounce'`: then the ball bounces off the paddle line
 *   as off a wall and play goes on, and only the count of the rally starts again. Under `rules: 'serve'`, where nothing bounces, the next
 *   ball is launched instead: the original's endless game.
 * * A reset puts the paddle in the middle and serves a ball.
 *
 * @example
 * ```ts
 * const env = new PongEnv({ renderMode: 'ansi' })
 * env.reset({ seed: 7 })
 * const { observation, reward, terminated, info } = env.step(1)
 * ```
 */
export class PongEnv extends BaseEnv<Box, Discrete<3>, PongInfo> implements Saveable {
  /** Every option with its value. */
  readonly parameters: PongParameters
  readonly #constants: PongConstants
  readonly #ticksPerSecond: number
  readonly #state: PongState
  /** The step that is written again and again with `reuseBuffers`. */
  readonly #reused: ReusedStep

  /** @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `env/spec` */
  constructor(options: PongOptions = {}, settings: EnvSettings = {}) {
    const parameters = readParameters(pongParameters, options, PONG_ID)
    const constants = pongConstants(parameters)
    const ticksPerSecond = 1000 / parameters.tickMs
    super({
      spec: specOf(PONG_ID, parameters, settings),
      observationSpace: observationSpaceOf(constants, ticksPerSecond),
      actionSpace: new Discrete({ n: 3 }),
      metadata: { renderModes: ['ansi', 'rgb_array'], renderFps: ticksPerSecond, keys: { actions: { up: 1, down: 2 }, idle: 0 } },
      renderMode: parameters.renderMode,
      reusesBuffers: parameters.reuseBuffers,
    })
    this.parameters = parameters
    this.#constants = constants
    this.#ticksPerSecond = ticksPerSecond
    this.#state = emptyPongState(parameters.rallyHistory)
    this.#reused = { observation: new Float32Array(5), reward: 0, terminated: false, truncated: false, info: { event: null, rally: 0 } }
  }

  protected onReset(): { observation: Float32Array; info: PongInfo } {
    startPong(this.#constants, this.rng, this.#state)
    return { observation: this.#observe(), info: { event: null, rally: 0 } }
  }

  protected onStep(action: number): PongStep {
    stepPong(this.#constants, this.#state, action as PongAction, this.rng, this.#state)
    return this.reusesBuffers && this.#state.event === null ? this.#reusedStep() : this.#freshStep()
  }

  protected override onRender(mode: RenderMode): Frame | string {
    return mode === 'ansi' ? renderText(this.#constants, this.#state) : renderFrame(this.#constants, this.#state)
  }

  /** The exact state, generators included, as plain JSON. @throws Bl1Error `env/not-reset`, `env/closed` */
  save(): SavedPong {
    return { lifecycle: this.saveLifecycle(), game: saveGame(this.#state) }
  }

  /** Puts a saved state back: what follows is bit for bit what would have followed. @throws Bl1Error `env/state`, `env/closed` */
  load(state: unknown): void {
    const parsed = savedPong.safeParse(state)
    if (!parsed.success) throw new Bl1Error('env/state', { id: PONG_ID, reason: z.prettifyError(parsed.error) })
    if (parsed.data.game.history.length > this.#state.history.length) {
      throw new Bl1Error('env/state', { id: PONG_ID, reason: `its history is longer than rallyHistory ${this.#state.history.length}` })
    }
    this.loadLifecycle(parsed.data.lifecycle)
    loadGame(parsed.data.game, this.#state)
  }

  #observe(): Float32Array {
    const { ballX, ballOffset, ballVx, ballVy, paddleOffset } = this.#state
    const observation = this.reusesBuffers ? this.#reused.observation : new Float32Array(5)
    observation[0] = ballX
    observation[1] = heightOf32(ballOffset)
    observation[2] = ballVx * this.#ticksPerSecond
    observation[3] = ballVy * this.#ticksPerSecond
    observation[4] = heightOf32(paddleOffset)
    return observation
  }

  #reusedStep(): PongStep {
    this.#observe()
    this.#reused.info.rally = this.#state.rally
    return this.#reused
  }

  #freshStep(): PongStep {
    const { event } = this.#state
    const terminated = event === 'miss' && this.#constants.endsOnMiss
    const reward = event === null ? 0 : event === 'hit' ? 1 : -1
    const info: PongInfo = {
      event: pongEvent(this.#constants, this.#state),
      rally: rallyOf(this.#state),
      ...(terminated ? { endReason: 'lost' } : {}),
    }
    return { observation: this.#observe(), reward, terminated, truncated: false, info }
  }
}
