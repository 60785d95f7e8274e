/**
 * Two links hanging from a hinge, with a motor at the elbow, as pure rules: state and torque in, next state out.
 *
 * Sutton (1996), "Generalization in reinforcement learning: successful examples using sparse coarse coding", NIPS 8; the equations are
 * those of Sutton & Barto, "Reinforcement learning: an introduction" (the paper's lack a term). Solved by Runge and Kutta in one step.
 */
import type { Derivative, RungeKutta4 } from '../rungeKutta.js'

/** Places in the state: angle of the upper link from hanging, angle of the lower link from the upper (rad), and their rates (rad/s). */
export const UPPER = 0
export const LOWER = 1
export const UPPER_RATE = 2
export const LOWER_RATE = 3
export const ACROBOT_STATE_SIZE = 4

const GRAVITY = 9.8
/** Both links are alike. */
const MASS_KG = 1
const LENGTH_M = 1
/** From the hinge or the elbow to the centre of mass. */
const CENTRE_M = 0.5
const MOMENT = 1
const STEP_S = 0.2
/** Largest |rate| of the upper and of the lower link, rad/s. */
export const MAX_UPPER_RATE = 4 * Math.PI
export const MAX_LOWER_RATE = 9 * Math.PI

/** 0: torque of -1 N m at the elbow, 1: none, 2: +1 N m. */
export type AcrobotAction = 0 | 1 | 2

/** The torque of an action, N m. */
export const torqueOf = (action: AcrobotAction): number => action - 1

/** The equations of motion: as in the book, or without the term that the paper of 1996 leaves out. */
const motion =
  (hasBookTerm: boolean): Derivative =>
  (state, torque, into) => {
    const upper = state[UPPER]
    const lower = state[LOWER]
    const upperRate = state[UPPER_RATE]
    const lowerRate = state[LOWER_RATE]
    const cos = Math.cos(lower)
    const sin = Math.sin(lower)
    // d1 = m1 lc1^2 + m2 (l1^2 + lc2^2 + 2 l1 lc2 cos b) + I1 + I2
    const d1 = MASS_KG * CENTRE_M ** 2 + MASS_KG * (LENGTH_M ** 2 + CENTRE_M ** 2 + 2 * LENGTH_M * CENTRE_M * cos) + MOMENT + MOMENT
    // d2 = m2 (lc2^2 + l1 lc2 cos b) + I2
    const d2 = MASS_KG * (CENTRE_M ** 2 + LENGTH_M * CENTRE_M * cos) + MOMENT
    // phi2 = m2 lc2 g cos(a + b - pi / 2)
    const phi2 = MASS_KG * CENTRE_M * GRAVITY * Math.cos(upper + lower - Math.PI / 2)
    // phi1 = -m2 l1 lc2 b'^2 sin b - 2 m2 l1 lc2 b' a' sin b + (m1 lc1 + m2 l1) g cos(a - pi / 2) + phi2
    const phi1 =
      -MASS_KG * LENGTH_M * CENTRE_M * (lowerRate * lowerRate) * sin -
      2 * MASS_KG * LENGTH_M * CENTRE_M * lowerRate * upperRate * sin +
      (MASS_KG * CENTRE_M + MASS_KG * LENGTH_M) * GRAVITY * Math.cos(upper - Math.PI / 2) +
      phi2
    // The book's term: m2 l1 lc2 a'^2 sin b
    const centrifugal = hasBookTerm ? MASS_KG * LENGTH_M * CENTRE_M * (upperRate * upperRate) * sin : 0
    // b'' = (torque + d2 / d1 phi1 - m2 l1 lc2 a'^2 sin b - phi2) / (m2 lc2^2 + I2 - d2^2 / d1)
    const lowerTurning = (torque + (d2 / d1) * phi1 - centrifugal - phi2) / (MASS_KG * CENTRE_M ** 2 + MOMENT - (d2 * d2) / d1)
    into[UPPER] = upperRate
    into[LOWER] = lowerRate
    // a'' = -(d2 b'' + phi1) / d1
    into[UPPER_RATE] = -(d2 * lowerTurning + phi1) / d1
    into[LOWER_RATE] = lowerTurning
  }

/** The equations by the name of the option `dynamics`. */
export const acrobotMotion = { book: motion(true), nips: motion(false) } as const

const TURN = 2 * Math.PI

/** The same angle within -pi to pi, both included; one step turns a link by a few turns at most. */
const wrapAngle = (angle: number): number => {
  let wrapped = angle
  while (wrapped > Math.PI) wrapped -= TURN
  while (wrapped < -Math.PI) wrapped += TURN
  return wrapped
}

const hold = (rate: number, limit: number): number => Math.min(limit, Math.max(-limit, rate))

/**
 * One step of 0.2 s under a constant torque (N m).
 * @param solver of one of `acrobotMotion`
 * @param into may be `state`
 */
export const stepAcrobot = (solver: RungeKutta4, state: Float64Array, torque: number, into: Float64Array): void => {
  solver.step(state, torque, STEP_S, into)
  into[UPPER] = wrapAngle(into[UPPER])
  into[LOWER] = wrapAngle(into[LOWER])
  into[UPPER_RATE] = hold(into[UPPER_RATE], MAX_UPPER_RATE)
  into[LOWER_RATE] = hold(into[LOWER_RATE], MAX_LOWER_RATE)
}

/** Writes the cosine and sine of both angles and their rates into `observation`, which is returned. */
export const observeAcrobot = (state: Float64Array, observation: Float32Array): Float32Array => {
  observation[0] = Math.cos(state[UPPER])
  observation[1] = Math.sin(state[UPPER])
  observation[2] = Math.cos(state[LOWER])
  observation[3] = Math.sin(state[LOWER])
  observation[4] = state[UPPER_RATE]
  observation[5] = state[LOWER_RATE]
  return observation
}

/** Whether the tip is more than a link's length above the hinge: -cos a - cos(a + b) > 1. */
export const isTipAtGoal = (state: Float64Array): boolean => -Math.cos(state[UPPER]) - Math.cos(state[LOWER] + state[UPPER]) > 1
