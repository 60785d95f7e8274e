/** CartPole-v1: an adapter around the rules. */
import type { EnvBuilder, EnvSettings } from '../../../src/env/index.js'
import type { Picture } from '../../../src/env/picture.js'
import { readParameters } from '../../../src/parameters.js'
import { Box, Discrete } from '../../../src/spaces/index.js'
import type { ClassicStep } from '../answers.js'
import { ClassicControlEnv } from '../classicEnv.js'
import { startBetween } from '../start.js'
import { drawCartPole } from './draw.js'
import { CART_POLE_ID, cartPoleParameters, type CartPoleOptions, type CartPoleParameters } from './parameters.js'
import { ANGLE, ANGLE_LIMIT_RAD, CART_POLE_STATE_SIZE, isCartPoleLost, observeCartPole, stepCartPole, TRACK_LIMIT_M, X } from './rules.js'
import type { CartPoleAction } from './rules.js'

/** Twice what ends an episode, so that the last observation is a member too. */
const HIGHEST = [2 * TRACK_LIMIT_M, Infinity, 2 * ANGLE_LIMIT_RAD, Infinity]

/**
 * Keep a pole upright on a cart by pushing the cart left or right.
 *
 * * Observation, `Box(4)` float32: position of the cart (m), its velocity (m/s), angle of the pole from upright (rad, positive to the
 *   right), its rate (rad/s).
 * * Action, `Discrete(2)`: 0 push to the left, 1 push to the right, with 10 N for 20 ms.
 * * Reward: 1 for every step, the last included. With `suttonBartoReward`: 0, and -1 for the step that loses.
 * * Episode: terminates (`endReason: 'lost'`) when the cart is more than 2.4 m from the middle or the pole more than 12 degrees from
 *   upright. `make` limits it to 500 steps.
 * * Start: each of the four numbers uniform over -0.05 to 0.05, from this project's generator (not NumPy's numbers). A reset takes
 *   `options: { low, high }` for another range, or `{ state: [x, v, angle, rate] }` for one exact start.
 *
 * @example
 * ```ts
 * const env = await make('CartPole-v1')
 * const { observation } = env.reset({ seed: 7 })
 * const step = env.step(observation[2] > 0 ? 1 : 0)
 * ```
 */
export class CartPoleEnv extends ClassicControlEnv<Discrete<2>, CartPoleParameters> {
  readonly #suttonBartoReward: boolean

  /** @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `env/spec` */
  constructor(options: CartPoleOptions = {}, settings: EnvSettings = {}) {
    const parameters = readParameters(cartPoleParameters, options, CART_POLE_ID)
    super({
      id: CART_POLE_ID,
      parameters,
      settings,
      observationSpace: new Box({ low: HIGHEST.map((bound) => -bound), high: HIGHEST }),
      actionSpace: new Discrete({ n: 2 }),
      startOptions: startBetween(-0.05, 0.05, CART_POLE_STATE_SIZE, (end) => [end, end, end, end]),
      stateSize: CART_POLE_STATE_SIZE,
      endReason: 'lost',
      renderFps: 50,
      keys: { actions: { left: 0, right: 1 } },
      frameWidth: 600,
      frameHeight: 400,
    })
    this.#suttonBartoReward = parameters.suttonBartoReward
  }

  protected onStep(action: number): ClassicStep {
    stepCartPole(this.state, action as CartPoleAction, this.state)
    const isLost = isCartPoleLost(this.state)
    const reward = this.#suttonBartoReward ? (isLost ? -1 : 0) : 1
    return this.answers.step(observeCartPole(this.state, this.answers.nextObservation()), reward, isLost)
  }

  protected observe(state: Float64Array, observation: Float32Array): Float32Array {
    return observeCartPole(state, observation)
  }

  protected draw(picture: Picture): void {
    drawCartPole(picture, this.state)
  }

  protected caption(): string {
    return `cart ${this.state[X].toFixed(2)} m   pole ${((this.state[ANGLE] * 180) / Math.PI).toFixed(1)} degrees`
  }
}

/** Builds it from options of any origin. */
export const buildCartPole: EnvBuilder<CartPoleEnv> = (options, settings) =>
  new CartPoleEnv(readParameters(cartPoleParameters, options, CART_POLE_ID), settings)
