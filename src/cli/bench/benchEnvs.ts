/** Environments that exist to be measured: one that does nothing, one that does about a millisecond of computing. */
import { BaseEnv, type EnvBuilder, register, specOf, type EnvSettings, type Info, type StepResult } from '../../env/index.js'
import { group, quantity, readParameters } from '../../parameters.js'
import { Box, Discrete } from '../../spaces/index.js'

const SIZE = 4
const NOTHING: Info = Object.freeze({})

/** Nothing but the calls: every step returns the same object. What is left is the cost of the framework. */
export class EmptyEnv extends BaseEnv<Box, Discrete<2>> {
  protected readonly observation = new Float32Array(SIZE)
  readonly #step: StepResult<Float32Array> = {
    observation: this.observation,
    reward: 0,
    terminated: false,
    truncated: false,
    info: NOTHING,
  }

  constructor(spec = specOf(EMPTY_ID, {}, {})) {
    super({
      spec,
      observationSpace: new Box({ low: -1, high: 1, shape: [SIZE] }),
      actionSpace: new Discrete({ n: 2 }),
      reusesBuffers: true,
    })
  }

  protected onReset(): { observation: Float32Array; info: Info } {
    return { observation: this.observation, info: NOTHING }
  }

  protected onStep(_action: number): StepResult<Float32Array> {
    return this.#step
  }
}

const slowParameters = group(
  { iterations: quantity({ default: 1, unit: '1', min: 1, integer: true, doc: 'Iterations of the logistic map a step.' }) },
  'An environment that computes',
)

/** Iterates the logistic map x -> 3.9 x (1 - x) in every step: work that no compiler can leave out, without memory. */
export class SlowEnv extends EmptyEnv {
  readonly #iterations: number

  constructor(iterations: number, settings: EnvSettings = {}) {
    super(specOf(SLOW_ID, { iterations }, settings))
    this.#iterations = iterations
  }

  protected override onStep(action: number): StepResult<Float32Array> {
    let x = 0.3
    for (let i = 0; i < this.#iterations; i++) x = 3.9 * x * (1 - x)
    this.observation[0] = x
    return super.onStep(action)
  }
}

export const EMPTY_ID = 'Bench/Empty-v0'
export const SLOW_ID = 'Bench/Slow-v0'

const buildSlow: EnvBuilder<SlowEnv> = (options, settings) =>
  new SlowEnv(readParameters(slowParameters, options, SLOW_ID).iterations, settings)

declare module '../../env/registry.js' {
  interface EnvRegistry {
    'Bench/Empty-v0': { env: EmptyEnv; options: Record<string, never> }
    'Bench/Slow-v0': { env: SlowEnv; options: { readonly iterations?: number } }
  }
}

register({ id: EMPTY_ID, load: async () => () => new EmptyEnv() })
register({ id: SLOW_ID, load: async () => buildSlow })
