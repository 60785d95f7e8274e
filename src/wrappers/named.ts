/**
 * Functions in specs: JSON holds no functions, so a function that a spec must bring back is given a name.
 *
 * `named('halve', (x) => x / 2)` before `make(spec)` is all that is needed. A wrapper takes a nameless function too; its spec then says so,
 * and rebuilding it is an error that tells what to do.
 */
import { closest } from 'fastest-levenshtein'
import { Bl1Error } from '../errors.js'
import type { JsonObject } from '../env/index.js'

const functions = new Map<string, object>()
const names = new WeakMap<object, string>()

/**
 * Gives a function a name for specs, and returns it.
 * @throws Bl1Error `wrapper/name-taken` where another function has the name
 */
export const named = <F extends object>(name: string, fn: F): F => {
  const known = functions.get(name)
  if (known !== undefined && known !== fn) throw new Bl1Error('wrapper/name-taken', { name })
  functions.set(name, fn)
  names.set(fn, name)
  return fn
}

/** A function in a spec: its name, or null for a nameless one. */
export const functionJSON = (fn: object): JsonObject => ({ function: names.get(fn) ?? null })

/** The function that {@link functionJSON} described. @throws Bl1Error `wrapper/function` with the nearest name */
export const functionFromJSON = (wrapper: string, json: unknown): object => {
  const name: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'function') : undefined
  const found = typeof name === 'string' ? functions.get(name) : undefined
  if (found !== undefined) return found
  const known = [...functions.keys()]
  const suggestion = typeof name === 'string' && known.length > 0 ? closest(name, known) : undefined
  throw new Bl1Error('wrapper/function', { wrapper, name: typeof name === 'string' ? name : undefined, known, suggestion })
}
