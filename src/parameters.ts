/**
 * How a parameter is declared and read: one table per room holds default, unit, range, meaning and source, and from it come the
 * types, the validation, the JSON schema of the configs and the printed tables.
 */
import { closest } from 'fastest-levenshtein'
import { z } from 'zod'
import { describe } from './describe.js'
import { Bl1Error } from './errors.js'

/** What a parameter is, beside its value. Shown by `bl1 config` and in the JSON schema. */
export interface QuantitySpec {
  readonly default: number
  /** Unit as printed: 'ms', 'mV', 'Hz', '1' for a pure number. */
  readonly unit: string
  /** Inclusive range. */
  readonly min?: number
  readonly max?: number
  /** Exclusive lower bound, for quantities that must be positive. */
  readonly above?: number
  readonly integer?: boolean
  readonly doc: string
  readonly source?: string
}

/** A number with a unit, a range and a default. NaN and infinities are refused. */
export const quantity = (spec: QuantitySpec) => {
  let schema = spec.integer === true ? z.int() : z.number()
  if (spec.min !== undefined) schema = schema.min(spec.min)
  if (spec.max !== undefined) schema = schema.max(spec.max)
  if (spec.above !== undefined) schema = schema.gt(spec.above)
  const meta = { description: spec.doc, unit: spec.unit, ...(spec.source === undefined ? {} : { source: spec.source }) }
  return schema.default(spec.default).meta(meta)
}

/** An on/off switch with a default. */
export const flag = (value: boolean, doc: string) => z.boolean().default(value).meta({ description: doc })

/** One of several words with a default. */
export const choice = <const T extends readonly [string, ...string[]]>(words: T, value: T[number], doc: string) =>
  z.enum(words).default(value as never).meta({ description: doc })

/** What a user may pass for a table of parameters: any part of it. */
export type InputOf<S extends z.ZodType> = z.input<S>
/** A table of parameters with every value set. */
export type ValuesOf<S extends z.ZodType> = z.output<S>

/** A group of parameters: unknown keys are errors, a missing group is its defaults. */
export const group = <S extends z.core.$ZodLooseShape>(shape: S, doc: string) =>
  z.strictObject(shape).prefault({} as never).meta({ description: doc })

const at = (input: unknown, path: readonly PropertyKey[]): unknown => {
  let value = input
  for (const key of path) value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  return value
}

/** A table that may be null is one of two in JSON Schema: the one with keys. */
const tableOf = (node: unknown): unknown => {
  const options = at(node, ['anyOf'])
  return Array.isArray(options) ? options.find((option) => at(option, ['properties']) !== undefined) : node
}

/** The keys that may stand at `path` of a schema: for suggestions. */
const keysAt = (schema: z.ZodType, path: readonly PropertyKey[]): string[] => {
  let node: unknown = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  for (const key of path) node = typeof key === 'number' ? at(node, ['items']) : at(tableOf(node), ['properties', key])
  const properties = at(tableOf(node), ['properties'])
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : []
}

const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`

const expectation = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : withArticle(issue.expected)
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `${issue.inclusive === true ? 'at least' : 'above'} ${issue.minimum}`
        : `of length ${issue.minimum} or more`
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int' ? `at most ${issue.maximum}` : `of length ${issue.maximum} or less`
    case 'invalid_value':
      return `one of ${issue.values.map((value) => describe(value)).join(', ')}`
    default:
      return issue.message
  }
}

/**
 * Reads user input against a table.
 * @param where what is being read, for messages: a file name, `Culture.grow`
 * @throws Bl1Error `parameter/unknown` (with the nearest known key) or `parameter/invalid` (with key, value and remedy)
 */
export const readParameters = <S extends z.ZodType>(schema: S, input: unknown, where: string): z.output<S> => {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const { issues } = result.error
  // A misspelt key says more than the key that is missing for it.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  if (issue === undefined) throw result.error
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    const known = keysAt(schema, issue.path)
    const nearest = known.length > 0 ? closest(key, known) : undefined
    const path = [...issue.path, key].join('.')
    throw new Bl1Error('parameter/unknown', { path, known, suggestion: nearest, where })
  }
  const path = issue.path.join('.')
  const received = at(input, issue.path)
  const refuse = (text: string, remedy: string): never => {
    const named = path === '' ? '(top level)' : path
    throw new Bl1Error('parameter/invalid', { path: named, expected: expectation(issue), received: text, where, remedy })
  }
  if (issue.path.length === 0) return refuse(describe(received), 'See the guide to configs in the README.')
  if (received !== undefined) return refuse(describe(received), `Change '${path}' or leave it out for its default.`)
  // A default that does not fit the other values is a table's own check; without a default there is nothing at all.
  return issue.code === 'custom' ? refuse('left at its default', `Set '${path}'.`) : refuse('missing', `Set '${path}': it has no default.`)
}
