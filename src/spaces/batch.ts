/** Moves values into batches and out of them: the hot path of vector environments. */
import { createEmptyArray } from './emptyArray.js'
import { refuseBatch } from './slots.js'
import type { Member, Space } from './space.js'
import type { Batched } from './tuple.js'

/**
 * Copies `value` into slot `index` of a batch. Typed arrays are copied with `set`, nothing is allocated; values that differ in size are
 * kept by reference. Bounds are not checked.
 * @throws Bl1Error `space/batch` for an index outside the batch, or a value or batch of another form
 */
export const writeSlot = <S extends Space>(space: S, batch: Batched<S>, index: number, value: Member<S>): void =>
  space.slots.write(batch, index, value)

/** The value in slot `index` of a batch, as a copy that later writes do not change. @throws Bl1Error `space/batch` */
export const readSlot = <S extends Space>(space: S, batch: Batched<S>, index: number): Member<S> =>
  // Slots hold members of their space.
  space.slots.read(batch, index) as Member<S>

/**
 * The batch of `values`.
 * @param out written and returned where given (nothing is allocated then): a batch of as many slots as there are values
 * @throws Bl1Error `space/batch`
 */
export const concatenate = <S extends Space>(space: S, values: readonly Member<S>[], out?: Batched<S>): Batched<S> => {
  const batch = out ?? createEmptyArray(space, values.length)
  const count = space.slots.count(batch)
  if (count !== values.length) refuseBatch(`${count} values, one a slot`, String(values.length))
  for (let i = 0; i < count; i++) writeSlot(space, batch, i, values[i])
  return batch
}

/** The values of a batch, each a copy of its own. @throws Bl1Error `space/batch` */
export const iterate = <S extends Space>(space: S, batch: Batched<S>): Member<S>[] =>
  Array.from({ length: space.slots.count(batch) }, (_, i) => readSlot(space, batch, i))
