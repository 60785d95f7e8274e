/** Actions that are none: what a faulty policy or a typing mistake sends. */
import type { Space } from '../../spaces/index.js'

const OUTSIDE = 1e9

const wrongNumbers = (x: number): unknown[] => [Number.NaN, Infinity, -Infinity, x + 0.5, -OUTSIDE, OUTSIDE, String(x), [x]]

type Numbers = Float32Array | Float64Array | Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array
const isNumbers = (x: object): x is Numbers =>
  ArrayBuffer.isView(x) && !(x instanceof DataView || x instanceof BigInt64Array || x instanceof BigUint64Array)

const wrongArrays = (x: Numbers): unknown[] => {
  const fills = [Number.NaN, Infinity, -Infinity, -OUTSIDE, OUTSIDE, 255].map((value) => new Float64Array(x.length).fill(value))
  const isFloat32 = x instanceof Float32Array
  return [
    Array.from(x),
    isFloat32 ? Float64Array.from(x) : Float32Array.from(x),
    x.slice(1),
    // In the type of the array itself, so that only the numbers are wrong.
    ...fills.map((fill) => {
      const copy = x.slice()
      copy.set(fill)
      return copy
    }),
  ]
}

const withEntry = (x: object, key: string, value: unknown): unknown =>
  Array.isArray(x) ? x.with(Number(key), value) : { ...x, [key]: value }

const wrongParts = (x: object): unknown[] => {
  const [first, ...rest] = Object.entries(x)
  const missing = first === undefined ? [] : [Array.isArray(x) ? x.slice(1) : Object.fromEntries(rest)]
  const broken = Object.entries(x).flatMap(([key, part]) => variants(part).map((wrong) => withEntry(x, key, wrong)))
  return [...missing, ...broken]
}

const variants = (x: unknown): unknown[] => {
  if (typeof x === 'number') return wrongNumbers(x)
  if (typeof x !== 'object' || x === null) return [`${String(x)}\u0000`]
  return isNumbers(x) ? wrongArrays(x) : wrongParts(x)
}

/** Values like `member` that are no members of `space`: of another type, of another size, out of bounds, NaN. */
export const wrongActions = (space: Space, member: unknown): unknown[] =>
  [undefined, null, {}, [], 'up', ...variants(member)].filter((value) => !space.contains(value))
