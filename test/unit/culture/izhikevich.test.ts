/** The five cell types, run alone through the engine, against the published model. */
import { describe, expect, it } from 'vitest'
import { cellCounts, completeCultureParameters, Culture, type CultureOptions } from '../../../src/culture/index.js'
import { spikesOf, textbook } from './cultures.js'

const spikeSteps = (options: CultureOptions, durationMs = 1000): number[] =>
  spikesOf(Culture.grow(options, 1), durationMs).map(([step]) => step)
const intervalsMs = (steps: readonly number[]): number[] => steps.slice(1).map((step, k) => (step - (steps[k] ?? 0)) / 2)

// Golden numbers: the equations of Izhikevich 2003 (IEEE Trans Neural Netw 14:1569) iterated in double precision at dt = 0.5 ms.
describe('a single cell', () => {
  it('regular spiking: 23 spikes a second at I = 10, the first intervals 25 and 46 ms', () => {
    const steps = spikeSteps(textbook(10))
    expect(steps).toHaveLength(23)
    expect(steps.slice(0, 5)).toEqual([7, 57, 149, 241, 333])
  })

  it('regular spiking: the first six states', () => {
    const culture = Culture.grow(textbook(10), 1)
    const golden = [[-61.5, -13], [-58.105, -12.993], [-54.34718, -12.97928], [-49.65317, -12.958182], [-42.998258, -12.927906], [-32.052946, -12.884624]]
    for (const [v = NaN, u = NaN] of golden) {
      culture.advance(0.5)
      expect(culture.state.v[0]).toBeCloseTo(v, 4)
      expect(culture.state.u[0]).toBeCloseTo(u, 4)
    }
  })

  it('fast spiking: 114 spikes a second at I = 10', () => {
    expect(spikeSteps(textbook(10, { fastSpiking: 1 }))).toHaveLength(114)
  })

  it('chattering: bursts at I = 10', () => {
    const steps = spikeSteps(textbook(10, { chattering: 1 }))
    expect(steps).toHaveLength(81)
    expect(intervalsMs(steps).slice(0, 7)).toEqual([2.5, 2.5, 3, 3, 3.5, 4.5, 48])
  })

  it('regular spiking: rate against current, 0 to 20', () => {
    const golden = [0, 0, 0, 0, 8, 11, 14, 16, 18, 20, 23, 25, 27, 29, 31, 33, 35, 38, 39, 42, 44]
    for (const [current, count] of golden.entries()) expect(Math.abs(spikeSteps(textbook(current)).length - count)).toBeLessThanOrEqual(1)
  })

  it.each(['regularSpiking', 'intrinsicallyBursting', 'chattering', 'fastSpiking'] as const)('%s is silent without current', (type) => {
    expect(spikeSteps(textbook(0, { [type]: 1 }), 100)).toEqual([])
  })

  it('is reset to c in the step of its spike, and its recovery rises by d', () => {
    const culture = Culture.grow(textbook(40), 1)
    let before = NaN
    while (culture.advance(0.5).count === 0) before = culture.state.u[0] ?? NaN
    expect(culture.state.v[0]).toBe(-65)
    expect((culture.state.u[0] ?? NaN) - before).toBeGreaterThan(7)
  })
})

describe('shares of the types', () => {
  const counts = (neurons: number, cells: NonNullable<CultureOptions>['cells'] = {}): readonly number[] =>
    cellCounts(completeCultureParameters({ neurons, cells }))

  it('are 80 % excitatory: 800 of 1,000, columns of full length', () => {
    const { population } = Culture.grow({ neurons: 1000 }, 3)
    expect(population.excitatory).toBe(800)
    for (const column of [population.a, population.b, population.c, population.d]) expect(column).toHaveLength(1000)
  })

  it('are 64, 8, 8, 16 and 4 % of 10,000', () => {
    expect(counts(10_000)).toEqual([6400, 800, 800, 1600, 400])
  })

  it.each([
    [5, [4, 0, 0, 1, 0]],
    [10, [6, 1, 1, 2, 0]],
    [15, [10, 1, 1, 2, 1]],
    [20, [12, 2, 2, 3, 1]],
    [137, [88, 11, 11, 22, 5]],
    [3, [3, 0, 0, 0, 0]],
  ])('round halves to even and leave the rest to the regular-spiking: %i cells', (neurons, expected) => {
    expect(counts(neurons)).toEqual(expected)
  })

  it('may be half and half: 5, 0, 0, 4, 1 of ten', () => {
    const shares = [0.4, 0.05, 0.05, 0.4, 0.1]
    const [regularSpiking, intrinsicallyBursting, chattering, fastSpiking, lowThresholdSpiking] = shares.map((share) => ({ share }))
    const cells = { regularSpiking, intrinsicallyBursting, chattering, fastSpiking, lowThresholdSpiking }
    expect(counts(10, cells as NonNullable<NonNullable<CultureOptions>['cells']>)).toEqual([5, 0, 0, 4, 1])
  })

  it('always add up, even where halves round up together', () => {
    const none = { share: 0 }
    const cells = { regularSpiking: none, fastSpiking: none, lowThresholdSpiking: none, intrinsicallyBursting: { share: 0.5 }, chattering: { share: 0.5 } }
    expect(counts(3, cells)).toEqual([0, 2, 1, 0, 0])
    expect(Culture.grow({ neurons: 3, cells }, 1).population.excitatory).toBe(3)
  })
})

describe('cells of the default culture', () => {
  it('vary around their type: relative SD 0.05 of a and d, 1 mV of c, 0.5 of the current', () => {
    const { population } = Culture.grow({ neurons: 4000 }, 5)
    const regular = Array.from({ length: 2560 }, (_, i) => i)
    const moments = (value: (i: number) => number): [number, number] => {
      const mean = regular.reduce((sum, i) => sum + value(i), 0) / regular.length
      return [mean, Math.sqrt(regular.reduce((sum, i) => sum + (value(i) - mean) ** 2, 0) / regular.length)]
    }
    // mean of n normal draws: SD sigma / sqrt(n); SD of n draws: sigma / sqrt(2 n); five of each
    const check = ([mean, sd]: [number, number], expectedMean: number, expectedSd: number): void => {
      expect(Math.abs(mean - expectedMean)).toBeLessThan((5 * expectedSd) / Math.sqrt(regular.length))
      expect(Math.abs(sd - expectedSd)).toBeLessThan((5 * expectedSd) / Math.sqrt(2 * regular.length))
    }
    check(moments((i) => population.a[i] ?? NaN), 0.02, 0.001)
    check(moments((i) => population.c[i] ?? NaN), -65, 1)
    check(moments((i) => population.d[i] ?? NaN), 8, 0.4)
    check(moments((i) => population.bias[i] ?? NaN), 0.65, 0.5)
    check(moments((i) => Math.log(population.sensitivity[i] ?? NaN)), -0.5, 1)
  })

  it('start at rest: potentials from -70 to -65, u = b v, nothing open', () => {
    const { state, population } = Culture.grow({ neurons: 500 }, 2)
    expect(state.v.every((v, i) => v >= -70 && v < -65 && state.u[i] === Math.fround((population.b[i] ?? NaN) * v))).toBe(true)
    for (const column of [state.ampa, state.nmdaRise, state.nmdaDecay, state.gabaA, state.gabaBRise, state.gabaBDecay, state.afterhyperpolarisation]) {
      expect(column.every((g) => g === 0)).toBe(true)
    }
  })
})
