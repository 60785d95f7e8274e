/** JSON that is the same text for the same value, what two such values differ in, and short hashes of them. */
import { createHash } from 'node:crypto'
import { Bl1Error } from '../errors.js'
import type { JsonValue } from '../json.js'

const isPlainObject = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/**
 * Passes a value that survives `JSON.stringify`. That function silently turns NaN into null and typed arrays into objects, so a
 * result that holds one would come back from disk as another. Keys with the value `undefined` are dropped, as JSON does.
 * @param path how the value is called in the message
 * @throws Bl1Error `run/not-json` naming the path inside the value
 */
export const asJson = (value: unknown, path: string): JsonValue => {
  const refuse = (received: string): never => {
    throw new Bl1Error('run/not-json', { path, received })
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  // JSON has no negative zero: made positive here, so that what was kept in memory equals what is read back.
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : refuse(String(value))
  if (Array.isArray(value)) return value.map((item, index) => asJson(item, `${path}[${index}]`))
  if (typeof value !== 'object') return refuse(`of type ${typeof value}`)
  if (!isPlainObject(value)) return refuse(`a ${value.constructor?.name ?? 'class instance'}`)
  const kept = Object.entries(value).filter(([, part]) => part !== undefined)
  return Object.fromEntries(kept.map(([key, part]) => [key, asJson(part, `${path}.${key}`)]))
}

const sortKeys = (value: JsonValue): JsonValue => {
  if (typeof value !== 'object' || value === null) return value
  if (isList(value)) return value.map(sortKeys)
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, sortKeys(part)]))
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value)

/**
 * JSON text with the keys of every object sorted.
 * @throws Bl1Error `run/not-json`
 */
export const canonicalJson = (value: unknown): string => JSON.stringify(sortKeys(asJson(value, 'value')))

/** The first `length` hexadecimal digits of the SHA-256 of a text or of bytes. */
export const hashOf = (content: string | Uint8Array, length = 8): string =>
  createHash('sha256').update(content).digest('hex').slice(0, length)

/** Where two values first differ, in the order of the first one's keys. */
export interface Difference {
  readonly path: string
  readonly before: string
  readonly after: string
}

const brief = (value: JsonValue | undefined): string => {
  const text = value === undefined ? 'not set' : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

/** The first difference between two values, or undefined when they are equal. The order of keys does not matter. */
export const firstDifference = (before: JsonValue | undefined, after: JsonValue | undefined, path = ''): Difference | undefined => {
  const isNested = (value: JsonValue | undefined): value is readonly JsonValue[] | { readonly [key: string]: JsonValue } =>
    typeof value === 'object' && value !== null
  if (!isNested(before) || !isNested(after) || isList(before) !== isList(after)) {
    return before === after ? undefined : { path: path === '' ? '(everything)' : path, before: brief(before), after: brief(after) }
  }
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const found = firstDifference(old.get(key), now.get(key), path === '' ? key : `${path}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}
