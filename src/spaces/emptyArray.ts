/** Makes the arrays that batches are written into, once, before a vector environment starts. */
import { Bl1Error } from '../errors.js'
import type { Memory } from './dtypes.js'
import { refuseBatch } from './slots.js'
import type { Space } from './space.js'
import type { Batched } from './tuple.js'

const create = <S extends Space>(space: S, n: number, memory: Memory): Batched<S> => {
  if (!Number.isSafeInteger(n) || n < 1) refuseBatch('1 value or more', String(n))
  // The slots of a kind make the members of its batch space; the compiler sees the two apart.
  return space.slots.create(n, memory) as Batched<S>
}

/** Whether all values of a space take the same memory: `createSharedArray` takes these spaces only. */
export const isFixedSize = (space: Space): boolean => space.isFixedSize

/**
 * An empty batch of n values, of the form of `batchSpace(space, n)`: typed arrays of zeros (which need not lie within the bounds), and
 * lists of undefined for kinds whose values differ in size. Write it with `writeSlot` or `concatenate`.
 * @param n whole number of 1 or more
 * @throws Bl1Error `space/batch`
 */
export const createEmptyArray = <S extends Space>(space: S, n: number): Batched<S> => create(space, n, 'own')

/**
 * The same as `createEmptyArray` with every typed array over a SharedArrayBuffer of its own, so that posting it to a worker shares it.
 * @throws Bl1Error `space/shared` for spaces that are not of fixed size (Text, Sequence, OneOf, Graph, kinds of your own), `space/batch`
 */
export const createSharedArray = <S extends Space>(space: S, n: number): Batched<S> => {
  if (!space.isFixedSize) throw new Bl1Error('space/shared', { kind: space.kind })
  return create(space, n, 'shared')
}
