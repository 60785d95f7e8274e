/** Reads values that come from outside, of which nothing is known yet. */

/** An entry of anything, undefined where there is none. */
export const field = (x: unknown, key: string | number): unknown =>
  // Faster than Reflect.get, and any object may be asked for any key.
  typeof x === 'object' && x !== null ? (x as Readonly<Record<string | number, unknown>>)[key] : undefined

/** Whether `x` is an object with exactly these entries of its own. */
export const hasExactly = (x: unknown, keys: readonly string[]): boolean =>
  typeof x === 'object' && x !== null && Object.keys(x).length === keys.length && keys.every((key) => Object.hasOwn(x, key))

/** Whether `x` is a list whose every entry passes; a hole in a list counts as undefined. */
export const isListOf = <T>(x: unknown, isItem: (item: unknown) => item is T): x is readonly T[] =>
  Array.isArray(x) && !Array.from(x).some((item) => !isItem(item))
