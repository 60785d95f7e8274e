/** Background noise: moments and independence, with tolerances of five standard errors. */
import { describe, expect, it } from 'vitest'
import { BYTE_SUM_SD, centredByteSum, stepKey } from '../../../src/culture/counterNoise.js'
import { Culture } from '../../../src/culture/index.js'
import { textbook } from './cultures.js'

const CELLS = 1000
const STEPS = 1000
const DRAWS = CELLS * STEPS
const formula = (key: number): Float64Array =>
  Float64Array.from({ length: DRAWS }, (_, k) => centredByteSum(stepKey(key, Math.floor(k / CELLS)), k % CELLS) / BYTE_SUM_SD)

/**
 * The noise as the engine makes it, from what it does to potentials that are put back to -65 mV before every step: with an SD of 2 mV/ms and
 * steps of 0.5 ms, the kick is the draw. Potentials of some -70 mV are rounded by 2^-18 mV, a thousandth of the tolerances below.
 */
const kicks = (seed: number): Float64Array => {
  const still = { ...textbook(-10), neurons: CELLS, wiring: { meanInDegree: 0 } }
  const [loud, quiet] = [2, 0].map((fastSd) => Culture.grow({ ...still, noise: { fastSd, slowDishSd: 0, slowPatchSd: 0 } }, seed))
  quiet.advance(0.5)
  const draws = new Float64Array(DRAWS)
  for (let step = 0; step < STEPS; step++) {
    loud.state.v.fill(-65)
    loud.state.u.fill(-13)
    loud.advance(0.5)
    for (let i = 0; i < CELLS; i++) draws[step * CELLS + i] = loud.state.v[i] - quiet.state.v[i]
  }
  return draws
}

const correlation = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += (a[k] ?? NaN) * (b[k] ?? NaN)
  return sum / a.length
}

describe.each([
  { what: 'as it is defined', noise: formula },
  { what: 'as the engine makes it', noise: kicks },
])('fast noise, $what', ({ noise }) => {
  const draws = noise(0x1234567)

  it('has mean 0, variance 1 and the kurtosis of a sum of 8 bytes', () => {
    const moment = (power: number): number => draws.reduce((sum, x) => sum + x ** power, 0) / DRAWS
    // Irwin-Hall of order 8: excess kurtosis -6/5 / 8 = -0.15 (discreteness changes it by less than 1e-5).
    const kurtosis = 3 - 1.2 / 8
    expect(Math.abs(moment(1))).toBeLessThan(5 / Math.sqrt(DRAWS))
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt((kurtosis - 1) / DRAWS))
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / DRAWS))
    expect(Math.abs(moment(4) / moment(2) ** 2 - kurtosis)).toBeLessThan(5 * Math.sqrt(24 / DRAWS))
    expect(draws.reduce((most, x) => Math.max(most, Math.abs(x)), 0)).toBeLessThan(4.91)
  })

  it('is independent between neighbours, steps and cultures, and so are its squares', () => {
    const shifts = { 'the next cell': draws.subarray(1), 'the next step': draws.subarray(CELLS), 'another key': noise(0x1234568) }
    const squared = (x: Float64Array): Float64Array => x.map((value) => value * value - 1)
    for (const other of Object.values(shifts)) {
      const part = draws.subarray(0, Math.min(other.length, DRAWS))
      expect(Math.abs(correlation(part.subarray(0, other.length), other))).toBeLessThan(5 / Math.sqrt(other.length))
      // variance of the squares: kurtosis - 1 = 1.85 each
      expect(Math.abs(correlation(squared(part.subarray(0, other.length)), squared(other)))).toBeLessThan((5 * 1.85) / Math.sqrt(other.length))
    }
  })
})

describe('slow noise', () => {
  it('has the SD and the correlation time asked for', () => {
    const culture = Culture.grow({ ...textbook(-10), noise: { fastSd: 0, slowTauMs: 50, slowDishSd: 0.9, slowPatchSd: 0.25 } }, 3)
    const [dish, patch, lagged]: [number[], number[], number[]] = [[], [], []]
    for (let k = 0; k < 20_000; k++) {
      culture.advance(10)
      dish.push(culture.state.slowNoise[0] ?? NaN)
      patch.push(culture.state.slowNoise[1] ?? NaN)
      if (k > 4) lagged.push((dish[k] ?? NaN) * (dish[k - 5] ?? NaN))
    }
    const meanSquare = (x: readonly number[]): number => x.reduce((sum, value) => sum + value * value, 0) / x.length
    // Correlated every 10 ms with exp(-10/50): the squares carry (1 - q) / (1 + q) of the information, q = exp(-20/50).
    const independent = (20_000 * (1 - Math.exp(-0.4))) / (1 + Math.exp(-0.4))
    const tolerance = 5 * Math.sqrt(2 / independent)
    expect(Math.abs(meanSquare(dish) / 0.81 - 1)).toBeLessThan(tolerance)
    expect(Math.abs(meanSquare(patch) / 0.0625 - 1)).toBeLessThan(tolerance)
    const lag50 = lagged.reduce((sum, value) => sum + value, 0) / lagged.length / 0.81
    expect(Math.abs(lag50 - Math.exp(-1))).toBeLessThan(tolerance)
  })

  it('is common to a patch: one per mm of a side of the dish', () => {
    expect(Culture.grow({ neurons: 100, dishUm: 1342 }, 1).state.slowNoise).toHaveLength(2)
    expect(Culture.grow({ neurons: 100, dishUm: 3000 }, 1).state.slowNoise).toHaveLength(10)
  })
})
