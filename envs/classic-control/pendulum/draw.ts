/** The pendulum as a picture, with an arrow for the torque. */
import type { Color, Picture } from '../../../src/env/picture.js'
import { ANGLE, MAX_TORQUE, TORQUE } from './rules.js'

const CIRCLE: Color = [224, 224, 220]
const ROD: Color = [204, 92, 84]
const HINGE: Color = [38, 44, 58]
const ARROW: Color = [70, 110, 190]
/** The arrow of the largest torque goes this far round. */
const LONGEST_ARC = (2 * Math.PI) / 3

/** Draws a state into a picture of any size; lengths in pixels are those of one 500 wide. */
export const drawPendulum = (picture: Picture, state: Float64Array): void => {
  const unit = picture.width / 500
  const x = picture.width / 2
  const y = picture.height / 2
  const length = 170 * unit
  /** The place at an angle counter-clockwise from upright. */
  const at = (angle: number, radius: number): [number, number] => [x - radius * Math.sin(angle), y - radius * Math.cos(angle)]
  drawArc(picture, (part) => at(2 * Math.PI * part, length), Math.max(1, 2 * unit), CIRCLE)
  picture.drawPath([x, y, ...at(state[ANGLE], length)], 30 * unit, ROD)
  const torque = state[TORQUE]
  if (torque !== 0) drawTorque(picture, at, (torque / MAX_TORQUE) * LONGEST_ARC, unit)
  picture.fillCircle(x, y, 8 * unit, HINGE)
}

/** A curve through the places of the parts 0 to 1. */
const drawArc = (picture: Picture, place: (part: number) => [number, number], thickness: number, color: Color): void => {
  const steps = 48
  const points = Array.from({ length: steps + 1 }, (_, i) => place(i / steps)).flat()
  picture.drawPath(points, thickness, color)
}

/** An arc around the hinge, from the top on in the direction of the torque, with a head. */
const drawTorque = (picture: Picture, at: (angle: number, radius: number) => [number, number], arc: number, unit: number): void => {
  const radius = 60 * unit
  const head = Math.sign(arc) * 0.3
  drawArc(picture, (part) => at(arc * part, radius), 6 * unit, ARROW)
  picture.fillPolygon([...at(arc, radius - 12 * unit), ...at(arc, radius + 12 * unit), ...at(arc + head, radius)], ARROW)
}
