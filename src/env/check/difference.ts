/** Compares observations, infos, frames and specs: exactly, or to a tolerance; and says where they differ. */

/** Where two values differ first, and what stands there. */
export interface Difference {
  /** 'observation[2]', 'info.score'; '' for the values themselves. */
  readonly path: string
  readonly a: unknown
  readonly b: unknown
}

const isTypedArray = (x: unknown): x is ArrayLike<unknown> => ArrayBuffer.isView(x) && !(x instanceof DataView)
const isList = (x: unknown): x is ArrayLike<unknown> => Array.isArray(x) || isTypedArray(x)

const inside = (step: string, { path, a, b }: Difference): Difference => {
  const joint = path === '' || path.startsWith('[') ? '' : '.'
  return { path: `${step}${joint}${path}`, a, b }
}

const entryDifference = (a: ArrayLike<unknown>, b: ArrayLike<unknown>, tolerance: number): Difference | undefined => {
  if (a.length !== b.length) return { path: 'length', a: a.length, b: b.length }
  for (let i = 0; i < a.length; i++) {
    if (Object.is(a[i], b[i])) continue
    const found = difference(a[i], b[i], tolerance)
    if (found !== undefined) return inside(`[${i}]`, found)
  }
  return undefined
}

const fieldDifference = (a: object, b: object, tolerance: number): Difference | undefined => {
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [here, there]: unknown[] = [Reflect.get(a, key), Reflect.get(b, key)]
    if (!Object.hasOwn(a, key) || !Object.hasOwn(b, key)) return { path: key, a: here, b: there }
    const found = difference(here, there, tolerance)
    if (found !== undefined) return inside(key, found)
  }
  return undefined
}

/**
 * The first difference of two values; undefined for equal ones: numbers (NaN equals NaN, 0 is not -0), lists and typed arrays of one class,
 * plain objects with the same keys.
 * @param tolerance how far two numbers may lie apart; 0: the same to the last bit
 */
export const difference = (a: unknown, b: unknown, tolerance = 0): Difference | undefined => {
  if (Object.is(a, b)) return undefined
  const differ = { path: '', a, b }
  if (typeof a === 'number' && typeof b === 'number') return tolerance > 0 && Math.abs(a - b) <= tolerance ? undefined : differ
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return differ
  const kind: unknown = Object.getPrototypeOf(a)
  if (kind !== Object.getPrototypeOf(b)) return differ
  if (isList(a) && isList(b)) return entryDifference(a, b, tolerance)
  // Objects of a class may hold what their keys do not show.
  return kind === Object.prototype || kind === null || Object.keys(a).length > 0 ? fieldDifference(a, b, tolerance) : differ
}

/** Whether two values are the same to the last bit. */
export const same = (a: unknown, b: unknown): boolean => difference(a, b) === undefined
