/** What JSON carries without loss, and the numbers that it cannot write: they are written as words. */
import { z } from 'zod'
import type { JsonValue } from '../json.js'
import { isListOf } from './field.js'

/** Whether JSON carries `x` without loss. */
export const isJsonValue = (x: unknown): x is JsonValue => {
  if (x === null || typeof x === 'string' || typeof x === 'boolean') return true
  if (typeof x === 'number') return Number.isFinite(x) && !Object.is(x, -0)
  if (Array.isArray(x)) return isListOf(x, isJsonValue)
  return typeof x === 'object' && Object.getPrototypeOf(x) === Object.prototype && Object.values(x).every(isJsonValue)
}

/** A number in JSON. */
export type JsonNumber = number | 'NaN' | 'Infinity' | '-Infinity' | '-0'

/** The infinities as words. */
export const jsonBound = z.union([z.number(), z.literal('Infinity'), z.literal('-Infinity')])

const words = new Map<unknown, number>([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-0', -0],
])

/** A number as JSON carries it. */
export const toJsonNumber = (value: number): JsonNumber => {
  if (Number.isNaN(value)) return 'NaN'
  if (Object.is(value, -0)) return '-0'
  if (Number.isFinite(value)) return value
  return value > 0 ? 'Infinity' : '-Infinity'
}

/** The number that JSON carried; undefined for anything else. */
export const fromJsonNumber = (json: unknown): number | undefined => (typeof json === 'number' ? json : words.get(json))
