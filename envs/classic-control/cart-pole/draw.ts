/** The pole on its cart as a picture, 4.8 m wide. */
import type { Color, Picture } from '../../../src/env/picture.js'
import { ANGLE, HALF_POLE_M, TRACK_LIMIT_M, X } from './rules.js'

const TRACK: Color = [120, 124, 134]
const CART: Color = [38, 44, 58]
const POLE: Color = [199, 142, 84]
const HINGE: Color = [122, 120, 196]

/** Draws a state into a picture of any size; lengths in pixels are those of one 600 wide. */
export const drawCartPole = (picture: Picture, state: Float64Array): void => {
  const unit = picture.width / 600
  const pixelsPerMetre = picture.width / (2 * TRACK_LIMIT_M)
  const ground = picture.height * 0.76
  const cartX = picture.width / 2 + state[X] * pixelsPerMetre
  const hingeY = ground - 22 * unit
  const poleLength = 2 * HALF_POLE_M * pixelsPerMetre
  picture.drawPath([0, ground, picture.width, ground], Math.max(1, 2 * unit), TRACK)
  picture.fillRectangle(cartX - 30 * unit, ground - 32 * unit, 60 * unit, 24 * unit, CART)
  for (const side of [-18, 18]) picture.fillCircle(cartX + side * unit, ground - 8 * unit, 7 * unit, CART)
  const tip = [cartX + poleLength * Math.sin(state[ANGLE]), hingeY - poleLength * Math.cos(state[ANGLE])]
  picture.drawPath([cartX, hingeY, ...tip], 10 * unit, POLE)
  picture.fillCircle(cartX, hingeY, 4.5 * unit, HINGE)
}
