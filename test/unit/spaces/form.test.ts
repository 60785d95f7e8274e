/** Spaces of one form, and values as JSON. */
import { describe, expect, it } from 'vitest'
import {
  Box,
  Dict,
  Discrete,
  Graph,
  MultiBinary,
  MultiDiscrete,
  OneOf,
  sameShapeAndDtype,
  Sequence,
  Text,
  Tuple,
  valueFromJSON,
  valueToJSON,
  type Space,
} from '../../../src/spaces/index.js'
import { table } from './table.js'

const unit = new Box({ low: 0, high: 1, shape: [2] })
const wide = new Box({ low: -9, high: 9, shape: [2] })
const long = new Box({ low: 0, high: 1, shape: [3] })

describe('sameShapeAndDtype', () => {
  it.each([
    [unit, wide],
    [new Discrete<number>({ n: 2 }), new Discrete<number>({ n: 3, start: 1 })],
    [new MultiDiscrete({ nvec: [2, 2] }), new MultiDiscrete({ nvec: [3, 4] })],
    [new Dict({ a: unit }), new Dict({ a: wide })],
    [new Tuple([unit]), new Tuple([wide])],
    [new Text({ maxLength: 3 }), new Text({ maxLength: 3, minLength: 0, charset: 'ab' })],
    [new Sequence({ space: unit }), new Sequence({ space: wide, maxLength: 3 })],
    [new OneOf([unit]), new OneOf([wide])],
    [new Graph({ nodeSpace: unit }), new Graph({ nodeSpace: wide })],
  ] satisfies [Space, Space][])('overlooks bounds: %j and %j', (a, b) => {
    expect(a.equals(b)).toBe(false)
    expect(sameShapeAndDtype(a, b)).toBe(true)
  })

  it.each([
    [unit, long],
    [unit, new Box({ low: 0, high: 1, shape: [2], dtype: 'float64' })],
    [unit, new Box({ low: 0, high: 1, shape: [1, 2] })],
    [new MultiBinary({ shape: 2 }), new Box({ low: 0, high: 1, shape: [2], dtype: 'uint8' })],
    [new MultiDiscrete({ nvec: [2, 2] }), new MultiDiscrete({ nvec: [2] })],
    [new Dict({ a: unit }), new Dict({ b: unit })],
    [new Dict({ a: unit }), new Dict({ a: long })],
    [new Tuple([unit]), new Tuple([unit, unit])],
    [new Text({ maxLength: 3 }), new Text({ maxLength: 4 })],
    [new Sequence({ space: unit }), new Sequence({ space: long })],
    [new OneOf([unit]), new OneOf([long])],
    [new Graph({ nodeSpace: unit }), new Graph({ nodeSpace: unit, edgeSpace: unit })],
  ] satisfies [Space, Space][])('sees other forms: %j and %j', (a, b) => {
    expect(sameShapeAndDtype(a, b)).toBe(false)
  })

  it('holds within every row of the table', () => {
    for (const { space } of table) expect(sameShapeAndDtype(space, space)).toBe(true)
  })
})

describe('valueToJSON', () => {
  it('writes numbers that JSON has not as words, and reads them back', () => {
    const json = valueToJSON(long, Float32Array.of(NaN, -Infinity, -0))
    expect(json).toEqual(['NaN', '-Infinity', '-0'])
    expect(valueFromJSON(long, json)).toEqual(Float32Array.of(NaN, -Infinity, -0))
    expect(valueToJSON(new Discrete({ n: 2 }), Infinity)).toBe('Infinity')
  })

  it('gives back what was recorded, within its bounds or not', () => {
    expect(valueFromJSON(unit, [5, 5])).toEqual(Float32Array.of(5, 5))
  })

  it.each([
    [new MultiDiscrete({ nvec: [3] }), [0.5]],
    [new MultiBinary({ shape: 1 }), [256]],
    [new MultiBinary({ shape: 2 }), [0]],
    [unit, ['0', '1']],
    [unit, { 0: 0, 1: 0, length: 2 }],
    [new Discrete({ n: 3 }), '1'],
    [new Dict({ a: unit }), { a: [0, 0], b: 0 }],
    [new Tuple([unit]), [[0, 0], 0]],
    [new OneOf([unit]), { index: 1, value: [0, 0] }],
    [new Graph({ nodeSpace: unit }), { nodes: [], edgeLinks: [2 ** 31] }],
  ] satisfies [Space, unknown][])('reads no other form into %j: %j', (space, json) => {
    expect(() => valueFromJSON(space, json)).toThrow(expect.objectContaining({ code: 'space/value' }))
  })
})
