/**
 * A rod on a hinge with a motor, as pure rules: state and torque in, next state and reward out.
 *
 * A uniform rod of mass m and length l, whose moment about its end is m l^2 / 3, with its angle measured from upright.
 */

/** Places in the state: angle from upright (rad, counter-clockwise, never wrapped) and its rate (rad/s). */
export const ANGLE = 0
export const RATE = 1
/** What the last step applied (N m) and brought; 0 at the start. */
export const TORQUE = 2
export const REWARD = 3
export const PENDULUM_STATE_SIZE = 4

const MASS_KG = 1
const LENGTH_M = 1
const STEP_S = 0.05
/** Largest |rate|, rad/s. */
export const MAX_RATE = 8
/** Largest |torque|, N m. */
export const MAX_TORQUE = 2

const single = Math.fround
const TURN = 2 * Math.PI

/** The same angle within -pi (included) to pi. */
export const wrapAngle = (angle: number): number => {
  const rest = (angle + Math.PI) % TURN
  return (rest < 0 ? rest + TURN : rest) - Math.PI
}

/** Writes the angle's cosine and sine and the rate into `observation`, which is returned. */
export const observePendulum = (state: Float64Array, observation: Float32Array): Float32Array => {
  observation[0] = Math.cos(state[ANGLE])
  observation[1] = Math.sin(state[ANGLE])
  observation[2] = state[RATE]
  return observation
}

/**
 * One step of 50 ms (semi-implicit Euler). The reward is that of applying the torque in `state`, before the step.
 * @param action one torque, N m, counter-clockwise; held within the motor's limits
 * @param g acceleration of gravity, m/s^2
 * @param into may be `state`
 */
export const stepPendulum = (state: Float64Array, action: Float32Array, g: number, into: Float64Array): void => {
  const torque = Math.min(MAX_TORQUE, Math.max(-MAX_TORQUE, action[0]))
  const angle = wrapAngle(state[ANGLE])
  // r = -(angle^2 + 0.1 rate^2 + 0.001 torque^2); the torque is single precision and so is its cost
  const effort = single(single(0.001) * single(torque * torque))
  const reward = -(angle * angle + 0.1 * (state[RATE] * state[RATE]) + effort)
  // rate' = rate + (3 g / (2 l) sin(angle) + 3 / (m l^2) torque) dt, within the limit
  const pull = ((3 * g) / (2 * LENGTH_M)) * Math.sin(state[ANGLE])
  const drive = single((3 / (MASS_KG * LENGTH_M ** 2)) * torque)
  const rate = Math.min(MAX_RATE, Math.max(-MAX_RATE, state[RATE] + (pull + drive) * STEP_S))
  // angle' = angle + rate' dt
  into[ANGLE] = state[ANGLE] + rate * STEP_S
  into[RATE] = rate
  into[TORQUE] = torque
  into[REWARD] = reward
}
