/**
 * The results of steps: fresh ones, or with `reuseBuffers` one that is written again and again. A class of its own, so that the engine
 * compiles it once for all environments, whatever the shapes of their classes.
 */
import type { Info, StepResult } from '../../src/env/index.js'

/** A step as these environments return it. */
export type ClassicStep = StepResult<Float32Array>

/** Within an episode only the observation and the reward differ from one step to the next. */
interface ReusedStep extends ClassicStep {
  reward: number
}

/** The info of every step but the last: shared and frozen, as there is nothing to tell. */
export const NOTHING: Info = Object.freeze({})

export class Answers {
  readonly #reuses: boolean
  readonly #size: number
  readonly #ending: Info
  readonly #reused: ReusedStep

  /**
   * @param size numbers in an observation
   * @param endReason why an episode terminates, if it does
   */
  constructor(reuses: boolean, size: number, endReason: 'goal' | 'lost' | undefined) {
    this.#reuses = reuses
    this.#size = size
    this.#ending = endReason === undefined ? NOTHING : Object.freeze({ endReason })
    this.#reused = { observation: new Float32Array(size), reward: 0, terminated: false, truncated: false, info: NOTHING }
  }

  /** The array that the next observation is to be written into. */
  nextObservation(): Float32Array {
    return this.#reuses ? this.#reused.observation : new Float32Array(this.#size)
  }

  /** The result of a step; `observation` is what `nextObservation` gave, written. The last of an episode is always a fresh object. */
  step(observation: Float32Array, reward: number, terminated: boolean): ClassicStep {
    if (terminated) return { observation, reward, terminated, truncated: false, info: this.#ending }
    if (!this.#reuses) return { observation, reward, terminated, truncated: false, info: NOTHING }
    this.#reused.reward = reward
    return this.#reused
  }
}
