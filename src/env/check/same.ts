/** Exact equality of observations, infos and specs. */

const isTypedArray = (x: unknown): x is ArrayLike<unknown> => ArrayBuffer.isView(x) && !(x instanceof DataView)

const sameEntries = (a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (!same(a[i], b[i])) return false
  return true
}

/** Whether two values are the same to the last bit: numbers (NaN equals NaN), arrays of one class, plain objects with the same keys. */
export const same = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false
  if (Array.isArray(a) || isTypedArray(a)) return (Array.isArray(b) || isTypedArray(b)) && sameEntries(a, b)
  const keys = Object.keys(a)
  if (keys.length === 0 && Object.getPrototypeOf(a) !== Object.prototype) return false
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && same(Reflect.get(a, key), Reflect.get(b, key)))
}
