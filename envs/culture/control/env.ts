/** CultureControl-v0: the culture alone. Action = stimulation, observation = spikes, reward = what is asked of the culture. */
import { z } from 'zod'
import type { EnvSettings, JsonValue, StepResult } from '../../../src/env/index.js'
import { Bl1Error } from '../../../src/errors.js'
import { readParameters } from '../../../src/parameters.js'
import { Box, Dict, type Member } from '../../../src/spaces/index.js'
import { CultureEnv, readoutOf, type CultureActivity, type CultureInfo } from '../cultureEnv.js'
import type { Home } from '../dish/home.js'
import { settledHome } from '../dish/start.js'
import { CULTURE_CONTROL_ID, CULTURE_CONTROL_STEPS, cultureControlParameters, type CultureControlOptions, type CultureControlParameters } from './parameters.js'
import { controlTask, type ControlTask } from './tasks.js'

/** The observation: spikes of each observed electrode in the last step, and under 'targetRate' the target in Hz. */
export type CultureControlSpace = Dict<{ readonly spikes: Box }> | Dict<{ readonly spikes: Box; readonly target: Box }>

/** The info of every reset and step. */
export interface CultureControlInfo extends CultureInfo {
  /** What the reward is about: the rate in Hz, the share of the step in bursts, or the log ratio of the rates of two groups. */
  readonly measure: number
}

/**
 * A culture to be controlled by stimulation.
 *
 * * Action, `Box(2, K)` float32: row 0 the pulse rate in Hz, row 1 the current in uA of each of the K stimulated electrodes.
 * * Observation, a `Dict`: `spikes`, the spikes of each observed electrode in the last step, and under 'targetRate' `target`, in Hz.
 * * Reward, by `task`: 'targetRate' -min(largestError, |rate - target| / target); 'suppressBursts' minus the share of the step in
 *   bursts; 'raiseGroup' the log ratio of the rates of two groups of electrodes.
 * * Episodes are cut off at maxEpisodeSteps (200 where nothing is said); nothing terminates them.
 * * A reset goes back to the grown and settled culture, weights included, with the background noise of the episode's own seed, and lets
 *   it live through one step, which is the first observation. With `continuing` a reset without a seed lets the culture live on.
 *
 * @example
 * ```ts
 * const env = new CultureControlEnv({ task: 'raiseGroup', culture: { neurons: 500 } })
 * env.reset({ seed: 7 })
 * const { observation, reward } = env.step(env.sampleAction())
 * ```
 */
export class CultureControlEnv extends CultureEnv<CultureControlSpace, CultureControlInfo> {
  /** Every option with its value. */
  readonly parameters: CultureControlParameters
  readonly #task: ControlTask
  #target = 0

  /**
   * @param home where it lives, given by vectors; left out: a dish of its own
   * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `time/not-a-multiple`, `env/spec`, `loop/channels`, `mea/channel-unknown`,
   * `mea/channel-forbidden`, the limits of a pulse and what growing a culture throws
   */
  constructor(options: CultureControlOptions = {}, settings: EnvSettings = { maxEpisodeSteps: CULTURE_CONTROL_STEPS }, home?: Home) {
    const parameters = readParameters(cultureControlParameters, options, CULTURE_CONTROL_ID)
    const task = controlTask(parameters, readoutOf(parameters))
    const { target } = task
    const observationSpace = (spikes: Box): CultureControlSpace =>
      target === undefined ? new Dict({ spikes }) : new Dict({ spikes, target: new Box({ low: 0, high: target.highest, shape: [1] }) })
    const parts = { id: CULTURE_CONTROL_ID, parameters, settings, observationSpace, alsoRead: task.channels, pieceMs: task.pieceMs }
    super(parts, home ?? (() => settledHome(parameters, 0)))
    this.parameters = parameters
    this.#task = task
  }

  protected begin(activity: CultureActivity): { readonly observation: Member<CultureControlSpace>; readonly info: CultureControlInfo } {
    this.#target = this.#task.target?.draw(this.rng) ?? 0
    return { observation: this.#observe(), info: { culture: activity, measure: this.#task.measure(this.window) } }
  }

  protected conclude(activity: CultureActivity): StepResult<Member<CultureControlSpace>, CultureControlInfo> {
    const measure = this.#task.measure(this.window)
    const reward = this.#task.reward(measure, this.#target)
    return { observation: this.#observe(), reward, terminated: false, truncated: false, info: { culture: activity, measure } }
  }

  protected saveTask(): JsonValue {
    return this.#target
  }

  protected loadTask(saved: JsonValue): void {
    const { lowest, highest } = this.#task.target ?? { lowest: 0, highest: 0 }
    const { data, error } = z.number().min(Math.fround(lowest)).max(Math.fround(highest)).safeParse(saved)
    if (data === undefined) throw new Bl1Error('env/state', { id: CULTURE_CONTROL_ID, reason: z.prettifyError(error) })
    this.#target = data
  }

  #observe(): Member<CultureControlSpace> {
    const spikes = this.observedSpikes()
    return this.#task.target === undefined ? { spikes } : { spikes, target: Float32Array.of(this.#target) }
  }
}

/** Builds it for `make`. */
export const buildCultureControl = (options: unknown, settings: EnvSettings): CultureControlEnv =>
  new CultureControlEnv(readParameters(cultureControlParameters, options, CULTURE_CONTROL_ID), settings)
