/** Pendulum-v1: an adapter around the rules. */
import type { EnvBuilder, EnvSettings } from '../../../src/env/index.js'
import type { Picture } from '../../../src/env/picture.js'
import { readParameters } from '../../../src/parameters.js'
import { Box } from '../../../src/spaces/index.js'
import type { ClassicStep } from '../answers.js'
import { ClassicControlEnv } from '../classicEnv.js'
import { startAround } from '../start.js'
import { drawPendulum } from './draw.js'
import { PENDULUM_ID, pendulumParameters, type PendulumOptions, type PendulumParameters } from './parameters.js'
import { ANGLE, MAX_RATE, MAX_TORQUE, observePendulum, PENDULUM_STATE_SIZE, RATE, REWARD } from './rules.js'
import { stepPendulum, TORQUE, wrapAngle } from './rules.js'

/**
 * Swing a pendulum up and hold it there, with a motor too weak to lift it at once.
 *
 * * Observation, `Box(3)` float32: cosine and sine of the angle from upright, and its rate, -8 to 8 rad/s, counter-clockwise.
 * * Action, `Box(1)` float32: torque, -2 to 2 N m, counter-clockwise.
 * * Reward: -(angle^2 + 0.1 rate^2 + 0.001 torque^2) of the state before the step, with the angle within -pi to pi: -16.27 to 0.
 * * Episode: never terminates. `make` limits it to 200 steps.
 * * Start: angle uniform over -pi to pi, rate over -1 to 1 rad/s, from this project's generator (not NumPy's numbers). A reset takes
 *   `options: { xInit, yInit }` for other limits of the two, or `{ state: [angle, rate] }` for one exact start.
 *
 * @example
 * ```ts
 * const env = await make('Pendulum-v1', { g: 9.81 })
 * env.reset({ seed: 7 })
 * const step = env.step(Float32Array.of(1.5))
 * ```
 */
export class PendulumEnv extends ClassicControlEnv<Box, PendulumParameters> {
  readonly #g: number

  /** @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `env/spec` */
  constructor(options: PendulumOptions = {}, settings: EnvSettings = {}) {
    const parameters = readParameters(pendulumParameters, options, PENDULUM_ID)
    super({
      id: PENDULUM_ID,
      parameters,
      settings,
      observationSpace: new Box({ low: [-1, -1, -MAX_RATE], high: [1, 1, MAX_RATE] }),
      actionSpace: new Box({ low: -MAX_TORQUE, high: MAX_TORQUE, shape: [1] }),
      startOptions: startAround(Math.PI, 1),
      stateSize: PENDULUM_STATE_SIZE,
      renderFps: 30,
      keys: { actions: { left: Float32Array.of(MAX_TORQUE), right: Float32Array.of(-MAX_TORQUE) }, idle: Float32Array.of(0) },
      frameWidth: 500,
      frameHeight: 500,
    })
    this.#g = parameters.g
  }

  protected onStep(action: Float32Array): ClassicStep {
    stepPendulum(this.state, action, this.#g, this.state)
    return this.answers.step(observePendulum(this.state, this.answers.nextObservation()), this.state[REWARD], false)
  }

  protected observe(state: Float64Array, observation: Float32Array): Float32Array {
    return observePendulum(state, observation)
  }

  protected draw(picture: Picture): void {
    drawPendulum(picture, this.state)
  }

  protected caption(): string {
    const degrees = (wrapAngle(this.state[ANGLE]) * 180) / Math.PI
    return `${degrees.toFixed(0)} degrees   ${this.state[RATE].toFixed(2)} rad/s   ${this.state[TORQUE].toFixed(2)} N m`
  }
}

/** Builds it from options of any origin. */
export const buildPendulum: EnvBuilder<PendulumEnv> = (options, settings) =>
  new PendulumEnv(readParameters(pendulumParameters, options, PENDULUM_ID), settings)
