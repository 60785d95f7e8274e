/** Nothing is drawn from a row that is not a number: a policy that has diverged must say so at the first action. */
import { Bl1Error } from '../../src/errors.js'

/** @throws Bl1Error `agents/draw` unless all numbers of the row are finite */
export const requireDrawable = (name: string, prepared: ArrayLike<number>, row: number, width: number): void => {
  for (let i = row * width; i < (row + 1) * width; i++) {
    if (!Number.isFinite(prepared[i])) throw new Bl1Error('agents/draw', { name, row, received: String(prepared[i]) })
  }
}
