/** A saved dish as plain JSON: columns become base64, and those that are still as they were at the start are left out. */
import { z } from 'zod'
import type { JsonValue } from '../../../src/json.js'
import { field } from '../../../src/spaces/field.js'
import { dtypes, type DType } from '../../../src/spaces/dtypes.js'

const isDType = (name: string): name is DType => Object.hasOwn(dtypes, name)
const column = z.strictObject({ column: z.string().refine(isDType), base64: z.base64() })
/** Stands for the column of the start. */
const unchanged = z.strictObject({ column: z.literal('start') })

/** Bytes at a time: a call takes only so many arguments. */
const CHUNK = 0x8000

const toBase64 = (bytes: Uint8Array): string => {
  let binary = ''
  for (let i = 0; i < bytes.length; i += CHUNK) binary += String.fromCharCode(...bytes.subarray(i, i + CHUNK))
  return btoa(binary)
}

const bytesOf = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength)

const dtypeOf = (view: ArrayBufferView): DType | undefined => Object.keys(dtypes).filter(isDType).find((name) => dtypes[name].is(view))

const sameBytes = (a: ArrayBufferView, b: unknown): boolean => {
  if (!ArrayBuffer.isView(b) || a.byteLength !== b.byteLength || dtypeOf(a) !== dtypeOf(b)) return false
  const [left, right] = [bytesOf(a), bytesOf(b)]
  return left.every((byte, i) => byte === right[i])
}

/**
 * Typed arrays and plain JSON as plain JSON alone.
 * @param start the same thing at an earlier moment: columns equal to its own are not written
 */
export const pack = (value: unknown, start: unknown): JsonValue => {
  if (ArrayBuffer.isView(value)) {
    return sameBytes(value, start) ? { column: 'start' } : { column: dtypeOf(value) ?? 'uint8', base64: toBase64(bytesOf(value)) }
  }
  if (Array.isArray(value)) return value.map((part, i) => pack(part, field(start, i)))
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).filter(([, part]) => part !== undefined)
    return Object.fromEntries(parts.map(([key, part]) => [key, pack(part, field(start, key))]))
  }
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : null
}

/**
 * What {@link pack} was given.
 * @throws RangeError for a column whose bytes are no whole number of elements
 */
export const unpack = (packed: unknown, start: unknown): unknown => {
  if (unchanged.safeParse(packed).success) return start
  const { data } = column.safeParse(packed)
  if (data !== undefined) return dtypes[data.column].over(Uint8Array.from(atob(data.base64), (character) => character.charCodeAt(0)).buffer)
  if (Array.isArray(packed)) return packed.map((part, i) => unpack(part, field(start, i)))
  if (typeof packed !== 'object' || packed === null) return packed
  return Object.fromEntries(Object.entries(packed).map(([key, part]) => [key, unpack(part, field(start, key))]))
}
