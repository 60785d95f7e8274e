import { describe, expect, it } from 'vitest'
import { smallestDetectableEffect, studentTail } from '../../src/bench/power.js'
import { bootstrapMean, holm, pairedEffect, signFlipTest, smallestSignFlipP } from '../../src/bench/statistics.js'
import { Rng } from '../../src/rng.js'

const wrong = expect.objectContaining({ code: 'statistics/input' })
/** Four standard deviations of a share over `runs` runs: a correct program leaves them once in 16,000 seeds. */
const fourSd = (probability: number, runs: number): number => 4 * Math.sqrt((probability * (1 - probability)) / runs)
const normals = (n: number, rng: Rng, shift = 0): number[] => Array.from({ length: n }, () => rng.normal() + shift)

describe('bootstrapMean', () => {
  it('covers the true mean as often as a percentile bootstrap of normal values does', () => {
    const rng = Rng.fromSeed(1)
    const runs = 600
    let covered = 0
    for (let run = 0; run < runs; run++) {
      const { low, high } = bootstrapMean(normals(20, rng), rng, { resamples: 1000 })
      if (low !== null && high !== null && low <= 0 && high >= 0) covered++
    }
    // The bootstrap SE is SD sqrt((n - 1) / n) / sqrt(n), so the interval covers when |t| < 1.96 sqrt(19 / 20) with 19 degrees of
    // freedom: 0.929
    const expected = 1 - studentTail(1.96 * Math.sqrt(19 / 20), 19)
    expect(Math.abs(covered / runs - expected)).toBeLessThan(fourSd(expected, runs))
  })

  it('is the same for the same stream, and surrounds the mean', () => {
    const values = [0.2, 0.5, 0.1, 0.9, 0.4]
    const first = bootstrapMean(values, Rng.fromSeed(3).split('interval'))
    expect(bootstrapMean(values, Rng.fromSeed(3).split('interval'))).toEqual(first)
    expect(first.mean).toBeCloseTo(0.42, 12)
    expect(first.low).toBeLessThan(0.42)
    expect(first.high).toBeGreaterThan(0.42)
    const wide = bootstrapMean(values, Rng.fromSeed(3).split('interval'), { level: 0.99 })
    expect(wide.low).toBeLessThan(first.low ?? 0)
  })

  it('has no interval for one culture and no mean for none', () => {
    expect(bootstrapMean([], Rng.fromSeed(1))).toEqual({ mean: null, low: null, high: null, n: 0 })
    expect(bootstrapMean([0.4], Rng.fromSeed(1))).toEqual({ mean: 0.4, low: null, high: null, n: 1 })
    expect(bootstrapMean([2, 2, 2], Rng.fromSeed(1))).toEqual({ mean: 2, low: 2, high: 2, n: 3 })
  })

  it('refuses NaN and levels that are none', () => {
    expect(() => bootstrapMean([1, Number.NaN], Rng.fromSeed(1))).toThrow(wrong)
    expect(() => bootstrapMean([1, 2], Rng.fromSeed(1), { level: 95 })).toThrow(expect.objectContaining({ code: 'parameter/invalid' }))
    expect(() => bootstrapMean([1, 2], Rng.fromSeed(1), { resamples: 0 })).toThrow(expect.objectContaining({ code: 'parameter/invalid' }))
  })
})

describe('pairedEffect', () => {
  it('is the mean of the differences over their sample SD', () => {
    // differences 1, 2, 3: mean 2, SD 1
    expect(pairedEffect([2, 4, 6], [1, 2, 3])).toEqual({ n: 3, differences: [1, 2, 3], meanDifference: 2, dz: 2 })
  })

  it('has no effect size without spread or pairs', () => {
    expect(pairedEffect([1.1, 2.1, 3.1], [1, 2, 3]).dz).toBeNull()
    expect(pairedEffect([1], [0])).toMatchObject({ meanDifference: 1, dz: null })
    expect(pairedEffect([], [])).toMatchObject({ n: 0, meanDifference: null, dz: null })
    expect(pairedEffect([0, 0], [0, 0])).toMatchObject({ meanDifference: 0, dz: null })
  })

  it('refuses unpaired or missing values', () => {
    expect(() => pairedEffect([1, 2], [1])).toThrow(wrong)
    expect(() => pairedEffect([1, Number.POSITIVE_INFINITY], [1, 2])).toThrow(wrong)
  })
})

describe('signFlipTest', () => {
  it.each([
    // all sums of +-1 +-2 +-3: only +-6 reach 6
    [[1, 2, 3], 2 / 8],
    // 3 + 1 - 1 = 3; of 5, 3, 3, 1 three reach 3
    [[3, 1, -1], 6 / 8],
    [[1, 2, -3], 1],
    [[5], 1],
    // 0.2 is reached by 2 patterns of 0.4 and 8 of 0.2, although those differ in their last bits
    [[0.1, 0.1, 0.1, -0.1], 10 / 16],
    // zeros carry no information
    [[1, 0, 2, 0, 3], 2 / 8],
  ])('is exact for %j', (differences, p) => {
    const result = signFlipTest(differences, Rng.fromSeed(1))
    expect(result.p).toBe(p)
    expect(result.exact).toBe(true)
    expect(signFlipTest(differences.map((value) => -value), Rng.fromSeed(1)).p).toBe(p)
  })

  it("gives Fisher's result for Darwin's maize", () => {
    // Fisher 1935, The Design of Experiments, section 21: 863 of 32,768 sign patterns sum to 314 or more, in eighths of an inch
    const eighths = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
    const result = signFlipTest(eighths, Rng.fromSeed(1))
    expect(result.p).toBe((2 * 863) / 32_768)
    expect(result.smallestPossible).toBe(2 / 32_768)
  })

  it('finds nothing where nothing differs', () => {
    expect(signFlipTest([0, 0, 0], Rng.fromSeed(1))).toEqual({ p: 1, exact: true, smallestPossible: 1 })
    expect(signFlipTest([], Rng.fromSeed(1))).toEqual({ p: 1, exact: true, smallestPossible: 1 })
  })

  it('draws patterns beyond 16 differences and never gives zero', () => {
    const result = signFlipTest(Array.from({ length: 40 }, (_, k) => 1 + k / 40), Rng.fromSeed(1))
    expect(result).toEqual({ p: 1 / 20_001, exact: false, smallestPossible: 1 / 20_001 })
    // 17 differences whose exact p is that of 15: two are negligible; drawn p has SD sqrt(p (1 - p) / 20,000) = 0.0016
    const eighths = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48, 1e-9, 1e-9]
    const drawn = signFlipTest(eighths, Rng.fromSeed(2))
    expect(drawn.exact).toBe(false)
    expect(Math.abs(drawn.p - 0.0527)).toBeLessThan(0.0064)
    expect(signFlipTest(eighths, Rng.fromSeed(2))).toEqual(drawn)
  })

  it('raises false alarms at its nominal rate, heavy tails or not', () => {
    const rng = Rng.fromSeed(4)
    const runs = 3000
    let alarms = 0
    // cubes of normal numbers: symmetric, kurtosis 46
    for (let run = 0; run < runs; run++) if (signFlipTest(normals(8, rng).map((z) => z ** 3), rng).p <= 0.05) alarms++
    // 2^8 patterns in mirrored pairs: the largest attainable level below 0.05 is 6 / 128
    expect(Math.abs(alarms / runs - 6 / 128)).toBeLessThan(fourSd(6 / 128, runs))
  })

  it('raises false alarms at its nominal rate with drawn patterns', () => {
    const rng = Rng.fromSeed(5)
    const runs = 300
    let alarms = 0
    for (let run = 0; run < runs; run++) if (signFlipTest(normals(20, rng), rng).p <= 0.05) alarms++
    expect(Math.abs(alarms / runs - 0.05)).toBeLessThan(fourSd(0.05, runs))
  })

  it('refuses NaN', () => {
    expect(() => signFlipTest([1, Number.NaN], Rng.fromSeed(1))).toThrow(wrong)
  })
})

describe('holm', () => {
  it('adjusts in the order given', () => {
    // sorted 0.005 x 4 = 0.02, 0.01 x 3 = 0.03, 0.03 x 2 = 0.06, 0.04 x 1 -> raised to 0.06
    const adjusted = holm([0.01, 0.04, 0.03, 0.005])
    for (const [k, value] of [0.03, 0.06, 0.06, 0.02].entries()) expect(adjusted[k]).toBeCloseTo(value, 12)
    expect(holm([0.6, 0.5])).toEqual([1, 1])
    expect(holm([0.03])).toEqual([0.03])
    expect(holm([])).toEqual([])
  })

  it('refuses what is no p-value', () => {
    expect(() => holm([0.5, 1.2])).toThrow(wrong)
    expect(() => holm([-0.1])).toThrow(wrong)
    expect(() => holm([Number.NaN])).toThrow(wrong)
  })
})

describe('smallestDetectableEffect', () => {
  it.each([
    [8, 1, 1000],
    [10, 4, 500],
    [20, 1, 300],
  ])('is the effect that %i cultures detect in 80 %% of runs (%i comparisons)', (n, comparisons, runs) => {
    const { dz } = smallestDetectableEffect(n, comparisons, Rng.fromSeed(6))
    const rng = Rng.fromSeed(7)
    let detected = 0
    for (let run = 0; run < runs; run++) {
      if (dz !== null && signFlipTest(normals(n, rng, dz), rng).p <= 0.05 / comparisons) detected++
    }
    // the SD of this simulation and of the 2,000 data sets behind dz
    expect(Math.abs(detected / runs - 0.8)).toBeLessThan(4 * Math.sqrt(0.16 / runs + 0.16 / 2000))
  })

  it('has none when no result could have been significant, and says why', () => {
    expect(smallestDetectableEffect(5, 1, Rng.fromSeed(1))).toEqual({ dz: null, reason: expect.stringContaining('5 cultures') })
    expect(smallestDetectableEffect(6, 1, Rng.fromSeed(1)).dz).toBeGreaterThan(1)
    expect(smallestDetectableEffect(6, 2, Rng.fromSeed(1)).dz).toBeNull()
    expect(smallestDetectableEffect(0, 1, Rng.fromSeed(1)).dz).toBeNull()
    expect(smallestSignFlipP(6)).toBe(1 / 32)
  })

  it('falls with more cultures, rises with more comparisons, and repeats', () => {
    const dz = (n: number, comparisons: number): number => smallestDetectableEffect(n, comparisons, Rng.fromSeed(8)).dz ?? Number.NaN
    expect(dz(20, 8)).toBeLessThan(dz(12, 8))
    expect(dz(12, 8)).toBeGreaterThan(dz(12, 1))
    expect(dz(12, 1)).toBe(dz(12, 1))
  })

  it('refuses half a culture and no comparison', () => {
    expect(() => smallestDetectableEffect(7.5, 1, Rng.fromSeed(1))).toThrow(wrong)
    expect(() => smallestDetectableEffect(8, 0, Rng.fromSeed(1))).toThrow(wrong)
    const outOfRange = expect.objectContaining({ code: 'parameter/invalid' })
    expect(() => smallestDetectableEffect(8, 1, Rng.fromSeed(1), { power: 1 })).toThrow(outOfRange)
  })

  it.each([
    // two-sided 5 % points of Student's t, any statistical table
    [12.7062, 1], [4.3027, 2], [3.1824, 3], [2.2622, 9], [2.2281, 10], [2.093, 19],
  ])('knows that |t| > %f has 5 %% with %i degrees of freedom', (t, degreesOfFreedom) => {
    expect(studentTail(t, degreesOfFreedom)).toBeCloseTo(0.05, 4)
  })
})
