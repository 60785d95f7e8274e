/**
 * What the classic control problems share: a state that is a short row of numbers, a start that a reset may choose, one observation
 * array or many, two ways to be seen, and saving. Each has its physics in its own folder: pure rules in `rules.ts`, the picture in
 * `draw.ts`, the environment in `env.ts`.
 *
 * Trajectories are those of Gymnasium for the same start and actions. Random starts are not: they have Gymnasium's distribution, but
 * are drawn from this project's own generator, so a seed gives other numbers than it does with NumPy.
 */
import { z } from 'zod'
import { BaseEnv, lifecycleJSON, specOf, type EnvSettings, type Frame, type Info } from '../../src/env/index.js'
import type { JsonObject, KeyMap, RenderMode, Saveable } from '../../src/env/index.js'
import { Picture, type Color } from '../../src/env/picture.js'
import { Bl1Error } from '../../src/errors.js'
import { readParameters } from '../../src/parameters.js'
import type { Box, Space } from '../../src/spaces/index.js'
import { Answers, NOTHING } from './answers.js'
import { brailleText } from './brailleText.js'
import type { CommonParameters } from './commonParameters.js'
import { drawStart, type StartOptions, type StartRange } from './start.js'

/** What differs from one environment to the next, apart from its rules. */
export interface ClassicEnvOptions<AS extends Space, P> {
  readonly id: string
  readonly parameters: P
  readonly settings: EnvSettings
  readonly observationSpace: Box
  readonly actionSpace: AS
  /** Reads what a reset may say about the start. */
  readonly startOptions: StartOptions
  /** How many numbers the state has. */
  readonly stateSize: number
  /** Why an episode terminates, if it does. */
  readonly endReason?: 'goal' | 'lost'
  readonly renderFps: number
  readonly keys: KeyMap
  /** Pixels of the picture. */
  readonly frameWidth: number
  readonly frameHeight: number
}

const savedClassic = z.strictObject({ lifecycle: lifecycleJSON, state: z.array(z.number()) })
/** A saved environment: plain JSON. */
export type SavedClassic = z.output<typeof savedClassic>

const PAPER: Color = [250, 250, 247]
/** Dots of the text picture's height: 20 lines. Its width follows from the frame's. */
const TEXT_DOTS = 80

export abstract class ClassicControlEnv<AS extends Space, P extends CommonParameters & JsonObject>
  extends BaseEnv<Box, AS>
  implements Saveable
{
  /** Every option with its value. */
  readonly parameters: P
  /** The state of the rules, in their order. */
  protected readonly state: Float64Array
  /** Makes the results of steps. */
  protected readonly answers: Answers
  readonly #options: ClassicEnvOptions<AS, P>
  /** Where an episode starts if its reset does not say. */
  readonly #usualStart: StartRange

  /** @throws Bl1Error `env/spec` */
  constructor(options: ClassicEnvOptions<AS, P>) {
    const { id, parameters, settings, observationSpace, actionSpace, renderFps, keys, startOptions } = options
    super({
      spec: specOf(id, parameters, settings),
      observationSpace,
      actionSpace,
      metadata: { renderModes: ['ansi', 'rgb_array'], renderFps, keys },
      renderMode: parameters.renderMode,
      reusesBuffers: parameters.reuseBuffers,
    })
    this.parameters = parameters
    this.state = new Float64Array(options.stateSize)
    this.#options = options
    this.#usualStart = readParameters(startOptions, {}, id)
    this.answers = new Answers(parameters.reuseBuffers, observationSpace.size, options.endReason)
  }

  /** Writes what is seen of `state` into `observation`, which is returned. */
  protected abstract observe(state: Float64Array, observation: Float32Array): Float32Array

  /** Draws the present state, whatever the size of the picture. */
  protected abstract draw(picture: Picture): void

  /** The present state in numbers: one line under the text picture. */
  protected abstract caption(): string

  protected onReset(options: Readonly<Record<string, unknown>>): { observation: Float32Array; info: Info } {
    const isUsual = Object.keys(options).length === 0
    drawStart(isUsual ? this.#usualStart : this.#readStart(options), this.rng, this.state)
    return { observation: this.observe(this.state, this.answers.nextObservation()), info: NOTHING }
  }

  protected override onRender(mode: RenderMode): Frame | string {
    const { frameWidth, frameHeight } = this.#options
    if (mode === 'rgb_array') return this.#picture(frameWidth, frameHeight)
    const width = Math.round((TEXT_DOTS * frameWidth) / frameHeight)
    return `${brailleText(this.#picture(width, TEXT_DOTS))}\n${this.caption()}`
  }

  /** The exact state, generators included, as plain JSON. @throws Bl1Error `env/not-reset`, `env/closed` */
  save(): SavedClassic {
    return { lifecycle: this.saveLifecycle(), state: [...this.state] }
  }

  /** Puts a saved state back: what follows is bit for bit what would have followed. @throws Bl1Error `env/state`, `env/closed` */
  load(saved: unknown): void {
    const parsed = savedClassic.safeParse(saved)
    const { id, stateSize } = this.#options
    if (!parsed.success) throw new Bl1Error('env/state', { id, reason: z.prettifyError(parsed.error) })
    const { lifecycle, state } = parsed.data
    if (state.length !== stateSize || !this.#isVisible(state)) {
      throw new Bl1Error('env/state', { id, reason: `[${state.join(', ')}] is no state of this environment` })
    }
    this.loadLifecycle(lifecycle)
    this.state.set(state)
  }

  /** @throws Bl1Error `parameter/unknown`, `parameter/invalid`, also for a start that could not be observed */
  #readStart(options: Readonly<Record<string, unknown>>): StartRange {
    const where = `${this.#options.id}, options of reset`
    const range = readParameters(this.#options.startOptions, options, where)
    for (const corner of [range.low, range.high]) {
      if (this.#isVisible(corner)) continue
      const received = `[${corner.join(', ')}]`
      const remedy = 'Choose a start whose observation is a member of env.observationSpace.'
      throw new Bl1Error('parameter/invalid', { path: 'state', expected: 'within the observation space', received, where, remedy })
    }
    return range
  }

  /** Whether the observation of a state is a member of the observation space, and finite: equations need numbers to go on with. */
  #isVisible(numbers: readonly number[]): boolean {
    const state = new Float64Array(this.state.length)
    state.set(numbers)
    const observation = this.observe(state, new Float32Array(this.observationSpace.size))
    return observation.every(Number.isFinite) && this.observationSpace.contains(observation)
  }

  #picture(width: number, height: number): Frame {
    const picture = new Picture(width, height, PAPER)
    this.draw(picture)
    return picture.frame()
  }
}
