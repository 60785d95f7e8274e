/** A resolved config as people read it: every value with its unit and where it came from. And its JSON schema, for editors. */
import { z } from 'zod'
import type { ResolvedConfig } from './config.js'
import { leavesOf } from './config.js'

/** One value of a resolved config. */
export interface ConfigLeaf {
  /** Dotted path: `culture.neurons`. */
  readonly key: string
  readonly value: unknown
  /** Unit as printed: 'ms', 'mV'; empty for words, switches and lists. */
  readonly unit: string
  /** 'default', 'pong-quick.yaml:12' or '--minutes'. */
  readonly origin: string
  readonly description: string
}

type JsonSchema = z.core.JSONSchema.JSONSchema

const schemaOf = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input', unrepresentable: 'any' })

/** The part of a JSON schema that a key leads to, looked for in every alternative; of two that fit, one with a unit. */
const schemaAt = (schema: JsonSchema | boolean | undefined, path: readonly string[]): JsonSchema | undefined => {
  if (typeof schema !== 'object') return undefined
  const [key, ...rest] = path
  if (key === undefined) return schema
  const items = Array.isArray(schema.items) ? undefined : schema.items
  const entry = schemaAt(schema.properties?.[key], rest) ?? schemaAt(schema.additionalProperties, rest)
  const own = entry ?? (/^\d+$/.test(key) ? schemaAt(items, rest) : undefined)
  if (own !== undefined) return own
  const alternatives: JsonSchema['anyOf'] = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]
  const found = alternatives.map((one) => schemaAt(one, path)).filter((one) => one !== undefined)
  return found.find((one) => typeof one['unit'] === 'string') ?? found[0]
}

/** Every value of a resolved config, in the order of the schema. */
export const configLeaves = (resolved: ResolvedConfig<unknown>, schema: z.ZodType): ConfigLeaf[] => {
  const root = schemaOf(schema)
  return leavesOf(resolved.config).map(([key, value]) => {
    const about = schemaAt(root, key.split('.'))
    const unit = about?.['unit']
    return {
      key,
      value,
      unit: typeof unit === 'string' ? unit : '',
      origin: resolved.origins[key] ?? 'default',
      description: about?.description ?? '',
    }
  })
}

const showValue = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** A longer value (a list) sticks out of its column rather than push all others aside. */
const WIDEST_COLUMN = 48

/** A resolved config as text: a line a value with key, value, unit and origin, in columns. */
export const printConfig = (resolved: ResolvedConfig<unknown>, schema: z.ZodType): string => {
  const rows = configLeaves(resolved, schema).map((leaf) => [leaf.key, showValue(leaf.value), leaf.unit, leaf.origin])
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length).filter((length) => length <= WIDEST_COLUMN)))
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n')
}

/** The same as one JSON document: the config itself, and the table of its values. */
export const configDocument = <Config>(resolved: ResolvedConfig<Config>, schema: z.ZodType) => ({
  files: resolved.files,
  config: resolved.config,
  values: configLeaves(resolved, schema),
})

/**
 * The JSON Schema (draft 2020-12) of a config file: with it, editors complete keys and show units and ranges. A file names it in a
 * first line `# yaml-language-server: $schema=...` or in a `$schema` key; both, and `extends`, are allowed at the top level.
 * @param id the address or file name the schema goes by
 */
export const configJsonSchema = (schema: z.ZodType, id: string): JsonSchema => {
  const { $schema, properties, ...rest } = schemaOf(schema)
  return {
    ...($schema === undefined ? {} : { $schema }),
    $id: id,
    ...rest,
    properties: {
      $schema: { type: 'string', description: 'The JSON schema of this file, for editors.' },
      extends: { type: 'string', description: 'Another config, relative to this one, whose values hold where this one says nothing.' },
      ...properties,
    },
  }
}
