/** A culture as its users handle it: seeds, stimulation, weights, bad input. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Bl1Error } from '../../../src/errors.js'
import { Culture, estimateBytes, type CultureOptions, type Depolarisations } from '../../../src/culture/index.js'
import { callLoosely, codeOf, fire, spikesOf, textbook, wired } from './cultures.js'

const small = (seed = 1, options: CultureOptions = {}): Culture => Culture.grow({ neurons: 100, ...options }, seed)

describe('time', () => {
  it('advances the clock by what was asked, in any portions', () => {
    const [whole, portions] = [small(), small()]
    const spikes = spikesOf(whole, 500)
    const parts = [0.5, 99.5, 100, 300].flatMap((ms) => spikesOf(portions, ms))
    expect(parts).toEqual(spikes)
    expect([whole.step, whole.timeMs, portions.step]).toEqual([1000, 500, 1000])
    expect(portions.state).toEqual(whole.state)
  })

  it('reports spikes in the order of steps, also when more come than its first buffer holds', () => {
    const culture = small(1, { cells: { bias: 60, biasLowThreshold: 60 } })
    const steps = spikesOf(culture, 2000).map(([step]) => step)
    expect(steps.length).toBeGreaterThan(4096)
    expect(steps.every((step, k) => k === 0 || step >= (steps[k - 1] ?? NaN))).toBe(true)
  })

  it.each([0, -1, 0.3, NaN, Infinity, -Infinity])('refuses to advance by %d ms', (durationMs) => {
    expect(codeOf(() => small().advance(durationMs))).toBe('culture/duration')
  })
})

describe('seeds', () => {
  it('give equal cultures and equal activity, other seeds other ones', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const [a, b, other] = [small(seed), small(seed), small(seed + 1)]
        const spikes = spikesOf(a, 300)
        expect(spikesOf(b, 300)).toEqual(spikes)
        other.advance(300)
        expect(other.state.v).not.toEqual(a.state.v)
      }),
      { numRuns: 5 },
    )
  })

  it.each([-1, 1.5, NaN, 2 ** 53])('refuse %d', (seed) => {
    expect(codeOf(() => Culture.grow({ neurons: 10 }, seed))).toBe('rng/seed')
  })
})

describe('stimulation', () => {
  const pulse = (fields: Partial<Depolarisations>): Depolarisations => ({ count: 2, steps: [5, 7], neurons: [3, 3], amplitudesMv: [1, 1], ...fields })

  it('acts in its step: a cell pushed past 30 mV fires in it', () => {
    const culture = Culture.grow(textbook(-10), 1)
    expect(spikesOf(culture, 10, fire([4, 0], [15, 0]))).toEqual([[4, 0], [15, 0]])
  })

  it('adds to the potential what it says', () => {
    const [pulsed, alone] = [Culture.grow(textbook(0), 1), Culture.grow(textbook(0), 1)]
    pulsed.advance(0.5, { count: 2, steps: [0, 0], neurons: [0, 0], amplitudesMv: [3, -1] })
    alone.advance(0.5)
    // three potentials around -65 mV are rounded to single precision: by up to 2^-18 each
    expect(Math.abs((pulsed.state.v[0] ?? NaN) - (alone.state.v[0] ?? NaN) - 2)).toBeLessThan(4 * 2 ** -18)
  })

  it('keeps the spikes of a step in the order of cells, also of those that a pulse made fire', () => {
    const options = { ...textbook(0, { regularSpiking: 0.5, fastSpiking: 0.5 }), neurons: 6, wiring: { meanInDegree: 0 } }
    const culture = Culture.grow(options, 1)
    // cells 2 and 3 fire by themselves
    culture.state.v.set([-65, -65, 29, 29, -65, -65])
    expect(spikesOf(culture, 0.5, fire([0, 5], [0, 3], [0, 0], [0, 4]))).toEqual([[0, 0], [0, 2], [0, 3], [0, 4], [0, 5]])
    const { steps, neurons } = culture.snapshot().flight
    expect([[...steps], [...neurons]]).toEqual([[0, 0, 0, 0, 0], [0, 2, 3, 4, 5]])
  })

  it('makes a cell fire once in a step, however many pulses meet in it', () => {
    const many = { count: 3, steps: [0, 0, 0], neurons: [0, 0, 0], amplitudesMv: [200, -200, 200] }
    expect(spikesOf(Culture.grow(textbook(0), 1), 5, many)).toEqual([[0, 0]])
  })

  it('pushes no cell so low that it rebounds or turns into NaN', () => {
    const culture = Culture.grow({ ...textbook(0), noise: { fastSd: 0, slowDishSd: 0, slowPatchSd: 0 } }, 1)
    expect(spikesOf(culture, 20, { count: 2, steps: [0, 0], neurons: [0, 0], amplitudesMv: [-1000, -1000] })).toEqual([])
    expect(culture.state.v[0]).toBeGreaterThan(-100)
  })

  it.each<[string, Partial<Depolarisations>]>([
    ['before the stretch', { steps: [19, 27] }],
    ['after the stretch', { steps: [25, 40] }],
  ])('%s is refused', (_, fields) => {
    const culture = small()
    culture.advance(10)
    expect(codeOf(() => culture.advance(10, pulse(fields)))).toBe('culture/stimulation-outside')
    expect(culture.step).toBe(20)
  })

  it.each<[string, Partial<Depolarisations>]>([
    ['unsorted steps', { steps: [7, 5] }],
    ['a NaN step', { steps: [5, NaN] }],
    ['half a step', { steps: [5.5, 7] }],
    ['a missing step', { steps: [5] }],
    ['an unknown cell', { neurons: [3, 100] }],
    ['a negative cell', { neurons: [-1, 3] }],
    ['half a cell', { neurons: [0.5, 3] }],
    ['a NaN amplitude', { amplitudesMv: [1, NaN] }],
    ['an absurd amplitude', { amplitudesMv: [1, 1001] }],
    ['a NaN count', { count: NaN }],
    ['a negative count', { count: -2 }],
    ['half a count', { count: 1.5 }],
  ])('with %s is refused, and nothing has happened', (_, fields) => {
    const culture = small()
    expect(codeOf(() => culture.advance(10, pulse(fields)))).toBe('culture/stimulation')
    expect(culture.step).toBe(0)
    expect(culture.state).toEqual(small().state)
  })
})

describe('weights', () => {
  it('can be handed from one culture to its twin', () => {
    const [trained, twin] = [small(5), small(5)]
    trained.advance(3000)
    twin.setWeights(trained.state.weight)
    expect(twin.state.weight).toEqual(trained.state.weight)
    expect(twin.state.weight).not.toBe(trained.state.weight)
  })

  it('are averaged over the excitatory synapses alone', () => {
    const synapses = [{ from: 0, to: 1, delay: 1, weight: 0.5 }, { from: 1, to: 2, delay: 3, weight: 1 }, { from: 2, to: 0, delay: 1, weight: 8 }]
    expect(wired(synapses, {}, 2, 1).meanExcitatoryWeight()).toBe(0.75)
    expect(wired([], {}, 2, 1).meanExcitatoryWeight()).toBeNaN()
  })

  it('are refused when they are too few, NaN, negative or infinite, and nothing changes', () => {
    const culture = small()
    const before = culture.state.weight.slice()
    for (const bad of [NaN, -1, Infinity]) {
      const weights = before.slice()
      weights[weights.length - 1] = bad
      expect(codeOf(() => culture.setWeights(weights))).toBe('culture/weights')
    }
    expect(codeOf(() => culture.setWeights(before.slice(1)))).toBe('culture/weights')
    // finite, but not in single precision
    expect(codeOf(() => callLoosely(culture, 'setWeights', new Float64Array(before.length).fill(1e300)))).toBe('culture/weights')
    expect(culture.state.weight).toEqual(before)
  })
})

describe('limits', () => {
  it('a potential that leaves the numbers ends the run, and the culture for good', () => {
    const culture = small(5)
    const before = culture.snapshot()
    culture.setWeights(culture.state.weight.slice().fill(3e38))
    const everyCell = fire(...Array.from({ length: 100 }, (_, i) => [0, i] as const))
    expect(codeOf(() => culture.advance(20, everyCell))).toBe('culture/not-finite')
    expect(codeOf(() => culture.advance(1))).toBe('culture/not-finite')
    expect(codeOf(() => Culture.restore(culture.snapshot()))).toBe('culture/snapshot')
    expect(codeOf(() => Culture.restore(before).advance(20, everyCell))).toBeUndefined()
  })

  it('a culture lives 2^31 - 1 - 10^9 steps', () => {
    const last = 2 ** 31 - 1 - 1e9
    const { state, ...rest } = small().snapshot()
    const old = Culture.restore({ ...rest, state: { ...state, step: last - 2 } })
    expect(codeOf(() => old.advance(1.5))).toBe('culture/too-old')
    expect(old.step).toBe(last - 2)
    old.advance(1, { count: 1, steps: [last - 1], neurons: [3], amplitudesMv: [300] })
    expect(codeOf(() => old.advance(0.5))).toBe('culture/too-old')
    expect(Culture.restore(old.snapshot()).state).toEqual(old.state)
  })
})

describe('options', () => {
  it.each([
    { neurons: 0 },
    { neurons: -5 },
    { neurons: 1.5 },
    { neurons: NaN },
    { neurons: 1e9 },
    { dishUm: NaN },
    { dishUm: -1 },
    { noise: { fastSd: -1 } },
    { noise: { fastSd: Infinity } },
    { wiring: { meanInDegree: NaN } },
    { synapses: { ampaShare: 1.2 } },
    { shortTerm: { excitatoryU: 0 } },
    { cells: { startLowMv: -60, startHighMv: -70 } },
    { rewardModulation: { dopamineTauMs: 0 } },
    { rewardModulation: { enabled: true }, stdp: { enabled: false } },
  ])('out of range are refused: %j', (options) => {
    expect(codeOf(() => Culture.grow(options as CultureOptions, 1))).toBe('parameter/invalid')
  })

  it('of the wrong type are refused', () => {
    for (const options of [{ neurons: '100' }, { stdp: { enabled: 1 } }, { noise: 3 }, null, 7]) {
      expect(codeOf(() => callLoosely(Culture, 'grow', options, 1))).toBe('parameter/invalid')
    }
  })

  it('that are misspelt are refused with the nearest key', () => {
    try {
      callLoosely(Culture, 'grow', { noise: { fastSD: 1 } }, 1)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(Bl1Error)
      expect(error).toMatchObject({ code: 'parameter/unknown', data: { path: 'noise.fastSD', suggestion: 'fastSd' } })
    }
  })

  it.each([{ neurons: 1000 }, { neurons: 1000, rewardModulation: { enabled: true } }, { neurons: 4000, stdp: { enabled: false } }, { neurons: 500, wiring: { conductionUmPerMs: 30 } }])(
    'tell the memory that a culture takes: all of it, at most a tenth too much: %j',
    (options) => {
      const { parameters, population, state } = Culture.grow(options, 1)
      const columns = Object.values(population).filter((value) => ArrayBuffer.isView(value))
      // the engine keeps everything else in one memory, whose first page is not the culture's and whose last is filled up
      const bytes = columns.reduce((sum, { byteLength }) => sum + byteLength, state.v.buffer.byteLength - 2 ** 17)
      expect(estimateBytes(parameters)).toBeGreaterThan(bytes)
      expect(estimateBytes(parameters)).toBeLessThan(1.1 * bytes)
    },
  )
})
