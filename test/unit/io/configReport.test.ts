import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { loadConfig } from '../../../src/io/config.js'
import { configDocument, configJsonSchema, configLeaves, printConfig } from '../../../src/io/configReport.js'
import { group, quantity } from '../../../src/parameters.js'
import { folderWith } from './support.js'

const tauMs = quantity({ default: 5.5, unit: 'ms', above: 0, doc: 'Time constant.' })
const schema = group({
  minutes: quantity({ default: 20, unit: 'min', above: 0, doc: 'Length.' }),
  names: z.array(z.string()).default(['a', 'b']),
  noise: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('slow'), tauMs }),
  ]).default({ kind: 'slow', tauMs: 3 }),
}, 'An experiment.')

const resolved = () => loadConfig(folderWith({ 'x.yaml': '# first\nminutes: 2\n' })('x.yaml'), schema)

describe('a printed config', () => {
  it('is a line a value, in columns: key, value, unit, origin', () => {
    expect(printConfig(resolved(), schema).split('\n')).toEqual([
      'minutes      2          min  x.yaml:2',
      'names        ["a","b"]       default',
      'noise.kind   slow            default',
      'noise.tauMs  3          ms   default',
    ])
  })

  it('has the same as JSON', () => {
    const document = configDocument(resolved(), schema)
    expect(JSON.parse(JSON.stringify(document))).toEqual(document)
    expect(document.config.minutes).toBe(2)
    expect(document.values).toEqual(configLeaves(resolved(), schema))
    expect(document.values[0]).toEqual({ key: 'minutes', value: 2, unit: 'min', origin: 'x.yaml:2', description: 'Length.' })
  })
})

describe('the JSON schema of a config', () => {
  const json = configJsonSchema(schema, 'https://example.org/pong.schema.json')

  it('is draft 2020-12 with units and ranges, and forbids other keys', () => {
    expect(json).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'https://example.org/pong.schema.json',
      additionalProperties: false,
      properties: { minutes: { type: 'number', exclusiveMinimum: 0, default: 20, unit: 'min', description: 'Length.' } },
    })
  })

  it('allows the keys that are about the file', () => {
    expect(json.properties).toMatchObject({ $schema: { type: 'string' }, extends: { type: 'string' } })
    expect(json.required ?? []).toEqual([])
  })
})
