/** Each replacement keeps exactly what its name says of the spikes, and destroys the rest. */
import { describe, expect, it } from 'vitest'
import { SPIKE_REPLACEMENTS, spikeReplacement, type SpikeReplacementName } from '../../../src/loop/index.js'
import { poisson } from '../../../src/loop/poisson.js'
import { Rng } from '../../../src/rng.js'
import { callLoosely, codeOf } from '../culture/cultures.js'

const WIDTH = 4
const RATES = [0, 0.5, 3, 40]
const replacement = (name: SpikeReplacementName, dishes = 1): ReturnType<typeof spikeReplacement> =>
  spikeReplacement(name, { width: WIDTH, dishes, rates: RATES, rng: Rng.fromSeed(4).split(name) })

/** What becomes of step k, whose features are k, k + 0.1, ...: no two entries of all steps are equal. */
const rowOf = (step: number): Float32Array => Float32Array.from({ length: WIDTH }, (_, i) => step + i / 10)
const replaced = (name: SpikeReplacementName, steps: number): Float32Array[] => {
  const spikes = replacement(name)
  return Array.from({ length: steps }, (_, step) => {
    const row = rowOf(step)
    spikes.apply(0, row, 0)
    return row
  })
}
const meansOf = (rows: readonly Float32Array[]): number[] => RATES.map((_, i) => rows.reduce((sum, row) => sum + row[i], 0) / rows.length)

describe('spikeReplacement', () => {
  it.each(SPIKE_REPLACEMENTS)('%s works on its row alone, and the same draws give the same rows', (name) => {
    const [spikes, again] = [replacement(name, 3), replacement(name, 3)]
    for (let step = 0; step < 30; step++) {
      const rows = new Float32Array(5 * WIDTH).fill(-1)
      rows.set(rowOf(step), 2 * WIDTH)
      const copy = rows.slice()
      spikes.apply(1, rows, 2)
      again.apply(1, copy, 2)
      expect([...rows.subarray(0, 2 * WIDTH), ...rows.subarray(3 * WIDTH)].every((value) => value === -1)).toBe(true)
      expect(copy).toEqual(rows)
    }
  })

  it('real keeps everything, zero nothing', () => {
    expect(replaced('real', 20)).toEqual(Array.from({ length: 20 }, (_, step) => rowOf(step)))
    expect(replaced('zero', 20)).toEqual(Array.from({ length: 20 }, () => new Float32Array(WIDTH)))
  })

  it('rate_matched keeps the mean of each feature, and nothing of the step', () => {
    const rows = replaced('rate_matched', 4000)
    const means = meansOf(rows)
    for (const [i, mean] of means.entries()) {
      // Poisson: variance = mean; 5 SD of the mean of 4,000
      expect(Math.abs(mean - RATES[i])).toBeLessThanOrEqual(5 * Math.sqrt(RATES[i] / 4000))
      const variance = rows.reduce((sum, row) => sum + (row[i] - mean) ** 2, 0) / rows.length
      // SD of a sample variance of a Poisson of mean m: sqrt((m + 2 m^2) / n)
      expect(Math.abs(variance - RATES[i])).toBeLessThanOrEqual(5 * Math.sqrt((RATES[i] + 2 * RATES[i] ** 2) / 4000))
    }
    expect(rows.flatMap((row) => [...row]).every(Number.isInteger)).toBe(true)
    const product = rows.reduce((sum, row) => sum + (row[2] - means[2]) * (row[3] - means[3]), 0) / rows.length
    // features are drawn on their own: covariance 0, SD sqrt(3 x 40 / 4,000)
    expect(Math.abs(product)).toBeLessThan(5 * Math.sqrt((3 * 40) / 4000))
  })

  it('shuffled_channels keeps the counts of a step, and lets each stand anywhere', () => {
    const rows = replaced('shuffled_channels', 2000)
    const places = Array.from({ length: WIDTH }, () => new Array<number>(WIDTH).fill(0))
    for (const [step, row] of rows.entries()) {
      expect(row.toSorted()).toEqual(rowOf(step))
      row.forEach((value, place) => places[rowOf(step).indexOf(value)][place]++)
    }
    // binomial: 2,000 x 1/4 = 500, SD 19; 5 SD
    for (const counts of places) for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(97)
  })

  it('shuffled_time keeps whole rows, of any of the last 1,000 steps, and never the present', () => {
    const steps = 6000
    const rows = replaced('shuffled_time', steps)
    const ages: number[] = []
    for (let step = 10; step < steps; step++) {
      const from = Math.floor(rows[step][0])
      expect(rows[step]).toEqual(rowOf(from))
      ages.push(step - from)
      expect(from).toBeLessThan(step)
      expect(from).toBeGreaterThanOrEqual(step - 1000)
    }
    const late = ages.slice(1000)
    // uniform over 1 to 1,000: mean 500.5, SD 289 / sqrt(4,990); 5 SD
    expect(Math.abs(late.reduce((sum, age) => sum + age, 0) / late.length - 500.5)).toBeLessThan(21)
    // until there are ten it draws counts of the mean rates
    for (const row of rows.slice(0, 10)) expect([row[0], [...row].every(Number.isInteger)]).toEqual([0, true])
  })

  it('shuffled_time draws from the same dish', () => {
    const spikes = replacement('shuffled_time', 2)
    const origins: number[][] = [[], []]
    for (let step = 0; step < 50; step++) {
      for (const dish of [0, 1]) {
        const row = rowOf(dish * 1000 + step)
        spikes.apply(dish, row, 0)
        if (step >= 10) origins[dish].push(Math.floor(row[0] / 1000))
      }
    }
    expect(origins).toEqual([new Array(40).fill(0), new Array(40).fill(1)])
  })

  const options = { width: WIDTH, dishes: 2, rates: RATES, rng: Rng.fromSeed(1) }
  it.each<[string, () => unknown]>([
    ['loop/replacement', () => callLoosely({ spikeReplacement }, 'spikeReplacement', 'shuffled_chanels', options)],
    ['loop/replacement', () => spikeReplacement('rate_matched', { width: WIDTH, dishes: 1, rng: options.rng })],
    ['loop/replacement', () => spikeReplacement('shuffled_time', { ...options, rates: [1, 2, 3] })],
    ['loop/replacement', () => spikeReplacement('rate_matched', { ...options, rates: [1, 2, 3, NaN] })],
    ['loop/replacement', () => spikeReplacement('rate_matched', { ...options, rates: [1, 2, 3, -1] })],
    ['loop/replacement', () => spikeReplacement('real', { ...options, width: 0 })],
    ['loop/replacement', () => spikeReplacement('real', { ...options, dishes: 1.5 })],
    ['loop/replacement', () => spikeReplacement('zero', options).apply(0, new Float32Array(WIDTH), 1)],
    ['loop/dish', () => spikeReplacement('zero', options).apply(2, new Float32Array(WIDTH), 0)],
  ])('refuses with %s: %s', (code, act) => {
    expect(codeOf(act)).toBe(code)
  })
})

describe('poisson', () => {
  it.each([0.1, 1, 30, 75.5])('has the mean and the variance %d', (mean) => {
    const rng = Rng.fromSeed(2)
    const draws = Array.from({ length: 5000 }, () => poisson(mean, rng))
    const average = draws.reduce((sum, draw) => sum + draw, 0) / draws.length
    const variance = draws.reduce((sum, draw) => sum + (draw - average) ** 2, 0) / draws.length
    expect(Math.abs(average - mean)).toBeLessThan(5 * Math.sqrt(mean / draws.length))
    expect(Math.abs(variance - mean)).toBeLessThan(5 * Math.sqrt((mean + 2 * mean ** 2) / draws.length))
  })

  it('is 0 for 0, without a draw', () => {
    const rng = Rng.fromSeed(2)
    expect(poisson(0, rng)).toBe(0)
    expect(rng.save()).toEqual(Rng.fromSeed(2).save())
  })
})
