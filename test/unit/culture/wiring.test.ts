/** The wiring: degrees, fall-off, delays and weights, measured on grown networks. */
import { describe, expect, it } from 'vitest'
import { Culture, dishSideUm, completeCultureParameters, outgoingRows } from '../../../src/culture/index.js'
import { growNetwork } from '../../../src/culture/wiring.js'
import { Rng } from '../../../src/rng.js'

interface Row {
  readonly from: number
  readonly to: number
  readonly delay: number
  readonly weight: number
}
const rowsOf = ({ network, population, state }: Culture): Row[] =>
  Array.from({ length: population.neurons }, (_, from) => {
    const [first, end] = outgoingRows(network, from)
    return Array.from({ length: end - first }, (__, k) => ({
      from,
      to: network.post[first + k] ?? -1,
      delay: network.delaySteps[first + k] ?? -1,
      weight: state.weight[first + k] ?? NaN,
    }))
  }).flat()
const distance = ({ population: { xUm, yUm } }: Culture, i: number, j: number): number =>
  Math.hypot((xUm[i] ?? NaN) - (xUm[j] ?? NaN), (yUm[i] ?? NaN) - (yUm[j] ?? NaN))

describe('in-degree', { timeout: 30_000 }, () => {
  it.each([1, 2, 3, 4, 5])('is 30 on average at 1,000 cells: seed %i', (seed) => {
    const culture = Culture.grow({ neurons: 1000 }, seed)
    const { peakProbability, synapses } = culture.network
    // Expected synapses and their variance under p = p_max exp(-d / 300 um), from the places of the cells.
    let [expected, variance, sumOfSquares] = [0, 0, 0]
    for (let i = 0; i < 1000; i++) {
      let own = 0
      for (let j = 0; j < 1000; j++) {
        const p = i === j ? 0 : peakProbability * Math.exp(-distance(culture, i, j) / 300)
        own += p
        variance += p * (1 - p)
      }
      expected += own
      sumOfSquares += own * own
    }
    expect(Math.abs(synapses - expected)).toBeLessThan(5 * Math.sqrt(variance))
    // p_max is solved from 300 of the 1,000 cells: standard error of their mean, without replacement.
    const [mean, square] = [expected / 1000, sumOfSquares / 1000]
    const standardError = Math.sqrt(((square - mean * mean) / 300) * 0.7)
    expect(Math.abs(mean - 30)).toBeLessThan(5 * standardError)
    expect(culture.network.meanExcitatoryInDegree / mean).toBeCloseTo(0.8, 1)
  })

  it('is the same at every size, and 0 when asked', () => {
    for (const neurons of [500, 3000]) {
      expect(Math.abs(Culture.grow({ neurons, wiring: { meanInDegree: 20 } }, 9).network.synapses / neurons - 20)).toBeLessThan(2)
    }
    expect(Culture.grow({ neurons: 200, wiring: { meanInDegree: 0 } }, 1).network.synapses).toBe(0)
    expect(Culture.grow({ neurons: 1 }, 1).network.synapses).toBe(0)
  })

  it('is 0 between cells that lie far apart', () => {
    expect(Culture.grow({ neurons: 4, dishUm: 100_000, wiring: { lengthConstantUm: 10 } }, 1).network.synapses).toBe(0)
  })
})

describe('synapses', { timeout: 30_000 }, () => {
  const culture = Culture.grow({ neurons: 1000 }, 11)
  const rows = rowsOf(culture)

  it('become rarer with distance as exp(-d / 300 um)', () => {
    const BIN_UM = 100
    const found = new Float64Array(14)
    const expected = new Float64Array(14)
    const variance = new Float64Array(14)
    for (const { from, to } of rows) found[Math.floor(distance(culture, from, to) / BIN_UM)]++
    for (let i = 0; i < 1000; i++) {
      for (let j = 0; j < 1000; j++) {
        if (i === j) continue
        const d = distance(culture, i, j)
        const p = culture.network.peakProbability * Math.exp(-d / 300)
        expected[Math.floor(d / BIN_UM)] += p
        variance[Math.floor(d / BIN_UM)] += p * (1 - p)
      }
    }
    for (let bin = 0; bin < 14; bin++) {
      expect(Math.abs((found[bin] ?? NaN) - (expected[bin] ?? NaN))).toBeLessThan(5 * Math.sqrt(variance[bin] ?? NaN) + 1)
    }
    expect(found[0]).toBeGreaterThan(20)
  })

  it('never lead from a cell to itself, nor twice from one cell to another', () => {
    expect(rows.filter(({ from, to }) => from === to)).toEqual([])
    expect(new Set(rows.map(({ from, to }) => from * 1000 + to)).size).toBe(rows.length)
    expect(rows).toHaveLength(culture.network.synapses)
  })

  it('delay by distance at 300 um/ms: max(1, round(d / 150 um)) steps', () => {
    for (const { from, to, delay } of rows) expect(delay).toBe(Math.max(1, Math.round(distance(culture, from, to) / 150)))
    expect(culture.network.maxDelaySteps).toBe(Math.max(...rows.map(({ delay }) => delay)))
    const slow = Culture.grow({ neurons: 200, wiring: { conductionUmPerMs: 100 } }, 1)
    for (const { from, to, delay } of rowsOf(slow)) expect(delay).toBe(Math.max(1, Math.round(distance(slow, from, to) / 50)))
  })

  it('stand in the order of cells, delays and targets', () => {
    const keys = rows.map(({ from, to, delay }) => (from * 256 + delay) * 1000 + to)
    expect(keys.every((key, row) => row === 0 || key > (keys[row - 1] ?? NaN))).toBe(true)
  })

  it('are listed for their targets with origin and delay, excitatory ones only, where the culture has STDP', () => {
    const listed = Array.from({ length: 1000 }, (_, j) => {
      const { start, row, origin } = culture.network.incoming ?? expect.unreachable()
      const [first, end] = [start[j] ?? NaN, start[j + 1] ?? NaN]
      return Array.from(row.subarray(first, end), (at, k) => ({ to: j, at, from: (origin[first + k] ?? NaN) >>> 8, delay: (origin[first + k] ?? NaN) & 255 }))
    }).flat()
    const expected = rows.flatMap(({ from, to, delay }, at) => (from < culture.population.excitatory ? [{ to, at, from, delay }] : []))
    expect(listed.sort((a, b) => a.at - b.at)).toEqual(expected)
    expect(Culture.grow({ neurons: 100, stdp: { enabled: false } }, 1).network.incoming).toBeUndefined()
  })

  it('weigh (total / reference) (reference / K)^0.75 sqrt(K / K_own) before the draws', () => {
    const even = Culture.grow({ neurons: 500, synapses: { weightSd: 0, sensitivitySigma: 0 } }, 6)
    const { meanExcitatoryInDegree, meanInhibitoryInDegree } = even.network
    const all = rowsOf(even)
    for (const isExcitatory of [true, false]) {
      const [total, reference, mean] = isExcitatory ? [16, 24, meanExcitatoryInDegree] : [7, 6, meanInhibitoryInDegree]
      const some = all.filter(({ from }) => from < even.population.excitatory === isExcitatory)
      const own = new Map<number, number>()
      for (const { to } of some) own.set(to, (own.get(to) ?? 0) + 1)
      for (const { to, weight } of some) {
        const expected = (total / reference) * (reference / mean) ** 0.75 * Math.sqrt(mean / (own.get(to) ?? NaN))
        // rounded to single precision as scale and as product
        expect(Math.abs(weight / expected - 1)).toBeLessThan(3 * 2 ** -24)
      }
    }
  })

  it('have scattered weights, never negative, stronger onto sensitive cells', () => {
    expect(rows.every(({ weight }) => weight >= 0)).toBe(true)
    // max(0, 1 + n) is 0 with probability 0.1587
    const silent = rows.filter(({ weight }) => weight === 0).length / rows.length
    expect(Math.abs(silent - 0.15866)).toBeLessThan(5 * Math.sqrt((0.15866 * 0.84134) / rows.length))
    const { weightScale } = culture.network
    const { sensitivity } = culture.population
    const ratio = Array.from(weightScale, (scale, j) => scale / (sensitivity[j] ?? NaN))
    expect(Math.max(...ratio) / Math.min(...ratio)).toBeLessThan(Math.max(...sensitivity) / Math.min(...sensitivity) / 10)
  })
})

describe('the draws', () => {
  it('belong to seed and cell: what was drawn before does not matter', () => {
    const culture = Culture.grow({ neurons: 300 }, 2)
    const rng = Rng.fromSeed(2).split('culture')
    for (let k = 0; k < 100; k++) rng.uniform()
    const { network, weight } = growNetwork(culture.population, culture.parameters, rng)
    expect(network).toEqual(culture.network)
    expect(weight).toEqual(culture.state.weight)
  })

  it('are the same whatever noise and plasticity are', () => {
    const grown = Culture.grow({ neurons: 300 }, 2)
    const other = Culture.grow({ neurons: 300, noise: { fastSd: 0 }, stdp: { enabled: false }, shortTerm: { enabled: false } }, 2)
    const { incoming: _, ...wiring } = grown.network
    expect(other.network).toEqual(wiring)
    expect(other.state.weight).toEqual(grown.state.weight)
    expect(other.population).toEqual(grown.population)
    expect(Culture.grow({ neurons: 300 }, 3).network.post).not.toEqual(grown.network.post)
  })
})

describe('the dish', () => {
  it('keeps 5,000 cells on 3 x 3 mm as density below, and 3 mm above', () => {
    const side = (neurons: number): number => dishSideUm(completeCultureParameters({ neurons }))
    expect(side(1000)).toBeCloseTo(1341.64, 2)
    expect(side(5000)).toBe(3000)
    expect(side(100_000)).toBe(3000)
    expect(dishSideUm(completeCultureParameters({ dishUm: 800 }))).toBe(800)
  })

  it('holds all cells, evenly spread', () => {
    const { population } = Culture.grow({ neurons: 4000, dishUm: 3000, wiring: { meanInDegree: 0 } }, 7)
    const quarters = [0, 0, 0, 0]
    for (let i = 0; i < 4000; i++) {
      const [x, y] = [population.xUm[i] ?? NaN, population.yUm[i] ?? NaN]
      expect(x >= 0 && x <= 3000 && y >= 0 && y <= 3000).toBe(true)
      quarters[(x < 1500 ? 0 : 1) + (y < 1500 ? 0 : 2)]++
    }
    // binomial, n = 4000, p = 1/4
    for (const count of quarters) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(750))
  })
})
