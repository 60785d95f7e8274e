/** Flat arrays: every value as numbers a network reads. */
import { describe, expect, it } from 'vitest'
import { Rng } from '../../../src/rng.js'
import {
  Box,
  Dict,
  Discrete,
  flatdim,
  flatten,
  flattenSpace,
  isFlattenable,
  MultiBinary,
  MultiDiscrete,
  OneOf,
  Text,
  Tuple,
  unflatten,
} from '../../../src/spaces/index.js'
import { table } from './table.js'

const flattenable = table.filter(({ space }) => isFlattenable(space))
const others = table.filter(({ space }) => !isFlattenable(space))

describe.each(flattenable)('$name', ({ space, members }) => {
  const samples = Array.from({ length: 200 }, (_, i) => space.sample(Rng.fromSeed(i)))
  const values = [...members.filter((member) => !Object.is(member, -0)), ...samples]

  it('comes back from its flat form, to the last bit', () => {
    for (const value of values) expect(unflatten(space, flatten(space, value))).toEqual(value)
  })

  it('is flattened into members of one Box', () => {
    const box = flattenSpace(space)
    expect(box.shape).toEqual([flatdim(space)])
    for (const value of values) expect(box.contains(flatten(space, value))).toBe(true)
  })

  it('refuses a flat array of another length', () => {
    const code = expect.objectContaining({ code: 'space/flatten' })
    expect(() => unflatten(space, new Float32Array(flatdim(space) + 1))).toThrow(code)
  })
})

describe.each(others)('$name', ({ space }) => {
  it('has no flat form', () => {
    const code = expect.objectContaining({ code: 'space/flatten' })
    expect(() => flatdim(space)).toThrow(code)
    expect(() => flattenSpace(space)).toThrow(code)
    expect(() => flatten(space, space.sample(Rng.fromSeed(0)))).toThrow(code)
    expect(() => unflatten(space, [])).toThrow(code)
  })
})

describe('flatten', () => {
  const number = new Discrete({ n: 3, start: 5 })
  const unit = new Box({ low: 0, high: 1, shape: [2] })

  it('covers every space but sequences, graphs and kinds of a user', () => {
    expect(new Set(others.map(({ space }) => space.kind))).toEqual(new Set(['Sequence', 'Graph', 'OneOf', 'Dict', 'Even', 'Tuple']))
    expect(new Set(flattenable.map(({ space }) => space.kind)).size).toBe(8)
  })

  it('writes choices as places, one of them 1', () => {
    expect([...flatten(number, 6)]).toEqual([0, 1, 0])
    expect([...flatten(new MultiDiscrete({ nvec: [2, 3], start: [0, 1] }), Int32Array.of(1, 3))]).toEqual([0, 1, 0, 0, 1])
  })

  it('leaves arrays as they are, in an array of their own', () => {
    const value = Float32Array.of(0.25, 1)
    expect(flatten(unit, value)).toEqual(value)
    expect(flatten(unit, value)).not.toBe(value)
    expect([...flatten(new MultiBinary({ shape: 2 }), Uint8Array.of(1, 0))]).toEqual([1, 0])
  })

  it('writes parts in order', () => {
    expect(flatten(new Dict({ z: number, a: unit }), { z: 5, a: Float32Array.of(0.5, 1) })).toEqual(Float32Array.of(1, 0, 0, 0.5, 1))
    expect(flatten(new Tuple([unit, number]), [Float32Array.of(0.5, 1), 7])).toEqual(Float32Array.of(0.5, 1, 0, 0, 1))
  })

  it('writes text as positions in the charset, filled up with its length', () => {
    const text = new Text({ maxLength: 4, charset: 'abc' })
    expect([...flatten(text, 'ca')]).toEqual([2, 0, 3, 3])
  })

  it('writes a OneOf as the place of its space and the value, filled up with 0', () => {
    const either = new OneOf([unit, new Discrete({ n: 3 })])
    expect(flatten(either, { index: 0, value: Float32Array.of(0.5, 1) })).toEqual(Float32Array.of(1, 0, 0.5, 1, 0))
    expect(flatten(either, { index: 1, value: 2 })).toEqual(Float32Array.of(0, 1, 0, 0, 1))
    expect([...flattenSpace(new OneOf([new Box({ low: 5, high: 6, shape: [1] }), unit])).low]).toEqual([0, 0, 0, 0])
  })

  it('takes the smallest element type that holds all parts exactly', () => {
    const of = (...dtypes: ('float32' | 'float64' | 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32')[]) =>
      flattenSpace(new Tuple(dtypes.map((dtype) => new Box({ low: 0, high: 1, dtype })))).dtype
    expect(of('uint8', 'int8')).toBe('int16')
    expect(of('uint16', 'int8')).toBe('int32')
    expect(of('uint32', 'int8')).toBe('float64')
    expect(of('uint16', 'float32')).toBe('float32')
    expect(of('int32', 'float32')).toBe('float64')
    expect(of('float32', 'float64')).toBe('float64')
  })

  it('refuses what would fill the memory', () => {
    const choices = new Discrete({ n: 2 ** 31 })
    const code = expect.objectContaining({ code: 'space/flatten' })
    expect(flatdim(choices)).toBe(2 ** 31)
    expect(() => flatten(choices, 7)).toThrow(code)
    expect(() => flattenSpace(new Tuple([choices, number]))).toThrow(code)
  })

  it('refuses places that are all 0', () => {
    expect(() => unflatten(number, [0, 0, 0])).toThrow(expect.objectContaining({ code: 'space/flatten' }))
  })

  it('reads flat values of any element type', () => {
    expect(unflatten(number, Float64Array.of(0, 0, 1))).toBe(7)
  })
})
