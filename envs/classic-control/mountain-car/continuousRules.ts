/**
 * The car in the valley with a continuous engine, as pure rules: state and force in, next state and reward out.
 *
 * The reference keeps this car's state in single precision: from the first step on every sum and product is rounded to it, only the
 * start is double. Its rounding is part of its trajectories, so it is followed here operation by operation.
 */
import { GRAVITY, MAX_POSITION, MAX_SPEED, MIN_POSITION, POSITION, VELOCITY, WAVE_NUMBER } from './hill.js'

/** Places in the state, after position and velocity: 0 at the start, 1 once the state is in single precision; reward of the last step. */
const IS_SINGLE = 2
export const REWARD = 3
export const CONTINUOUS_STATE_SIZE = 4

const ENGINE = 0.0015
/** The flag stands a little lower than that of the car with three actions. */
export const CONTINUOUS_GOAL_POSITION = 0.45
const GOAL_REWARD = 100
const EFFORT_COST = 0.1

const single = Math.fround
const SINGLE_ENGINE = single(ENGINE)
const SINGLE_MAX_SPEED = single(MAX_SPEED)
const SINGLE_MIN_POSITION = single(MIN_POSITION)
const SINGLE_GOAL_POSITION = single(CONTINUOUS_GOAL_POSITION)

/**
 * One step.
 * @param action one force, held within -1 to 1
 * @param goalVelocity how fast the car has to be at the flag
 * @param into may be `state`
 */
export const stepContinuousCar = (state: Float64Array, action: Float32Array, goalVelocity: number, into: Float64Array): void => {
  const isSingle = state[IS_SINGLE] === 1
  const force = action[0]
  const held = Math.min(1, Math.max(-1, force))
  // dv = 0.0015 f - 0.0025 cos(3 x): single even in the first step, as the force is
  const phase = WAVE_NUMBER * state[POSITION]
  const pull = single(GRAVITY * Math.cos(isSingle ? single(phase) : phase))
  const pushed = state[VELOCITY] + single(single(held * SINGLE_ENGINE) - pull)
  // v' = v + dv, within the speed limit
  const maxSpeed = isSingle ? SINGLE_MAX_SPEED : MAX_SPEED
  const velocity = Math.min(maxSpeed, Math.max(-maxSpeed, isSingle ? single(pushed) : pushed))
  // x' = x + v', within the valley
  const leftWall = isSingle ? SINGLE_MIN_POSITION : MIN_POSITION
  const moved = state[POSITION] + velocity
  const position = Math.min(MAX_POSITION, Math.max(leftWall, isSingle ? single(moved) : moved))
  into[POSITION] = single(position)
  into[VELOCITY] = position === leftWall && velocity < 0 ? 0 : single(velocity)
  into[IS_SINGLE] = 1
  // r = -0.1 f^2, and 100 for the flag
  into[REWARD] = (isAtContinuousGoal(into, goalVelocity) ? GOAL_REWARD : 0) - force * force * EFFORT_COST
}

/** Whether the car is at the flag, and as fast as it has to be. */
export const isAtContinuousGoal = (state: Float64Array, goalVelocity: number): boolean =>
  state[POSITION] >= SINGLE_GOAL_POSITION && state[VELOCITY] >= single(goalVelocity)
