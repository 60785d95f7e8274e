/** MountainCarContinuous-v0: an adapter around the rules. */
import type { EnvBuilder, EnvSettings } from '../../../src/env/index.js'
import { readParameters } from '../../../src/parameters.js'
import { Box } from '../../../src/spaces/index.js'
import type { ClassicStep } from '../answers.js'
import { CONTINUOUS_GOAL_POSITION, CONTINUOUS_STATE_SIZE, isAtContinuousGoal, REWARD, stepContinuousCar } from './continuousRules.js'
import { observeCar } from './hill.js'
import { AnyMountainCarEnv } from './mountainCarEnv.js'
import { CONTINUOUS_CAR_ID, mountainCarParameters, type MountainCarOptions } from './parameters.js'

/**
 * The car in the valley with a continuous engine that costs.
 *
 * * Observation, `Box(2)` float32: position, -1.2 to 0.6 (lowest at -0.52), and velocity, -0.07 to 0.07 positions a step.
 * * Action, `Box(1)` float32: the force of the engine, -1 to 1.
 * * Reward: 100 for reaching the flag, less 0.1 times the squared force in every step.
 * * Episode: terminates (`endReason: 'goal'`) at the flag, position 0.45, at `goalVelocity` or faster. The left wall stops the car
 *   dead. `make` limits it to 999 steps.
 * * Start: as in MountainCar-v0.
 *
 * @example
 * ```ts
 * const env = await make('MountainCarContinuous-v0')
 * env.reset({ seed: 7 })
 * const step = env.step(Float32Array.of(0.5))
 * ```
 */
export class MountainCarContinuousEnv extends AnyMountainCarEnv<Box> {
  /** @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `env/spec` */
  constructor(options: MountainCarOptions = {}, settings: EnvSettings = {}) {
    const actionSpace = new Box({ low: -1, high: 1, shape: [1] })
    const keys = { actions: { left: Float32Array.of(-1), right: Float32Array.of(1) }, idle: Float32Array.of(0) }
    const goalPosition = CONTINUOUS_GOAL_POSITION
    super({ id: CONTINUOUS_CAR_ID, actionSpace, stateSize: CONTINUOUS_STATE_SIZE, goalPosition, keys }, options, settings)
  }

  protected onStep(action: Float32Array): ClassicStep {
    stepContinuousCar(this.state, action, this.goalVelocity, this.state)
    const observation = observeCar(this.state, this.answers.nextObservation())
    return this.answers.step(observation, this.state[REWARD], isAtContinuousGoal(this.state, this.goalVelocity))
  }
}

/** Builds it from options of any origin. */
export const buildMountainCarContinuous: EnvBuilder<MountainCarContinuousEnv> = (options, settings) =>
  new MountainCarContinuousEnv(readParameters(mountainCarParameters, options, CONTINUOUS_CAR_ID), settings)
