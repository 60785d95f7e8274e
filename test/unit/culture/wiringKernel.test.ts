/** The draws of the wiring kernel: the law of connection at many sizes, weights, independence of cells, and the limits. */
import { mean, sampleVariance } from 'simple-statistics'
import { describe, expect, it } from 'vitest'
import { completeCultureParameters, outgoingRows, type CultureOptions, type Network } from '../../../src/culture/index.js'
import { growPopulation, type Population } from '../../../src/culture/population.js'
import { growNetwork } from '../../../src/culture/wiring.js'
import { Rng } from '../../../src/rng.js'
import { caught } from '../io/support.js'

interface Grown {
  readonly population: Population
  readonly network: Network
  readonly weight: Float32Array
}
const rngOf = (seed: number): Rng => Rng.fromSeed(seed).split('culture')
const grow = (options: CultureOptions, seed: number): Grown => {
  const parameters = completeCultureParameters(options)
  const population = growPopulation(parameters, rngOf(seed))
  return { population, ...growNetwork(population, parameters, rngOf(seed)) }
}
const targetsOf = (network: Network, cell: number): number[] => Array.from(network.post.subarray(...outgoingRows(network, cell)))
const at = (column: ArrayLike<number>, index: number): number => column[index] ?? expect.unreachable()
const distanceUm = ({ xUm, yUm }: Population, i: number, j: number): number => Math.hypot(at(xUm, i) - at(xUm, j), at(yUm, i) - at(yUm, j))

/** Found and expected synapses and their variance under p = p_max exp(-d / lambda), by a class of pairs of cells. */
const tally = ({ population, network }: Grown, lambdaUm: number, classes: number, classOf: (i: number, j: number) => number) => {
  const { neurons } = population
  const [found, expected, variance] = [new Float64Array(classes), new Float64Array(classes), new Float64Array(classes)]
  for (let i = 0; i < neurons; i++) {
    for (const j of targetsOf(network, i)) found[classOf(i, j)]++
    for (let j = 0; j < neurons; j++) {
      if (i === j) continue
      const p = network.peakProbability * Math.exp(-distanceUm(population, i, j) / lambdaUm)
      expected[classOf(i, j)] += p
      variance[classOf(i, j)] += p * (1 - p)
    }
  }
  return { found, expected, variance }
}

/** Squared deviations in units of their variance, over the classes that expect enough to be near normal: mean 1 each, variance 2. */
const expectLaw = ({ found, expected, variance }: ReturnType<typeof tally>): void => {
  let [sum, classes] = [0, 0]
  for (let k = 0; k < found.length; k++) {
    if (at(variance, k) < 10) continue
    sum += (at(found, k) - at(expected, k)) ** 2 / at(variance, k)
    classes++
  }
  expect(classes).toBeGreaterThan(3)
  expect(sum).toBeLessThan(classes + 5 * Math.sqrt(2 * classes))
}

const CASES = [
  { neurons: 1500, dishUm: 1640, lambdaUm: 300, meanInDegree: 30 },
  { neurons: 1500, dishUm: 1640, lambdaUm: 300, meanInDegree: 590 },
  { neurons: 1500, dishUm: 3000, lambdaUm: 40, meanInDegree: 3 },
  { neurons: 1500, dishUm: 500, lambdaUm: 100_000, meanInDegree: 100 },
  { neurons: 1500, dishUm: 100_000, lambdaUm: 5000, meanInDegree: 12 },
  { neurons: 300, dishUm: 10, lambdaUm: 10, meanInDegree: 60 },
]

describe('connection', { timeout: 60_000 }, () => {
  it.each(CASES)('falls off with distance alike everywhere: $neurons cells, $dishUm um, lambda $lambdaUm, in-degree $meanInDegree', (c) => {
    const wiring = { lengthConstantUm: c.lambdaUm, meanInDegree: c.meanInDegree }
    const grown = grow({ neurons: c.neurons, dishUm: c.dishUm, wiring }, 4)
    const { population } = grown
    const widthUm = Math.min(c.lambdaUm / 2, c.dishUm / 8)
    expectLaw(tally(grown, c.lambdaUm, 3000, (i, j) => Math.floor(distanceUm(population, i, j) / widthUm)))
    // a mistake with the bins at an edge shows between tiles of the dish
    const quarter = (um: number): number => Math.floor((um / c.dishUm) * 3.999)
    const tile = (i: number): number => quarter(at(population.xUm, i)) + 4 * quarter(at(population.yUm, i))
    expectLaw(tally(grown, c.lambdaUm, 256, (i, j) => tile(i) * 16 + tile(j)))
  })

  it('has a probability of at most 0.9, however many synapses are asked for', () => {
    const grown = grow({ neurons: 60, dishUm: 100, wiring: { lengthConstantUm: 100_000, meanInDegree: 2000 } }, 1)
    expect(grown.network.peakProbability).toBe(0.9)
    const { found, expected, variance } = tally(grown, 100_000, 1, () => 0)
    expect(Math.abs(at(found, 0) - at(expected, 0))).toBeLessThan(5 * Math.sqrt(at(variance, 0)))
    expect(Math.max(...Array.from({ length: 60 }, (_, i) => targetsOf(grown.network, i).length))).toBeLessThan(60)
  })

  it.each([1, 2, 3])('works in the smallest cultures: %i cells', (neurons) => {
    for (const dishUm of [10, 100_000]) {
      const wiring = { meanInDegree: 2000, lengthConstantUm: dishUm }
      const { network, weight } = grow({ neurons, dishUm, wiring }, 3)
      for (let i = 0; i < neurons; i++) expect(targetsOf(network, i)).not.toContain(i)
      expect(network.synapses).toBeLessThanOrEqual(neurons * (neurons - 1))
      for (const column of [network.post, network.delaySteps, weight]) expect(column).toHaveLength(network.synapses)
    }
  })

  it('has the peak that gives the mean in-degree on average over the cells', () => {
    const { network, population } = grow({ neurons: 200, wiring: { meanInDegree: 20 } }, 9)
    let sum = 0
    for (let i = 0; i < 200; i++) {
      for (let j = 0; j < 200; j++) if (i !== j) sum += Math.exp(-distanceUm(population, i, j) / 300)
    }
    // the exponential of the kernel is good to 3.3e-6
    expect(Math.abs(network.peakProbability / ((20 * 200) / sum) - 1)).toBeLessThan(5e-6)
  })

  it('makes room where far more synapses come than the sample of cells promised', () => {
    const parameters = completeCultureParameters({ neurons: 1500, dishUm: 3000, wiring: { lengthConstantUm: 20, meanInDegree: 300 } })
    const grown = growPopulation(parameters, rngOf(2))
    // Every fifth cell is one of the 300 that p_max is solved from: those lie alone, all others together.
    const place = (um: number, i: number): number => (i % 5 === 0 ? um : 1500 + um / 3000)
    const population = { ...grown, xUm: grown.xUm.map(place), yUm: grown.yUm.map(place) }
    const { network, weight } = growNetwork(population, parameters, rngOf(2))
    expect(network.peakProbability).toBe(0.9)
    const { found, expected, variance } = tally({ population, network, weight }, 20, 1, () => 0)
    expect(at(found, 0)).toBe(network.synapses)
    expect(Math.abs(at(found, 0) - at(expected, 0))).toBeLessThan(5 * Math.sqrt(at(variance, 0)))
    expect(at(found, 0)).toBeGreaterThan(1e6)
  })

  it('sorts the rows of few and of many synapses by delay and target, each pair once', () => {
    for (const meanInDegree of [5, 60, 300]) {
      const { network, population } = grow({ neurons: 700, wiring: { meanInDegree } }, 6)
      for (let i = 0; i < population.neurons; i++) {
        const [first, end] = outgoingRows(network, i)
        for (let row = first + 1; row < end; row++) {
          const key = (k: number): number => at(network.delaySteps, k) * 700 + at(network.post, k)
          if (key(row) <= key(row - 1)) expect.fail(`row ${row} of ${meanInDegree} a cell is out of order`)
        }
        expect(new Set(targetsOf(network, i)).size).toBe(end - first)
      }
    }
  })
})

describe('the way back', () => {
  it('names every excitatory row once, in order, with its origin, in cultures of several blocks of targets', () => {
    const { network, population } = grow({ neurons: 5000, wiring: { meanInDegree: 80 } }, 3)
    const { start, row, origin } = network.incoming ?? expect.unreachable()
    expect([at(start, 0), at(start, 5000)]).toEqual([0, at(network.rowStart, population.excitatory)])
    expect([row.length, origin.length]).toEqual([at(start, 5000), at(start, 5000)])
    let wrong = 0
    for (let j = 0; j < 5000; j++) {
      for (let entry = at(start, j); entry < at(start, j + 1); entry++) {
        const own = at(row, entry)
        const source = at(origin, entry) >>> 8
        const isOrdered = entry === at(start, j) || own > at(row, entry - 1)
        const isOfSource = own >= at(network.rowStart, source) && own < at(network.rowStart, source + 1)
        if (!isOrdered || !isOfSource || at(network.post, own) !== j || at(network.delaySteps, own) !== (at(origin, entry) & 255)) wrong++
      }
    }
    // as many entries as rows, each target's own and in order: no row is missing
    expect(wrong).toBe(0)
  })
})

describe('delays', () => {
  it('end at 255 steps and begin at 1', () => {
    const wiring = { lengthConstantUm: 3000, meanInDegree: 20 }
    const slow = grow({ neurons: 300, dishUm: 3000, wiring: { ...wiring, conductionUmPerMs: 10 } }, 2)
    for (let i = 0; i < 300; i++) {
      const [first] = outgoingRows(slow.network, i)
      for (const [k, j] of targetsOf(slow.network, i).entries()) {
        // distances are computed in single precision
        const delay = at(slow.network.delaySteps, first + k)
        const steps = Math.min(255, Math.max(1, distanceUm(slow.population, i, j) / 5))
        expect(Math.abs(delay - steps)).toBeLessThan(0.5 + 1e-4)
      }
    }
    expect(slow.network.maxDelaySteps).toBe(255)
    const fast = grow({ neurons: 300, dishUm: 3000, wiring: { ...wiring, conductionUmPerMs: 10_000 } }, 2)
    expect(fast.network.delaySteps.every((delay) => delay === 1)).toBe(true)
    expect(fast.network.maxDelaySteps).toBe(1)
  })
})

describe('weights', () => {
  it('scatter around the mean synapse with the SD that was asked for', () => {
    const { population, network, weight } = grow({ neurons: 2000, synapses: { weightSd: 0.2 } }, 8)
    const relative: number[] = []
    for (let row = 0; row < at(network.rowStart, population.excitatory); row++) {
      relative.push(at(weight, row) / at(network.weightScale, at(network.post, row)))
    }
    // 1 + 0.2 n never reaches 0: n ends at 4.9. Errors: SD / sqrt(rows); of the variance sqrt((kurtosis - 1) / rows), kurtosis 2.85
    expect(Math.abs(mean(relative) - 1)).toBeLessThan((5 * 0.2) / Math.sqrt(relative.length))
    expect(Math.abs(sampleVariance(relative) / 0.04 - 1)).toBeLessThan(5 * Math.sqrt(1.85 / relative.length))
    // one draw says nothing about the next, of the same cell or of its neighbour in the population
    for (const lag of [1, 2, 3, 4, 30]) {
      const products = relative.slice(lag).map((value, k) => ((value - 1) * (at(relative, k) - 1)) / 0.04)
      expect(Math.abs(mean(products))).toBeLessThan(5 / Math.sqrt(products.length))
    }
  })

  it.each([[0, 0], [1, 0], [0, 1], [0.3, 0.6]])('have exponents %f of the mean in-degree and %f of the own', (ofMean, ofOwn) => {
    const synapses = { inDegreeExponent: ofMean, ownDegreeExponent: ofOwn, weightSd: 0, sensitivitySigma: 0 }
    const { population, network, weight } = grow({ neurons: 400, synapses }, 5)
    const own = new Int32Array(400)
    const firstInhibitory = at(network.rowStart, population.excitatory)
    for (let row = firstInhibitory; row < network.synapses; row++) own[at(network.post, row)]++
    for (let row = firstInhibitory; row < network.synapses; row++) {
      const k = network.meanInhibitoryInDegree
      const expected = (7 / 6) * (6 / k) ** ofMean * (k / at(own, at(network.post, row))) ** ofOwn
      expect(Math.abs(at(weight, row) / expected - 1)).toBeLessThan(3 * 2 ** -24)
    }
  })
})

describe('the draws of a cell', () => {
  it('do not depend on those of other cells', () => {
    // so many synapses that p_max stays at its limit, wherever a cell lies
    const parameters = completeCultureParameters({ neurons: 400, dishUm: 400, wiring: { lengthConstantUm: 100, meanInDegree: 2000 } })
    const population = growPopulation(parameters, rngOf(1))
    // The first cell goes to the other side of its bin of 100 um: it draws other targets, and more or fewer numbers on the way.
    const moved = { ...population, xUm: population.xUm.slice(), yUm: population.yUm.slice() }
    const mirrored = (um: number): number => 200 * Math.floor(um / 100) + 100 - um
    moved.xUm[0] = mirrored(at(population.xUm, 0))
    moved.yUm[0] = mirrored(at(population.yUm, 0))
    const [before, after] = [population, moved].map((cells) => growNetwork(cells, parameters, rngOf(1)).network)
    if (before === undefined || after === undefined) expect.unreachable()
    expect(targetsOf(after, 0)).not.toEqual(targetsOf(before, 0))
    for (let cell = 1; cell < 400; cell++) {
      const [then, now] = [before, after].map((network) => targetsOf(network, cell).filter((target) => target !== 0))
      expect(now).toEqual(then)
    }
  })

  it('are unlike those of its neighbours in the population', () => {
    // all cells at nearly the same point: targets are independent, so two cells share K^2 / N of them
    const { network } = grow({ neurons: 1000, dishUm: 10, wiring: { lengthConstantUm: 100_000, meanInDegree: 100 } }, 2)
    for (const lag of [1, 2, 4, 256]) {
      let shared = 0
      for (let i = 0; i + lag < 1000; i++) {
        const targets = new Set(targetsOf(network, i))
        for (const j of targetsOf(network, i + lag)) if (targets.has(j)) shared++
      }
      const expected = (1000 - lag) * 1000 * 0.1 ** 2
      expect(Math.abs(shared - expected)).toBeLessThan(5 * Math.sqrt(expected * (1 + 2 * 100 * 0.1)))
    }
  })
})

describe('a network beyond 4 GiB', () => {
  it('is refused with the numbers before its memory is taken', () => {
    const parameters = completeCultureParameters({ neurons: 150_000, wiring: { meanInDegree: 2000 } })
    const population = growPopulation(parameters, rngOf(1))
    const heldBefore = process.memoryUsage().arrayBuffers
    const refusal = caught(() => growNetwork(population, parameters, rngOf(1)))
    expect(refusal.code).toBe('culture/too-large')
    // 9 bytes a synapse and 8 more for the 80 % that are excitatory
    const expectedMiB = (150_000 * 2000 * (9 + 0.8 * 8)) / 2 ** 20
    expect(refusal.message).toContain('150000 neurons')
    expect(refusal.message).toContain('only 4096 MiB')
    expect(refusal.data).toMatchObject({ neurons: 150_000, availableMiB: 4096 })
    const { neededMiB } = { neededMiB: 0, ...refusal.data }
    expect(Math.abs(neededMiB / expectedMiB - 1)).toBeLessThan(0.02)
    expect(process.memoryUsage().arrayBuffers - heldBefore).toBeLessThan(100 * 2 ** 20)
  })
})
