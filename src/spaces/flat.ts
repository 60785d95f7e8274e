/** How a value of a space lies in a flat array of numbers, as networks read it. */
import { Bl1Error } from '../errors.js'
import type { ArrayBounds } from './arraySpace.js'
import { describe } from '../describe.js'
import { dtypes, type DType, type DTypes } from './dtypes.js'
import { field } from './field.js'

/** An array of any element type. */
export type NumberArray = DTypes[DType]

/** The flat form of a kind's values: `length` numbers of type `dtype`, always the same many. */
export interface Flat<T, D extends DType = DType> {
  readonly length: number
  /** The smallest element type that holds every value exactly. */
  readonly dtype: D
  /** Writes the lowest and the highest number of every place, from `offset` on. */
  writeBounds(low: NumberArray, high: NumberArray, offset: number): void
  /** Writes a value from `offset` on, every place of it. @throws Bl1Error `space/flatten` for a value of another form */
  write(value: T, out: NumberArray, offset: number): void
  /** The value that was written from `offset` on. @throws Bl1Error `space/flatten` */
  read(flat: ArrayLike<number>, offset: number): T
}

/** @throws Bl1Error `space/flatten` */
export const refuseFlat = (reason: string): never => {
  throw new Bl1Error('space/flatten', { reason })
}

/** A whole number from `start` to `start + n - 1` as n places, 1 at its own and 0 elsewhere. */
export const oneHot = (n: number, start: number): Flat<number, 'uint8'> => ({
  length: n,
  dtype: 'uint8',
  writeBounds: (low, high, offset) => {
    low.fill(0, offset, offset + n)
    high.fill(1, offset, offset + n)
  },
  write: (value, out, offset) => {
    // Elsewhere it would be written into the part beside this one.
    if (!(Number.isInteger(value) && value >= start && value < start + n)) {
      refuseFlat(`${describe(value)} is no whole number from ${start} to ${start + n - 1}`)
    }
    out.fill(0, offset, offset + n)
    out[offset + value - start] = 1
  },
  read: (flat, offset) => {
    for (let i = 0; i < n; i++) if (flat[offset + i] !== 0) return start + i
    return refuseFlat(`places ${offset} to ${offset + n - 1} are all 0, but one of them must be 1`)
  },
})

/** How a value is taken apart, and made of its parts in order. */
export interface Parts<T, P> {
  readonly partOf: (value: T, i: number) => P
  readonly assemble: (parts: P[]) => T
}

/** Several parts one after the other. */
export const sideBySide = <T, P, D extends DType>(dtype: D, flats: readonly Flat<P>[], { partOf, assemble }: Parts<T, P>): Flat<T, D> => {
  let length = 0
  const placed = flats.map((flat) => {
    length += flat.length
    return { flat, at: length - flat.length }
  })
  return {
    length,
    dtype,
    writeBounds: (low, high, offset) => {
      for (const { flat, at } of placed) flat.writeBounds(low, high, offset + at)
    },
    write: (value, out, offset) => {
      for (const [i, { flat, at }] of placed.entries()) flat.write(partOf(value, i), out, offset + at)
    },
    read: (array, offset) => assemble(placed.map(({ flat, at }) => flat.read(array, offset + at))),
  }
}

/** An array between bounds, as it is. */
export const arrayFlat = <D extends DType>({ dtype, low, high }: ArrayBounds<D>): Flat<DTypes[D], D> => ({
  length: low.length,
  dtype,
  writeBounds: (lows, highs, offset) => {
    lows.set(low, offset)
    highs.set(high, offset)
  },
  write: (value, out, offset) => {
    if (field(value, 'length') !== low.length) refuseFlat(`${low.length} numbers are needed, but ${describe(value)} came`)
    out.set(value, offset)
  },
  read: (flat, offset) => {
    const value: DTypes[D] = dtypes[dtype].create(low.length)
    for (let i = 0; i < low.length; i++) value[i] = flat[offset + i]
    return value
  },
})
