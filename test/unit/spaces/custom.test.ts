/** A kind of space that a user writes takes part in everything it overrides, alone and inside other spaces. */
import { describe, expect, it } from 'vitest'
import type { Rng } from '../../../src/rng.js'
import {
  batchSpace,
  Box,
  concatenate,
  createSharedArray,
  Dict,
  Discrete,
  flatten,
  flattenSpace,
  iterate,
  sameShapeAndDtype,
  Space,
  unflatten,
  valueFromJSON,
  valueToJSON,
  type Flat,
  type JsonValue,
  type Slots,
  type SpaceJSON,
} from '../../../src/spaces/index.js'
import { EvenSpace } from './evenSpace.js'

const numbers = new Box({ low: 0, high: 1, shape: [1], dtype: 'float64' })

/** Angles, batched and flattened as a Box of one number does it. */
class AngleSpace extends Space<{ readonly turns: number }> {
  readonly kind = 'Angle'

  contains(x: unknown): x is { readonly turns: number } {
    return typeof x === 'object' && x !== null && 'turns' in x && typeof x.turns === 'number' && x.turns >= 0 && x.turns < 1
  }

  sample(rng: Rng): { readonly turns: number } {
    return { turns: rng.uniform() }
  }

  toJSON(): SpaceJSON {
    return { kind: 'Angle' }
  }

  override get isFixedSize(): boolean {
    return true
  }

  override batch(n: number): Box<'float64'> {
    return numbers.batch(n)
  }

  override get slots(): Slots<{ readonly turns: number }> {
    const { slots } = numbers
    return {
      create: (count, memory) => slots.create(count, memory),
      count: (batch) => slots.count(batch),
      write: (batch, index, { turns }) => slots.write(batch, index, Float64Array.of(turns)),
      read: (batch, index) => ({ turns: slots.read(batch, index)[0] }),
    }
  }

  override get flat(): Flat<{ readonly turns: number }, 'float64'> {
    return {
      length: 1,
      dtype: 'float64',
      writeBounds: (low, high, offset) => {
        low[offset] = 0
        high[offset] = 1
      },
      write: ({ turns }, out, offset) => {
        out[offset] = turns
      },
      read: (flat, offset) => ({ turns: flat[offset] }),
    }
  }

  override valueToJSON({ turns }: { readonly turns: number }): JsonValue {
    return turns
  }

  override valueFromJSON(json: unknown): { readonly turns: number } {
    return typeof json === 'number' ? { turns: json } : this.refuseValue('a number', json)
  }
}

describe('a kind of space of a user', () => {
  const pose = new Dict({ angle: new AngleSpace(), lives: new Discrete({ n: 2 }) })
  const values = [
    { angle: { turns: 0.25 }, lives: 1 },
    { angle: { turns: 0.75 }, lives: 0 },
  ]

  it('is batched, shared, flattened and written as JSON as it says, inside another space too', () => {
    const shared = createSharedArray(pose, 2)
    expect(shared.angle.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect([...concatenate(pose, values, shared).angle]).toEqual([0.25, 0.75])
    expect(iterate(pose, shared)).toEqual(values)
    expect(batchSpace(pose, 2).spaces.angle).toBeInstanceOf(Box)
    expect(flatten(pose, values[0])).toEqual(Float64Array.of(0.25, 0, 1))
    expect(unflatten(pose, [0.25, 0, 1])).toEqual(values[0])
    expect(flattenSpace(pose).dtype).toBe('float64')
    expect(valueToJSON(pose, values[0])).toEqual({ angle: 0.25, lives: 1 })
    expect(valueFromJSON(pose, { angle: 0.25, lives: 1 })).toEqual(values[0])
  })

  it('is equal to another of its kind, and of the same form', () => {
    expect(new AngleSpace().equals(new AngleSpace())).toBe(true)
    expect(new AngleSpace().equals(new EvenSpace())).toBe(false)
    expect(sameShapeAndDtype(new AngleSpace(), new AngleSpace())).toBe(true)
  })

  it('must say how its values become JSON where they are not', () => {
    class DateSpace extends EvenSpace {
      override contains(x: unknown): x is number {
        return typeof x === 'number'
      }
    }
    const space = new DateSpace()
    expect(valueToJSON(space, 3)).toBe(3)
    const code = expect.objectContaining({ code: 'space/value' })
    for (const value of [NaN, -0, Infinity]) expect(() => valueToJSON(space, value)).toThrow(code)
  })
})
