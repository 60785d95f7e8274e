/**
 * How values of a space lie side by side in one batch, one slot each: what vector environments write observations into and read
 * actions from. Writing copies and allocates nothing; reading gives a value of its own.
 */
import { Bl1Error } from '../errors.js'
import { allocate, dtypes, type DType, type DTypes, type Memory } from './dtypes.js'
import { describe } from '../describe.js'

/** The slots of a kind. A batch is what `create` returned, or a member of the batch space. */
export interface Slots<T> {
  /** An empty batch of `count` slots. */
  create(count: number, memory: Memory): unknown
  /** How many slots a batch has. @throws Bl1Error `space/batch` */
  count(batch: unknown): number
  /** Copies `value` into a slot. @throws Bl1Error `space/batch` */
  write(batch: unknown, index: number, value: T): void
  /** A copy of the value in a slot. @throws Bl1Error `space/batch` */
  read(batch: unknown, index: number): T
}

/** @throws Bl1Error `space/batch` */
export const refuseBatch = (expected: string, received: string): never => {
  throw new Bl1Error('space/batch', { expected, received })
}

const requireSlot = (index: number, count: number): void => {
  if (!(index >= 0 && index < count && Number.isInteger(index))) refuseBatch(`a slot from 0 to ${count - 1}`, String(index))
}

/** Up to this length a loop copies faster than `set` and `subarray` do. */
const SHORT = 32

/** Values that are arrays of `size` numbers, one after the other in one array. */
export const arraySlots = <D extends DType>(dtype: D, size: number): Slots<DTypes[D]> => {
  const { is, create } = dtypes[dtype]
  const read = (batch: unknown): DTypes[D] =>
    is(batch) && batch.length % size === 0
      ? batch
      : refuseBatch(`a batch that is a ${dtype} array of ${size} numbers a value`, describe(batch))
  return {
    create: (count, memory) => allocate(dtype, count * size, memory),
    count: (batch) => read(batch).length / size,
    write: (batch, index, value) => {
      const array = read(batch)
      requireSlot(index, array.length / size)
      if (value.length !== size) refuseBatch(`a value of ${size} numbers`, `${value.length}`)
      const offset = index * size
      if (size > SHORT) array.set(value, offset)
      else for (let i = 0; i < size; i++) array[offset + i] = value[i]
    },
    read: (batch, index) => {
      const array = read(batch)
      requireSlot(index, array.length / size)
      const offset = index * size
      const value: DTypes[D] = create(size)
      if (size > SHORT) value.set(array.subarray(offset, offset + size))
      else for (let i = 0; i < size; i++) value[i] = array[offset + i]
      return value
    },
  }
}

const int32s = (batch: unknown): Int32Array =>
  batch instanceof Int32Array ? batch : refuseBatch('a batch that is an Int32Array', describe(batch))

/** Values that are numbers, one after the other in one Int32Array. */
export const integerSlots: Slots<number> = {
  create: (count, memory) => allocate('int32', count, memory),
  count: (batch) => int32s(batch).length,
  write: (batch, index, value) => {
    const array = int32s(batch)
    requireSlot(index, array.length)
    array[index] = value
  },
  read: (batch, index) => {
    const array = int32s(batch)
    requireSlot(index, array.length)
    return array[index]
  },
}

const listOf = (batch: unknown): unknown[] =>
  Array.isArray(batch) ? batch : refuseBatch('a batch that is a list of values', describe(batch))

/** Values of any kind in a plain list, by reference: for kinds whose values differ in size. A slot not yet written is undefined. */
export const listSlots: Slots<unknown> = {
  create: (count) => Array.from({ length: count }),
  count: (batch) => listOf(batch).length,
  write: (batch, index, value) => {
    const list = listOf(batch)
    requireSlot(index, list.length)
    list[index] = value
  },
  read: (batch, index) => {
    const list = listOf(batch)
    requireSlot(index, list.length)
    return list[index]
  },
}
