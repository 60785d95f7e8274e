/** An environment whose observations are easy to compute by hand: [t, 10 - t] after t steps, reward 1, over after `length` steps. */
import { BaseEnv, type StepResult } from '../../../src/env/index.js'
import { Box, Discrete } from '../../../src/spaces/index.js'

export class CountingEnv extends BaseEnv<Box, Discrete<2>> {
  readonly #length: number
  readonly #observation = new Float32Array(2)
  #time = 0

  constructor(length = 100, reusesBuffers = false) {
    super({
      spec: { id: 'Counting-v0', options: {} },
      observationSpace: new Box({ low: [0, -90], high: [100, 10] }),
      actionSpace: new Discrete({ n: 2 }),
      reusesBuffers,
    })
    this.#length = length
  }

  protected onReset(): { observation: Float32Array; info: object } {
    this.#time = 0
    return { observation: this.#observe(), info: {} }
  }

  protected onStep(): StepResult<Float32Array> {
    this.#time++
    const terminated = this.#time >= this.#length
    return { observation: this.#observe(), reward: 1, terminated, truncated: false, info: terminated ? { endReason: 'goal' } : {} }
  }

  #observe(): Float32Array {
    this.#observation.set([this.#time, 10 - this.#time])
    return this.reusesBuffers ? this.#observation : this.#observation.slice()
  }
}
