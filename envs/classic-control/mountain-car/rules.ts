/**
 * A car in a valley whose engine is weaker than gravity, as pure rules: state and push in, next state out.
 *
 * Moore (1990), "Efficient memory-based learning for robot control", PhD thesis, Cambridge; with the numbers of Singh & Sutton (1996),
 * Machine Learning 22:123.
 */
import { GRAVITY, MAX_POSITION, MAX_SPEED, MIN_POSITION, POSITION, VELOCITY, WAVE_NUMBER } from './hill.js'

const ENGINE = 0.001
/** The flag on the right hill. */
export const GOAL_POSITION = 0.5

/** 0: drive to the left, 1: let the car roll, 2: drive to the right. */
export type MountainCarAction = 0 | 1 | 2

/** One step. `into` may be `state`. */
export const stepMountainCar = (state: Float64Array, action: MountainCarAction, into: Float64Array): void => {
  // v' = v + 0.001 (a - 1) - 0.0025 cos(3 x), within the speed limit
  const pushed = state[VELOCITY] + ((action - 1) * ENGINE - Math.cos(WAVE_NUMBER * state[POSITION]) * GRAVITY)
  const velocity = Math.min(MAX_SPEED, Math.max(-MAX_SPEED, pushed))
  // x' = x + v', within the valley
  const position = Math.min(MAX_POSITION, Math.max(MIN_POSITION, state[POSITION] + velocity))
  into[POSITION] = position
  // The left wall takes all speed; the right one is behind the flag.
  into[VELOCITY] = position === MIN_POSITION && velocity < 0 ? 0 : velocity
}

/** Whether the car is at the flag, and as fast as it has to be. */
export const isAtGoal = (state: Float64Array, goalVelocity: number): boolean =>
  state[POSITION] >= GOAL_POSITION && state[VELOCITY] >= goalVelocity
