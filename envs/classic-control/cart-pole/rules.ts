/**
 * A pole on a cart, as pure rules: state and push in, next state out.
 *
 * Barto, Sutton & Anderson (1983), IEEE Trans. Syst. Man Cybern. 13:834, whose equations without friction Florian (2007), "Correct
 * equations for the dynamics of the cart-pole system", confirms. Euler's method, as in the original program.
 */

/** Places in the state: position of the cart (m), its velocity (m/s), angle of the pole from upright (rad), its rate (rad/s). */
export const X = 0
export const X_RATE = 1
export const ANGLE = 2
export const ANGLE_RATE = 3
export const CART_POLE_STATE_SIZE = 4

const GRAVITY = 9.8
const CART_MASS_KG = 1
const POLE_MASS_KG = 0.1
const TOTAL_MASS_KG = POLE_MASS_KG + CART_MASS_KG
/** From the hinge to the middle of the pole. */
export const HALF_POLE_M = 0.5
const POLE_MOMENT_KG_M = POLE_MASS_KG * HALF_POLE_M
const FORCE_N = 10
const STEP_S = 0.02
/** Beyond this from the middle, either way, the cart is off the track. */
export const TRACK_LIMIT_M = 2.4
/** Beyond this from upright, either way, the pole has fallen: 12 degrees. */
export const ANGLE_LIMIT_RAD = (12 * 2 * Math.PI) / 360

/** 0: push to the left, 1: to the right. */
export type CartPoleAction = 0 | 1

/** One step of 20 ms. `into` may be `state`. */
export const stepCartPole = (state: Float64Array, action: CartPoleAction, into: Float64Array): void => {
  const xRate = state[X_RATE]
  const angle = state[ANGLE]
  const angleRate = state[ANGLE_RATE]
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const force = action === 1 ? FORCE_N : -FORCE_N
  // p = (F + m l w^2 sin a) / (M + m)
  const push = (force + POLE_MOMENT_KG_M * (angleRate * angleRate) * sin) / TOTAL_MASS_KG
  // dw/dt = (g sin a - p cos a) / (l (4/3 - m cos^2 a / (M + m)))
  const turning = (GRAVITY * sin - cos * push) / (HALF_POLE_M * (4 / 3 - (POLE_MASS_KG * (cos * cos)) / TOTAL_MASS_KG))
  // dv/dt = p - m l (dw/dt) cos a / (M + m)
  const acceleration = push - (POLE_MOMENT_KG_M * turning * cos) / TOTAL_MASS_KG
  into[X] = state[X] + STEP_S * xRate
  into[X_RATE] = xRate + STEP_S * acceleration
  into[ANGLE] = angle + STEP_S * angleRate
  into[ANGLE_RATE] = angleRate + STEP_S * turning
}

/** Writes the state in single precision into `observation`, which is returned. */
export const observeCartPole = (state: Float64Array, observation: Float32Array): Float32Array => {
  observation[X] = state[X]
  observation[X_RATE] = state[X_RATE]
  observation[ANGLE] = state[ANGLE]
  observation[ANGLE_RATE] = state[ANGLE_RATE]
  return observation
}

/** Whether the cart has left the track or the pole has fallen. */
export const isCartPoleLost = (state: Float64Array): boolean =>
  Math.abs(state[X]) > TRACK_LIMIT_M || Math.abs(state[ANGLE]) > ANGLE_LIMIT_RAD
