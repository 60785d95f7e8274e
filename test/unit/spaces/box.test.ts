import fc from 'fast-check'
import { mean, standardDeviation } from 'simple-statistics'
import { describe, expect, it } from 'vitest'
import { Rng } from '../../../src/rng.js'
import { Box, type BoxOptions, type DType, type Space } from '../../../src/spaces/index.js'

const samples = (options: BoxOptions, n: number): number[] => {
  const box = new Box({ shape: [1], ...options })
  const rng = Rng.fromSeed(1)
  return Array.from({ length: n }, () => box.sample(rng)[0])
}

describe('Box', () => {
  it('broadcasts scalar bounds over the shape and keeps values flat', () => {
    const box = new Box({ low: 0, high: 255, shape: [2, 3], dtype: 'uint8' })
    expect(box.size).toBe(6)
    expect([...box.high]).toEqual([255, 255, 255, 255, 255, 255])
    expect(box.contains(new Uint8Array(6))).toBe(true)
  })

  it('takes its shape from the bounds, and is a single number with scalar bounds', () => {
    expect(new Box({ low: [0, 1], high: 2 }).shape).toEqual([2])
    expect(new Box({ low: 0, high: [1, 2, 3] }).shape).toEqual([3])
    expect(new Box({ low: 0, high: 1 }).size).toBe(1)
  })

  it('contains its bounds, and nothing of another type, length, range or NaN', () => {
    const box = new Box({ low: [-1, 0], high: [1, 2] })
    expect(box.contains(new Float32Array([-1, 2]))).toBe(true)
    expect(box.contains(new Float32Array([-1, 2.001]))).toBe(false)
    expect(box.contains(new Float32Array([NaN, 0]))).toBe(false)
    expect(box.contains(new Float32Array([0]))).toBe(false)
    expect(box.contains(new Float64Array([0, 0]))).toBe(false)
    expect(box.contains([0, 0])).toBe(false)
    expect(box.contains(undefined)).toBe(false)
  })

  it.each([
    ['NaN bounds', { low: NaN, high: 1 }],
    ['low above high', { low: [0, 3], high: [1, 2] }],
    ['a bound below the dtype', { low: -1, high: 1, dtype: 'uint8' }],
    ['a bound above the dtype', { low: 0, high: 256, dtype: 'uint8' }],
    ['a fraction in whole numbers', { low: 0.5, high: 2, dtype: 'int32' }],
    ['an infinite bound of whole numbers', { low: -Infinity, high: 1, dtype: 'int32' }],
    ['nothing but Infinity', { low: Infinity, high: Infinity }],
    ['nothing but -Infinity', { low: -Infinity, high: [-Infinity] }],
    ['a bound beyond float32', { low: 0, high: 1e39 }],
    ['bounds that do not fit the shape', { low: [0, 0], high: 1, shape: [3] }],
    ['an empty axis', { low: 0, high: 1, shape: [2, 0] }],
    ['a fractional axis', { low: 0, high: 1, shape: [1.5] }],
  ] satisfies [string, BoxOptions][])('refuses %s', (_, options) => {
    expect(() => new Box<DType>(options)).toThrow(expect.objectContaining({ code: 'space/box' }))
  })

  it('contains its samples, whatever bounds and type', () => {
    const float = fc.double({ noNaN: true, min: -1e38, max: 1e38 })
    fc.assert(
      fc.property(float, float, fc.nat(), fc.constantFrom('float32' as const, 'float64' as const), (a, b, seed, dtype) => {
        const box = new Box<DType>({ low: Math.min(a, b), high: Math.max(a, b), shape: [8], dtype })
        return box.contains(box.sample(Rng.fromSeed(seed)))
      }),
    )
    const whole = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
    fc.assert(
      fc.property(whole, whole, fc.nat(), (a, b, seed) => {
        const box = new Box({ low: Math.min(a, b), high: Math.max(a, b), shape: [8], dtype: 'int32' })
        return box.contains(box.sample(Rng.fromSeed(seed)))
      }),
    )
  })

  it('samples both bounds of whole numbers', () => {
    expect(new Set(samples({ low: -128, high: 127, dtype: 'int8' }, 10_000)).size).toBe(256)
  })

  // 1,000 uniform draws all miss the upper (or lower) hundredth of a range with a chance of 0.99^1000 = 4e-5; the seed is fixed.
  it.each([
    ['int32', -(2 ** 31), 2 ** 31 - 1],
    ['uint32', 0, 2 ** 32 - 1],
    ['int8', -128, 127],
    ['float32', -3.4028234663852886e38, 3.4028234663852886e38],
    ['float64', -Number.MAX_VALUE, Number.MAX_VALUE],
  ] satisfies [DType, number, number][])('samples all of %s, close to both limits', (dtype, low, high) => {
    const seen = samples({ low, high, dtype }, 1000)
    expect(Math.max(...seen)).toBeGreaterThan(low * 0.01 + high * 0.99 - 1)
    expect(Math.min(...seen)).toBeLessThan(low * 0.99 + high * 0.01 + 1)
    expect(seen.every((value) => value >= low && value <= high)).toBe(true)
  })

  it('takes no mask', () => {
    const box: Space = new Box({ low: 0, high: 1 })
    expect(() => box.sample(Rng.fromSeed(0), { mask: [1] })).toThrow(expect.objectContaining({ code: 'space/choice' }))
  })

  // Standard errors of the mean at n = 10,000 are 0.003 (uniform over 1), 0.01 (exponential, normal); the tolerances are 5 of them.
  it('samples uniformly between two bounds', () => {
    expect(mean(samples({ low: 2, high: 3 }, 10_000))).toBeCloseTo(2.5, 1)
    expect(standardDeviation(samples({ low: 2, high: 3 }, 10_000))).toBeCloseTo(Math.sqrt(1 / 12), 2)
  })

  it('samples exponentially from a single bound', () => {
    const above = samples({ low: 5, high: Infinity }, 10_000)
    expect(Math.min(...above)).toBeGreaterThanOrEqual(5)
    expect(Math.abs(mean(above) - 6)).toBeLessThan(0.05)
    const below = samples({ low: -Infinity, high: 5 }, 10_000)
    expect(Math.max(...below)).toBeLessThanOrEqual(5)
    expect(Math.abs(mean(below) - 4)).toBeLessThan(0.05)
  })

  it('samples normally without bounds', () => {
    const free = samples({ low: -Infinity, high: Infinity }, 10_000)
    expect(Math.abs(mean(free))).toBeLessThan(0.05)
    expect(Math.abs(standardDeviation(free) - 1)).toBeLessThan(0.05)
  })

  it('equals a Box of the same values only', () => {
    const box = new Box({ low: 0, high: 1, shape: [2] })
    expect(box.equals(new Box({ low: [0, 0], high: [1, 1] }))).toBe(true)
    expect(box.equals(new Box({ low: 0, high: 1, shape: [2], dtype: 'float64' }))).toBe(false)
    expect(box.equals(new Box({ low: 0, high: [1, 2] }))).toBe(false)
    expect(box.equals(new Box({ low: 0, high: 1, shape: [2, 1] }))).toBe(false)
  })
})
