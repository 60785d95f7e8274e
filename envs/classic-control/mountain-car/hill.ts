/** The valley that both mountain cars drive in (Moore 1990), and the numbers they share. */

/** Places in the state: position along the valley, and its change a step. */
export const POSITION = 0
export const VELOCITY = 1

export const MIN_POSITION = -1.2
export const MAX_POSITION = 0.6
/** Largest |velocity|, positions a step. */
export const MAX_SPEED = 0.07
export const GRAVITY = 0.0025
/** The ground is a sine of 3 x: gravity pulls by cos(3 x), and the lowest place is x = -pi / 6. */
export const WAVE_NUMBER = 3

/** Writes position and velocity in single precision into `observation`, which is returned. */
export const observeCar = (state: Float64Array, observation: Float32Array): Float32Array => {
  observation[POSITION] = state[POSITION]
  observation[VELOCITY] = state[VELOCITY]
  return observation
}

/** Height of the ground of a picture, 0.1 to 1. */
export const heightAt = (position: number): number => 0.55 + 0.45 * Math.sin(WAVE_NUMBER * position)

/** Angle of the ground for a picture, rad: the arc tangent of the derivative of `heightAt`. */
export const inclineAt = (position: number): number => Math.atan(0.45 * WAVE_NUMBER * Math.cos(WAVE_NUMBER * position))
