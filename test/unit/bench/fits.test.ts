/** Fits and bisection: known answers, noise of a known size, and what cannot be fitted. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bisect, fitLine, fitPowerLaw } from '../../../src/bench/index.js'
import { Rng } from '../../../src/rng.js'

describe('fitLine', () => {
  it('finds the line through points on it', () => {
    const fit = fitLine([0, 1, 2, 5], [3, 5, 7, 13])
    expect(fit.intercept).toBeCloseTo(3, 12)
    expect(fit.slope).toBeCloseTo(2, 12)
    expect(fit.slopeError).toBeCloseTo(0, 12)
    expect(fit).toMatchObject({ explained: expect.closeTo(1, 12), points: 4 })
  })

  it('gives the standard error of the slope', () => {
    // by hand: x = 0 to 3 has mean 1.5 and sum of squares 5; slope 4 / 5 = 0.8, intercept 2.5 - 1.2 = 1.3,
    // residuals -0.3, 0.9, -0.9, 0.3: sum of squares 1.8; / (4 - 2) / 5 = 0.18
    const fit = fitLine([0, 1, 2, 3], [1, 3, 2, 4])
    expect(fit.slope).toBeCloseTo(0.8, 12)
    expect(fit.intercept).toBeCloseTo(1.3, 12)
    expect(fit.slopeError).toBeCloseTo(Math.sqrt(0.18), 12)
    // 1 - 1.8 / 5
    expect(fit.explained).toBeCloseTo(0.64, 12)
  })

  it('covers the true slope as often as its standard error says', () => {
    // 20 points, noise of SD 1: slope within 3 standard errors but for t(18) > 3, 0.8 % of the time; 200 fits, at most 8 outside (p < 1e-3)
    const rng = Rng.fromSeed(3)
    const x = Array.from({ length: 20 }, (_, k) => k)
    let outside = 0
    for (let trial = 0; trial < 200; trial++) {
      const { slope, slopeError } = fitLine(x, x.map((value) => 1 + 0.5 * value + rng.normal()))
      if (Math.abs(slope - 0.5) > 3 * (slopeError ?? 0)) outside++
    }
    expect(outside).toBeLessThanOrEqual(8)
  })

  it('has no error to give for two points, and explains a level line', () => {
    expect(fitLine([1, 2], [1, 5])).toMatchObject({ slope: 4, slopeError: null })
    expect(fitLine([1, 2, 3], [4, 4, 4])).toMatchObject({ slope: 0, explained: 1 })
  })

  it.each([
    ['one point', [1], [1]],
    ['one x', [2, 2, 2], [1, 2, 3]],
    ['columns of different length', [1, 2, 3], [1, 2]],
    ['NaN', [1, 2, 3], [1, Number.NaN, 3]],
    ['infinity', [1, Infinity], [1, 2]],
  ])('refuses %s', (_, x, y) => {
    expect(() => fitLine(x, y)).toThrow(expect.objectContaining({ code: 'bench/fit' }))
  })
})

describe('fitPowerLaw', () => {
  it('finds factor and exponent of any power law', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 100, noNaN: true }), fc.double({ min: -2, max: 2, noNaN: true }), (factor, exponent) => {
        const x = [100, 1000, 10_000, 100_000]
        const fit = fitPowerLaw(x, x.map((value) => factor * value ** exponent))
        expect(fit.exponent).toBeCloseTo(exponent, 9)
        expect(fit.factor / factor).toBeCloseTo(1, 7)
        expect(fit.exponentError).toBeLessThan(1e-6)
      }),
    )
  })

  it.each([[[0, 1, 2], [1, 2, 3]], [[1, 2, 3], [1, -2, 3]], [[1, 2, Number.NaN], [1, 2, 3]]])('refuses %j and %j', (x, y) => {
    expect(() => fitPowerLaw(x, y)).toThrow(expect.objectContaining({ code: 'bench/fit' }))
  })
})

describe('bisect', () => {
  it('finds the setting of any rising quantity, to the tolerance asked for', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 99, noNaN: true }), (target) => {
        const { setting, value } = bisect((x) => x ** 2, { target, low: 0, high: 10, tolerance: 0.01, trials: 40 })
        expect(Math.abs(setting ** 2 - target)).toBeLessThanOrEqual(0.01 * target)
        expect(value).toBe(setting ** 2)
      }),
    )
  })

  it('measures no more often than it needs', () => {
    const asked: number[] = []
    const found = bisect((x) => (asked.push(x), x), { target: 3, low: 0, high: 8, tolerance: 0.1 })
    expect({ asked, found }).toEqual({ asked: [4, 2, 3], found: { setting: 3, value: 3, trials: 3 } })
  })

  it.each([
    ['a target out of reach', 1000, (x: number) => x],
    ['what is not a number', 3, () => Number.NaN],
  ])('gives up on %s', (_, target, measure) => {
    const search = () => bisect(measure, { target, low: 0, high: 8, tolerance: 0.1, trials: 12 })
    expect(search).toThrow(expect.objectContaining({ code: 'bench/bisection', message: expect.stringContaining('12 trials') }))
  })
})
