/** Turns values of any fixed-length space into one flat array of numbers, as networks read them, and back. */
import { Box } from './box.js'
import { dtypes, type DType, type DTypes } from './dtypes.js'
import { refuseFlat, type Flat, type NumberArray } from './flat.js'
import type { Member, Space } from './space.js'

/** The flat array of a space's values: a Float32Array for a Box of float32, a Uint8Array for a Discrete. */
export type FlatOf<S extends Space> = S['flat'] extends Flat<infer _, infer D> ? DTypes[D] : NumberArray

const flatOf = (space: Space): Flat<unknown> => {
  const { flat } = space
  return flat ?? refuseFlat(`values of this ${space.kind} have no fixed length`)
}

/** More than any network reads, and less than a machine can hold. */
const MAX_PLACES = 2 ** 26

/** The flat form of a space whose flat values can be made. */
const makeableFlatOf = (space: Space): Flat<unknown> => {
  const flat = flatOf(space)
  return flat.length <= MAX_PLACES ? flat : refuseFlat(`it would be ${flat.length} numbers long, more than ${MAX_PLACES}`)
}

/** Whether values of a space have a fixed length as flat arrays: all but Sequence, Graph and what contains them. */
export const isFlattenable = (space: Space): boolean => space.flat !== undefined

/** How many numbers a flat value has. @throws Bl1Error `space/flatten` for a space that cannot be flattened */
export const flatdim = (space: Space): number => flatOf(space).length

/**
 * A value as one flat array, of the smallest element type that holds all its numbers exactly. A Box and a MultiBinary as they are; a
 * Discrete as one place a choice, 1 at the one taken; a MultiDiscrete as those of its elements; a Dict and a Tuple as their parts in
 * order; a Text as the positions of its characters in the charset, filled up with the charset's length; a OneOf as one place a space,
 * 1 at the one taken, and the value, filled up with 0.
 * @throws Bl1Error `space/flatten` for a space that cannot be flattened or would take more than 2^26 numbers, and a value that does not
 * fit into its places
 */
export const flatten = <S extends Space>(space: S, value: Member<S>): FlatOf<S> => {
  const flat = makeableFlatOf(space)
  const out: NumberArray = dtypes[flat.dtype].create(flat.length)
  flat.write(value, out, 0)
  // `out` was made of the element type that S declares.
  return out as FlatOf<S>
}

/** The value that `flatten` turned into `flat`, which may be of any element type. @throws Bl1Error `space/flatten` */
export const unflatten = <S extends Space>(space: S, flat: ArrayLike<number>): Member<S> => {
  const form = flatOf(space)
  if (flat.length !== form.length) refuseFlat(`${form.length} numbers are needed, but ${flat.length} came`)
  // A space reads its own values.
  return form.read(flat, 0) as Member<S>
}

/** The Box that flat values are members of. @throws Bl1Error `space/flatten` for a space that cannot be flattened */
export const flattenSpace = (space: Space): Box<DType> => {
  const flat = makeableFlatOf(space)
  const { length, dtype } = flat
  const low: NumberArray = dtypes[dtype].create(length)
  const high: NumberArray = dtypes[dtype].create(length)
  flat.writeBounds(low, high, 0)
  return new Box<DType>({ low, high, shape: [length], dtype })
}
