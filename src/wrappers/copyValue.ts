/** Copies of observations that a wrapper keeps over several steps. */
import type { NumberArray } from '../spaces/index.js'

const isNumberArray = (x: unknown): x is NumberArray => ArrayBuffer.isView(x) && !(x instanceof DataView)

/** A value that later steps cannot change: itself, or a copy where the environment writes its observations again. */
export const keptValue = <T>(value: T, reusesBuffers: boolean): T => {
  if (!reusesBuffers) return value
  // A slice is of the class of its array, and ten times faster than structuredClone.
  return isNumberArray(value) ? (value.slice() as typeof value) : structuredClone(value)
}
