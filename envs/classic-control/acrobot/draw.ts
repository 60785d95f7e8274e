/** The acrobot as a picture, with the height that its tip has to reach. */
import type { Color, Picture } from '../../../src/env/picture.js'
import { LOWER, UPPER } from './rules.js'

const GOAL: Color = [104, 150, 92]
const UPPER_LINK: Color = [54, 138, 148]
const LOWER_LINK: Color = [78, 176, 184]
const JOINT: Color = [226, 160, 38]

/** Draws a state into a picture of any size; lengths in pixels are those of one 500 wide. */
export const drawAcrobot = (picture: Picture, state: Float64Array): void => {
  const unit = picture.width / 500
  const length = 112 * unit
  const x = picture.width / 2
  const y = picture.height / 2
  const total = state[UPPER] + state[LOWER]
  const elbowX = x + length * Math.sin(state[UPPER])
  const elbowY = y + length * Math.cos(state[UPPER])
  const tip = [elbowX + length * Math.sin(total), elbowY + length * Math.cos(total)]
  picture.drawPath([0, y - length, picture.width, y - length], Math.max(1, 2 * unit), GOAL)
  picture.drawPath([x, y, elbowX, elbowY], 22 * unit, UPPER_LINK)
  picture.drawPath([elbowX, elbowY, ...tip], 18 * unit, LOWER_LINK)
  picture.fillCircle(x, y, 9 * unit, JOINT)
  picture.fillCircle(elbowX, elbowY, 7 * unit, JOINT)
}
