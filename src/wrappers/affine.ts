/** Straight lines from one pair of bounds to another: what rescales observations and actions. */
import type { DType, DTypes } from '../spaces/index.js'

/** Lower and upper bounds, one an element. */
export interface Bounds {
  readonly low: ArrayLike<number>
  readonly high: ArrayLike<number>
}

/** Writes the image of `values` into `out`, whose bounds it keeps. */
export type AffineMap = (values: ArrayLike<number>, out: DTypes[DType]) => void

/**
 * The line, for each element, that takes the bounds `from` to the bounds `to`. Where a bound is infinite, in both, it only shifts by the
 * other one; where both are, it changes nothing. An element that cannot vary becomes the lower of the new bounds.
 */
export const affineMap = (from: Bounds, to: Bounds): AffineMap => {
  const size = from.low.length
  const origin = new Float64Array(size)
  const target = new Float64Array(size)
  const gradient = new Float64Array(size).fill(1)
  for (let i = 0; i < size; i++) {
    const isBelow = Number.isFinite(to.low[i])
    const isAbove = Number.isFinite(to.high[i])
    const span = from.high[i] - from.low[i]
    if (isBelow && isAbove) gradient[i] = span === 0 ? 0 : (to.high[i] - to.low[i]) / span
    if (isBelow || isAbove) {
      origin[i] = isBelow ? from.low[i] : from.high[i]
      target[i] = isBelow ? to.low[i] : to.high[i]
    }
  }
  return (values, out) => {
    for (let i = 0; i < size; i++) {
      const value = target[i] + (values[i] - origin[i]) * gradient[i]
      // Rounding may carry a value past a bound by its last bit.
      out[i] = Math.min(to.high[i], Math.max(to.low[i], value))
    }
  }
}
