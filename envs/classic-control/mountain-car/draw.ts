/** The car in its valley as a picture. */
import type { Color, Picture } from '../../../src/env/picture.js'
import { heightAt, inclineAt, MAX_POSITION, MIN_POSITION, POSITION } from './hill.js'

const EARTH: Color = [221, 228, 208]
const GROUND: Color = [96, 116, 84]
const CAR: Color = [38, 44, 58]
const WHEEL: Color = [128, 132, 142]
const POLE: Color = [90, 94, 104]
const FLAG: Color = [226, 160, 38]

/** Draws a state into a picture of any size; lengths in pixels are those of one 600 wide. */
export const drawMountainCar = (picture: Picture, state: Float64Array, goalPosition: number): void => {
  const unit = picture.width / 600
  const scale = picture.width / (MAX_POSITION - MIN_POSITION)
  const across = (position: number): number => (position - MIN_POSITION) * scale
  const down = (position: number): number => picture.height - heightAt(position) * scale
  const ground: number[] = []
  for (let i = 0; i <= 90; i++) {
    const position = MIN_POSITION + ((MAX_POSITION - MIN_POSITION) * i) / 90
    ground.push(across(position), down(position))
  }
  picture.fillPolygon([...ground, picture.width, picture.height, 0, picture.height], EARTH)
  picture.drawPath(ground, Math.max(1, 3 * unit), GROUND)
  drawFlag(picture, across(goalPosition), down(goalPosition), unit)
  drawCar(picture, across(state[POSITION]), down(state[POSITION]), inclineAt(state[POSITION]), unit)
}

const drawFlag = (picture: Picture, x: number, foot: number, unit: number): void => {
  const top = foot - 56 * unit
  picture.drawPath([x, foot, x, top], Math.max(1, 2.5 * unit), POLE)
  picture.fillPolygon([x, top, x + 28 * unit, top + 8 * unit, x, top + 16 * unit], FLAG)
}

/** The car stands on the ground at (x, y), turned with it. */
const drawCar = (picture: Picture, x: number, y: number, incline: number, unit: number): void => {
  const cos = Math.cos(incline) * unit
  const sin = Math.sin(incline) * unit
  /** A place of the car, `forward` along the ground and `up` from it, in pixels. */
  const at = (forward: number, up: number): [number, number] => [x + forward * cos - up * sin, y - forward * sin - up * cos]
  const body = [at(-24, 9), at(-24, 21), at(-13, 23), at(-8, 32), at(9, 32), at(15, 22), at(24, 20), at(24, 9)]
  picture.fillPolygon(body.flat(), CAR)
  for (const forward of [-13, 13]) {
    picture.fillCircle(...at(forward, 8.5), 8 * unit, CAR)
    picture.fillCircle(...at(forward, 8.5), 4.5 * unit, WHEEL)
  }
}
