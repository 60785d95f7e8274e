/** Acrobot-v1: an adapter around the rules. */
import type { EnvBuilder, EnvSettings } from '../../../src/env/index.js'
import type { Picture } from '../../../src/env/picture.js'
import { readParameters } from '../../../src/parameters.js'
import { Box, Discrete } from '../../../src/spaces/index.js'
import type { ClassicStep } from '../answers.js'
import { ClassicControlEnv } from '../classicEnv.js'
import { RungeKutta4 } from '../rungeKutta.js'
import { startBetween } from '../start.js'
import { drawAcrobot } from './draw.js'
import { ACROBOT_ID, acrobotParameters, type AcrobotOptions, type AcrobotParameters } from './parameters.js'
import { ACROBOT_STATE_SIZE, acrobotMotion, isTipAtGoal, LOWER, MAX_LOWER_RATE, MAX_UPPER_RATE, observeAcrobot } from './rules.js'
import { stepAcrobot, torqueOf, UPPER, type AcrobotAction } from './rules.js'

const HIGHEST = [1, 1, 1, 1, MAX_UPPER_RATE, MAX_LOWER_RATE]

/**
 * Swing the tip of two hanging links above a line, with a motor at the elbow only.
 *
 * * Observation, `Box(6)` float32: cosine and sine of the upper link's angle from hanging, cosine and sine of the lower link's angle
 *   from the upper, and the rates of both angles (rad/s).
 * * Action, `Discrete(3)`: torque at the elbow, 0: -1 N m, 1: none, 2: +1 N m.
 * * Reward: -1 for every step, 0 for the one that reaches the goal.
 * * Episode: terminates (`endReason: 'goal'`) when the tip is more than a link's length above the hinge. `make` limits it to 500 steps.
 * * Start: both angles and rates uniform over -0.1 to 0.1, from this project's generator (not NumPy's numbers). A reset takes
 *   `options: { low, high }` for another range, or `{ state: [upper, lower, upperRate, lowerRate] }` for one exact start.
 *
 * @example
 * ```ts
 * const env = await make('Acrobot-v1')
 * const { observation } = env.reset({ seed: 7 })
 * const step = env.step(observation[4] > 0 ? 0 : 2)
 * ```
 */
export class AcrobotEnv extends ClassicControlEnv<Discrete<3>, AcrobotParameters> {
  readonly #solver: RungeKutta4
  readonly #torqueNoise: number

  /** @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `env/spec` */
  constructor(options: AcrobotOptions = {}, settings: EnvSettings = {}) {
    const parameters = readParameters(acrobotParameters, options, ACROBOT_ID)
    super({
      id: ACROBOT_ID,
      parameters,
      settings,
      observationSpace: new Box({ low: HIGHEST.map((bound) => -bound), high: HIGHEST }),
      actionSpace: new Discrete({ n: 3 }),
      startOptions: startBetween(-0.1, 0.1, ACROBOT_STATE_SIZE, (end) => [end, end, end, end]),
      stateSize: ACROBOT_STATE_SIZE,
      endReason: 'goal',
      renderFps: 15,
      keys: { actions: { left: 0, right: 2 }, idle: 1 },
      frameWidth: 500,
      frameHeight: 500,
    })
    this.#solver = new RungeKutta4(ACROBOT_STATE_SIZE, acrobotMotion[parameters.dynamics])
    this.#torqueNoise = parameters.torqueNoise
  }

  protected onStep(action: number): ClassicStep {
    const noise = this.#torqueNoise > 0 ? this.rng.between(-this.#torqueNoise, this.#torqueNoise) : 0
    stepAcrobot(this.#solver, this.state, torqueOf(action as AcrobotAction) + noise, this.state)
    const isGoal = isTipAtGoal(this.state)
    return this.answers.step(observeAcrobot(this.state, this.answers.nextObservation()), isGoal ? 0 : -1, isGoal)
  }

  protected observe(state: Float64Array, observation: Float32Array): Float32Array {
    return observeAcrobot(state, observation)
  }

  protected draw(picture: Picture): void {
    drawAcrobot(picture, this.state)
  }

  protected caption(): string {
    const tip = -Math.cos(this.state[UPPER]) - Math.cos(this.state[UPPER] + this.state[LOWER])
    return `tip ${tip.toFixed(2)} m above the hinge   goal 1.00 m`
  }
}

/** Builds it from options of any origin. */
export const buildAcrobot: EnvBuilder<AcrobotEnv> = (options, settings) =>
  new AcrobotEnv(readParameters(acrobotParameters, options, ACROBOT_ID), settings)
