/** Reads the bounds of a Box: broadcasts scalars, rounds to the element type and refuses what the type cannot hold. */
import { Bl1Error } from '../errors.js'
import { dtypes, type DType, type DTypes } from './dtypes.js'

/** One bound: a number for every element, or one number an element. */
export type BoundInput = number | ArrayLike<number>

/** @throws Bl1Error `space/box` */
export const refuseBox = (expected: string, received: string): never => {
  throw new Bl1Error('space/box', { expected, received })
}

/** The number of elements of a shape, which `refuse` is called with unless every length is a whole number of 1 or more. */
export const sizeOf = (shape: readonly number[], refuse: (expected: string, received: string) => never): number => {
  if (!shape.every((length) => Number.isSafeInteger(length) && length > 0)) {
    refuse('a shape of whole numbers of 1 or more', `[${shape.join(', ')}]`)
  }
  return shape.reduce((size, length) => size * length, 1)
}

/** The shape a Box has: as given, else that of the bounds, else that of a single number. */
export const shapeOf = (low: BoundInput, high: BoundInput, shape: readonly number[] | undefined): readonly number[] => {
  if (shape !== undefined) return [...shape]
  if (typeof low !== 'number') return [low.length]
  return typeof high === 'number' ? [] : [high.length]
}

/**
 * One bound as a typed array of `size` elements.
 * @throws Bl1Error `space/box` for NaN, a wrong length, or a number outside the element type (infinite bounds are for floats only)
 */
export const readBound = <D extends DType>(name: string, input: BoundInput, size: number, dtype: D): DTypes[D] => {
  const type = dtypes[dtype]
  if (typeof input !== 'number' && input.length !== size) {
    refuseBox(`${name} to be one number or ${size} numbers, one an element`, `${input.length} numbers`)
  }
  const bound: DTypes[D] = type.create(size)
  for (let i = 0; i < size; i++) {
    const value = typeof input === 'number' ? input : input[i]
    const isInRange = value >= type.min && value <= type.max
    // Written so that what is no number, in a program without types, is refused.
    const held = type.integer ? Number.isInteger(value) && isInRange : Math.abs(value) === Infinity || (Number.isFinite(value) && isInRange)
    if (!held) {
      const numbers = type.integer ? 'whole numbers' : 'numbers, -Infinity or Infinity'
      refuseBox(`${name} to hold ${numbers} from ${type.min} to ${type.max} (dtype ${dtype})`, `${value} at element ${i}`)
    }
    bound[i] = value
  }
  return bound
}

/** @throws Bl1Error `space/box` where low > high, or where no number lies between as both are the same infinity */
export const requireOrder = (low: ArrayLike<number>, high: ArrayLike<number>): void => {
  for (let i = 0; i < low.length; i++) {
    if (low[i] === Infinity || high[i] === -Infinity) {
      refuseBox('low < Infinity and high > -Infinity', `low ${low[i]} and high ${high[i]} at element ${i}`)
    }
    if (low[i] > high[i]) refuseBox('low <= high everywhere', `low ${low[i]} and high ${high[i]} at element ${i}`)
  }
}
