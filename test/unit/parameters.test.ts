/** Reading of options: defaults, ranges, and errors that name key, value and remedy. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Bl1Error } from '../../src/errors.js'
import { choice, flag, group, quantity, readParameters } from '../../src/parameters.js'

const table = group(
  {
    rateHz: quantity({ default: 5, unit: 'Hz', above: 0, max: 200, doc: 'rate' }),
    count: quantity({ default: 3, unit: '1', integer: true, min: 1, doc: 'count' }),
    inner: group({ enabled: flag(true, 'switch'), mode: choice(['slow', 'fast'], 'slow', 'mode') }, 'inner'),
  },
  'test table',
)
const failure = (input: unknown, schema: z.ZodType = table): Bl1Error => {
  try {
    readParameters(schema, input, 'my.yaml')
  } catch (error) {
    if (error instanceof Bl1Error) return error
  }
  throw new Error('nothing was refused')
}

describe('readParameters', () => {
  it('fills in defaults at every depth and keeps what came', () => {
    expect(readParameters(table, {}, 'x')).toEqual({ rateHz: 5, count: 3, inner: { enabled: true, mode: 'slow' } })
    expect(readParameters(table, undefined, 'x')).toEqual(readParameters(table, {}, 'x'))
    const read = { rateHz: 200, count: 3, inner: { enabled: true, mode: 'fast' } }
    expect(readParameters(table, { inner: { mode: 'fast' }, rateHz: 200 }, 'x')).toEqual(read)
  })

  it('takes its own output back unchanged', () => {
    const read = readParameters(table, { count: 9 }, 'x')
    expect(readParameters(table, read, 'x')).toEqual(read)
  })

  it.each<[unknown, string, string, string]>([
    [{ rateHz: 0 }, 'rateHz', 'above 0', '0'],
    [{ rateHz: 201 }, 'rateHz', 'at most 200', '201'],
    [{ rateHz: NaN }, 'rateHz', 'a number', 'NaN'],
    [{ rateHz: Infinity }, 'rateHz', 'a number', 'Infinity'],
    [{ rateHz: '5' }, 'rateHz', 'a number', "'5'"],
    [{ rateHz: null }, 'rateHz', 'a number', 'null'],
    [{ count: 0 }, 'count', 'at least 1', '0'],
    [{ count: 1.5 }, 'count', 'a whole number', '1.5'],
    [{ inner: { enabled: 1 } }, 'inner.enabled', 'a boolean', '1'],
    [{ inner: { mode: 'quick' } }, 'inner.mode', "one of 'slow', 'fast'", "'quick'"],
    [{ inner: [] }, 'inner', 'an object', '[]'],
    [7, '(top level)', 'an object', '7'],
  ])('refuses %j', (input, path, expected, received) => {
    const error = failure(input)
    expect(error.code).toBe('parameter/invalid')
    expect(error.data).toMatchObject({ path, expected, received, where: 'my.yaml' })
    expect(error.message).toContain(received)
  })

  it('refuses an unknown key and names the nearest, at its own depth', () => {
    expect(failure({ ratehz: 3 })).toMatchObject({ code: 'parameter/unknown', data: { path: 'ratehz', suggestion: 'rateHz' } })
    const data = { path: 'inner.mod', suggestion: 'mode', known: ['enabled', 'mode'] }
    expect(failure({ inner: { mod: 'slow' } })).toMatchObject({ code: 'parameter/unknown', data })
    expect(failure({ ratehz: 3 }).message).toContain("Did you mean 'rateHz'?")
  })

  it('knows the keys of a table that may be null', () => {
    const nullable = group({ camera: group({ zoom: flag(true, 'zoom') }, 'camera').nullable().default(null) }, 'table')
    const data = { path: 'camera.zooom', suggestion: 'zoom', known: ['zoom'] }
    expect(failure({ camera: { zooom: true } }, nullable)).toMatchObject({ code: 'parameter/unknown', data })
  })

  it('says of a value without a default that it is missing, or that its key is misspelt', () => {
    const required = z.strictObject({ steps: z.int().positive() })
    expect(failure({}, required)).toMatchObject({ code: 'parameter/invalid', data: { path: 'steps', received: 'missing' } })
    expect(failure({ step: 3 }, required)).toMatchObject({ code: 'parameter/unknown', data: { path: 'step', suggestion: 'steps' } })
  })
})
