/** Copies batches, and cuts them into parts that share their memory. Batches are typed arrays, and lists and objects of batches. */
import type { NumberArray } from '../spaces/index.js'

const isNumberArray = (x: unknown): x is NumberArray => ArrayBuffer.isView(x) && !(x instanceof DataView)
const isPlainObject = (x: unknown): x is object => typeof x === 'object' && x !== null && Object.getPrototypeOf(x) === Object.prototype

const mapArrays = (batch: unknown, change: (array: NumberArray) => unknown): unknown => {
  if (isNumberArray(batch)) return change(batch)
  if (Array.isArray(batch)) return batch.map((part) => mapArrays(part, change))
  if (!isPlainObject(batch)) return batch
  return Object.fromEntries(Object.entries(batch).map(([key, part]) => [key, mapArrays(part, change)]))
}

/** A batch that later writes to `batch` do not change, in memory of its own. */
export const copyBatch = <B>(batch: B): B =>
  // The same form with other arrays; `slice` of shared memory is memory of its own.
  mapArrays(batch, (array) => array.slice()) as B

/** Copies all arrays of one batch into those of another of the same form. */
export const overwriteBatch = (target: unknown, source: unknown): void => {
  if (isNumberArray(target) && isNumberArray(source)) target.set(source)
  else if (typeof target === 'object' && target !== null && typeof source === 'object' && source !== null) {
    for (const key of Object.keys(target)) overwriteBatch(Reflect.get(target, key), Reflect.get(source, key))
  }
}

/** Slots `from` to `to` (exclusive) of a batch of `count` slots of a fixed size, as a batch over the same memory. */
export const viewBatch = <B>(batch: B, from: number, to: number, count: number): B =>
  // The same form with shorter arrays.
  mapArrays(batch, (array) => {
    const size = array.length / count
    return array.subarray(from * size, to * size)
  }) as B
