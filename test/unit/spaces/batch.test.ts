/** Batches: many values side by side. */
import { describe, expect, it } from 'vitest'
import { Rng } from '../../../src/rng.js'
import {
  batchSpace,
  Box,
  concatenate,
  createEmptyArray,
  createSharedArray,
  Dict,
  Discrete,
  isFixedSize,
  iterate,
  MultiBinary,
  MultiDiscrete,
  readSlot,
  Text,
  Tuple,
  writeSlot,
} from '../../../src/spaces/index.js'
import { table } from './table.js'

const N = 5

/** Every array inside a value. */
const arraysIn = (value: unknown): ArrayBufferView[] => {
  if (ArrayBuffer.isView(value)) return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(arraysIn) : []
}

describe.each(table)('a batch of $name', ({ space }) => {
  const values = Array.from({ length: N }, (_, i) => space.sample(Rng.fromSeed(i)))

  it('is a member of the batch space and gives the values back', () => {
    const batch = concatenate(space, values)
    expect(batchSpace(space, N).contains(batch)).toBe(true)
    expect(iterate(space, batch)).toEqual(values)
    expect(readSlot(space, batch, 2)).toEqual(values[2])
  })

  it('is written in place, one slot or all of them', () => {
    const out = createEmptyArray(space, N)
    const arrays = arraysIn(out)
    expect(concatenate(space, values, out)).toBe(out)
    // The same objects, so nothing was allocated for them.
    for (const array of arrays) expect(arraysIn(out)).toContain(array)
    writeSlot(space, out, 1, values[4])
    expect(iterate(space, out)).toEqual(values.with(1, values[4]))
  })

  it('samples members of the batch space, each slot of which is a member', () => {
    const batch = batchSpace(space, N).sample(Rng.fromSeed(1))
    for (const value of iterate(space, batch)) expect(space.contains(value)).toBe(true)
  })

  it('can be batched again', () => {
    const batches = batchSpace(space, N)
    const twice = [concatenate(space, values), concatenate(space, values.toReversed())]
    expect(iterate(batches, concatenate(batches, twice))).toEqual(twice)
  })

  it('lies in shared memory where values have a fixed size, and is refused where not', () => {
    if (!isFixedSize(space)) {
      expect(() => createSharedArray(space, N)).toThrow(expect.objectContaining({ code: 'space/shared' }))
      return
    }
    const shared = createSharedArray(space, N)
    const arrays = arraysIn(shared)
    expect(arrays.length).toBeGreaterThan(0)
    for (const array of arrays) expect(array.buffer).toBeInstanceOf(SharedArrayBuffer)
    concatenate(space, values, shared)
    expect(iterate(space, shared)).toEqual(values)
    // What is read is no longer shared.
    for (const array of arraysIn(readSlot(space, shared, 0))) expect(array.buffer).toBeInstanceOf(ArrayBuffer)
  })

  it.each([-1, N, 0.5, NaN])('refuses slot %d', (index) => {
    const batch = concatenate(space, values)
    expect(() => writeSlot(space, batch, index, values[0])).toThrow(expect.objectContaining({ code: 'space/batch' }))
    expect(() => readSlot(space, batch, index)).toThrow(expect.objectContaining({ code: 'space/batch' }))
  })

  it.each([0, -1, 1.5, NaN, Infinity])('refuses %d slots', (n) => {
    expect(() => batchSpace(space, n)).toThrow(expect.objectContaining({ code: 'space/batch' }))
    expect(() => createEmptyArray(space, n)).toThrow(expect.objectContaining({ code: 'space/batch' }))
  })

  it('refuses a batch of another form or length', () => {
    expect(() => concatenate(space, values.slice(1), createEmptyArray(space, N))).toThrow(expect.objectContaining({ code: 'space/batch' }))
    for (const wrong of [null, 0, 'batch', new BigInt64Array(5), {}]) {
      const code = expect.objectContaining({ code: 'space/batch' })
      expect(() => Reflect.apply(readSlot, undefined, [space, wrong, 0])).toThrow(code)
      expect(() => Reflect.apply(writeSlot, undefined, [space, wrong, 0, values[0]])).toThrow(code)
    }
  })
})

describe('batchSpace', () => {
  it('gives a Box a leading axis, and each slot its bounds', () => {
    const batch = batchSpace(new Box({ low: [0, -1], high: [1, 2] }), 2)
    expect(batch.equals(new Box({ low: [0, -1, 0, -1], high: [1, 2, 1, 2], shape: [2, 2] }))).toBe(true)
  })

  it('makes a Discrete a MultiDiscrete, and that a Box', () => {
    const many = batchSpace(new Discrete({ n: 3, start: 5 }), 2)
    expect(many.equals(new MultiDiscrete({ nvec: [3, 3], start: 5 }))).toBe(true)
    expect(batchSpace(many, 2).equals(new Box({ low: 5, high: 7, shape: [2, 2], dtype: 'int32' }))).toBe(true)
  })

  it('makes a MultiBinary a Box of bytes', () => {
    const expected = new Box({ low: 0, high: 1, shape: [2, 3], dtype: 'uint8' })
    expect(batchSpace(new MultiBinary({ shape: 3 }), 2).equals(expected)).toBe(true)
  })

  it('batches the parts of a Dict and a Tuple, and makes a Tuple of what differs in size', () => {
    const text = new Text({ maxLength: 3 })
    const batch = batchSpace(new Dict({ a: new Discrete({ n: 2 }), b: new Tuple([text]) }), 2)
    const expected = new Dict({ a: new MultiDiscrete({ nvec: [2, 2] }), b: new Tuple([new Tuple([text, text])]) })
    expect(batch.equals(expected)).toBe(true)
  })

  it('refuses a Discrete that 32-bit numbers cannot hold', () => {
    const far = new Discrete({ n: 3, start: 2 ** 31 - 2 })
    expect(() => batchSpace(far, 2)).toThrow(expect.objectContaining({ code: 'space/invalid' }))
    // A single value of it is no trouble.
    expect(new Dict({ far }).contains({ far: 2 ** 31 })).toBe(true)
    expect(() => createEmptyArray(far, 2)).toThrow(expect.objectContaining({ code: 'space/batch' }))
    const near = new Discrete({ n: 2, start: 2 ** 31 - 2 })
    expect([...concatenate(near, [2 ** 31 - 1, 2 ** 31 - 2])]).toEqual([2 ** 31 - 1, 2 ** 31 - 2])
  })
})

describe('writeSlot', () => {
  it('refuses a value of another length, which would run into the next slot', () => {
    const box = new Box({ low: 0, high: 1, shape: [2] })
    const batch = createEmptyArray(box, 2)
    expect(() => writeSlot(box, batch, 0, new Float32Array(3))).toThrow(expect.objectContaining({ code: 'space/batch' }))
  })

  it('copies: neither the value nor what was read changes with the batch', () => {
    const box = new Box({ low: 0, high: 9, shape: [2] })
    const batch = createEmptyArray(box, 2)
    const value = Float32Array.of(1, 2)
    writeSlot(box, batch, 0, value)
    const read = readSlot(box, batch, 0)
    batch.fill(7)
    expect([...value, ...read]).toEqual([1, 2, 1, 2])
  })
})
