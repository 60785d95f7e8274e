/** MountainCar-v0: an adapter around the rules. */
import type { EnvBuilder, EnvSettings } from '../../../src/env/index.js'
import { readParameters } from '../../../src/parameters.js'
import { Discrete } from '../../../src/spaces/index.js'
import type { ClassicStep } from '../answers.js'
import { observeCar } from './hill.js'
import { AnyMountainCarEnv } from './mountainCarEnv.js'
import { MOUNTAIN_CAR_ID, mountainCarParameters, type MountainCarOptions } from './parameters.js'
import { GOAL_POSITION, isAtGoal, stepMountainCar, type MountainCarAction } from './rules.js'

/**
 * Drive a car out of a valley with an engine too weak to climb at once: it has to swing.
 *
 * * Observation, `Box(2)` float32: position, -1.2 to 0.6 (lowest at -0.52), and velocity, -0.07 to 0.07 positions a step.
 * * Action, `Discrete(3)`: 0 drive to the left, 1 roll, 2 drive to the right.
 * * Reward: -1 for every step.
 * * Episode: terminates (`endReason: 'goal'`) at the flag, position 0.5, at `goalVelocity` or faster. The left wall stops the car dead.
 *   `make` limits it to 200 steps.
 * * Start: at rest, position uniform over -0.6 to -0.4, from this project's generator (not NumPy's numbers). A reset takes
 *   `options: { low, high }` for another range, or `{ state: [position, velocity] }` for one exact start.
 *
 * @example
 * ```ts
 * const env = await make('MountainCar-v0')
 * const { observation } = env.reset({ seed: 7 })
 * const step = env.step(observation[1] < 0 ? 0 : 2)
 * ```
 */
export class MountainCarEnv extends AnyMountainCarEnv<Discrete<3>> {
  /** @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `env/spec` */
  constructor(options: MountainCarOptions = {}, settings: EnvSettings = {}) {
    const actionSpace = new Discrete({ n: 3 })
    const keys = { actions: { left: 0, right: 2 }, idle: 1 }
    super({ id: MOUNTAIN_CAR_ID, actionSpace, stateSize: 2, goalPosition: GOAL_POSITION, keys }, options, settings)
  }

  protected onStep(action: number): ClassicStep {
    stepMountainCar(this.state, action as MountainCarAction, this.state)
    const isGoal = isAtGoal(this.state, this.goalVelocity)
    return this.answers.step(observeCar(this.state, this.answers.nextObservation()), -1, isGoal)
  }
}

/** Builds it from options of any origin. */
export const buildMountainCar: EnvBuilder<MountainCarEnv> = (options, settings) =>
  new MountainCarEnv(readParameters(mountainCarParameters, options, MOUNTAIN_CAR_ID), settings)
