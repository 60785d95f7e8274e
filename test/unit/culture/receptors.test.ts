/** Receptors: kinetics, split of the weight, delays, and the stability of the integration. */
import { describe, expect, it } from 'vitest'
import { Culture } from '../../../src/culture/index.js'
import { magnesiumUnblocked, peakNormalisation } from '../../../src/culture/receptors.js'
import { fire, spikesOf, textbook, wired } from './cultures.js'

/** Every spike releases its whole weight. */
const FULL_RELEASE = { shortTerm: { enabled: false, excitatoryU: 1, inhibitoryU: 1 } } as const

describe('receptor kinetics', () => {
  it('AMPA decays with 2 ms: 0.77880 after one step, nothing after 200', () => {
    const culture = Culture.grow(textbook(0), 1)
    culture.state.ampa[0] = 1
    culture.advance(0.5)
    expect(culture.state.ampa[0]).toBeCloseTo(0.7788, 5)
    culture.advance(99.5)
    expect(culture.state.ampa[0]).toBeLessThan(1e-10)
  })

  // Jahr & Stevens 1990, Eq. 4
  it('magnesium leaves 0.05967 of NMDA open at -65 mV, 0.78118 at 0 mV, ever more with potential', () => {
    expect(magnesiumUnblocked(-65, 1)).toBeCloseTo(0.05967, 5)
    expect(magnesiumUnblocked(0, 1)).toBeCloseTo(0.78118, 5)
    for (let v = -150; v < 60; v += 0.5) {
      expect(magnesiumUnblocked(v + 0.5, 1)).toBeGreaterThan(magnesiumUnblocked(v, 1))
      expect(magnesiumUnblocked(v, 1)).toBeCloseTo(1 / (1 + Math.exp(-0.062 * v) / 3.57), 5)
    }
    expect(magnesiumUnblocked(-80, 0)).toBe(1)
  })

  it('NMDA is 0 when the spike arrives and peaks at 1 after 8.0 ms', () => {
    const culture = wired([{ from: 0, to: 1, delay: 1, weight: 1 }], { ...FULL_RELEASE, synapses: { ampaShare: 0 } })
    culture.advance(0.5, fire([0, 0]))
    const trace = Array.from({ length: 60 }, () => {
      culture.advance(0.5)
      return (culture.state.nmdaDecay[1] ?? NaN) - (culture.state.nmdaRise[1] ?? NaN)
    })
    expect(trace[0]).toBe(0)
    expect(trace.indexOf(Math.max(...trace)) / 2).toBe(8)
    expect(Math.max(...trace)).toBeCloseTo(0.9999993, 6)
  })

  it('GABA_B peaks at 1 after 81.5 ms', () => {
    const culture = wired([{ from: 1, to: 0, delay: 1, weight: 1 }], { ...FULL_RELEASE, synapses: { gabaAShare: 0 } }, 1, 1)
    culture.advance(0.5, fire([0, 1]))
    const trace = Array.from({ length: 300 }, () => {
      culture.advance(0.5)
      return (culture.state.gabaBDecay[0] ?? NaN) - (culture.state.gabaBRise[0] ?? NaN)
    })
    expect(trace.indexOf(Math.max(...trace)) / 2).toBe(81.5)
    expect(Math.max(...trace)).toBeCloseTo(1, 5)
  })

  it('normalises equal rise and decay too', () => {
    expect(Number.isFinite(peakNormalisation(5, 5))).toBe(true)
  })
})

describe('a spike on its way', () => {
  /*
   * Two regular-spiking cells, 40 units into cell 0 alone: it fires at steps 3 and 7. Conductances of two arrivals of 0.05, 2 ms apart, of
   * which half the last digit is 5e-8; decay factors, gains, products and sums round them by some 12 x 2^-24 of 0.11: 8e-8.
   */
  const TOLERANCE = 1.3e-7
  it('adds up with the one before it, on both receptors', () => {
    const grown = wired([{ from: 0, to: 1, delay: 1, weight: 0.1 }], { ...FULL_RELEASE, synapses: { ampaShare: 0.5 } }, 2, 0, 0)
    const { population, ...rest } = grown.snapshot()
    const culture = Culture.restore({ ...rest, population: { ...population, bias: Float32Array.of(40, 0) } })
    expect(spikesOf(culture, 4.5).map(([step]) => step)).toEqual([3, 7])
    expect(Math.abs(culture.state.ampa[1] - 0.068394)).toBeLessThan(TOLERANCE)
    expect(Math.abs(culture.state.nmdaRise[1] - 0.07559)).toBeLessThan(TOLERANCE)
    expect(Math.abs(culture.state.nmdaDecay[1] - 0.1094273)).toBeLessThan(TOLERANCE)
  })

  it('arrives after the delay of each synapse, not before', () => {
    const synapses = [{ from: 0, to: 2, delay: 1, weight: 1 }, { from: 1, to: 2, delay: 3, weight: 2 }]
    const culture = wired(synapses, { ...FULL_RELEASE, synapses: { ampaShare: 1 } }, 3)
    culture.advance(0.5, fire([0, 0], [0, 1]))
    const arrivals = Array.from({ length: 4 }, () => {
      const before = culture.state.ampa[2] ?? NaN
      culture.advance(0.5)
      return (culture.state.ampa[2] ?? NaN) - before * Math.exp(-0.25)
    })
    // a conductance below 4 is rounded to single precision by at most 2^-23
    for (const [k, expected] of [1, 0, 2, 0].entries()) expect(Math.abs((arrivals[k] ?? NaN) - expected)).toBeLessThanOrEqual(2 ** -23)
  })

  it('may take longer than the interval to the next one', () => {
    const culture = wired([{ from: 0, to: 1, delay: 40, weight: 1 }], { ...FULL_RELEASE, synapses: { ampaShare: 1 } })
    culture.advance(10, fire([0, 0], [5, 0], [19, 0]))
    const arrivals: number[] = []
    for (let step = 20; step < 70; step++) {
      const before = culture.state.ampa[1] ?? NaN
      culture.advance(0.5)
      if ((culture.state.ampa[1] ?? NaN) > before + 0.1) arrivals.push(step)
    }
    expect(arrivals).toEqual([40, 45, 59])
  })

  it('excites through an excitatory cell and inhibits through an inhibitory one', () => {
    const potentials = (from: number): number => {
      const culture = wired([{ from, to: 1, delay: 1, weight: 0.5 }], FULL_RELEASE, 2, 1, 2)
      const alone = wired([], FULL_RELEASE, 2, 1, 2)
      culture.advance(4, fire([0, from]))
      alone.advance(4, fire([0, from]))
      return (culture.state.v[1] ?? NaN) - (alone.state.v[1] ?? NaN)
    }
    expect(potentials(0)).toBeGreaterThan(1)
    expect(potentials(2)).toBeLessThan(-1)
  })
})

describe('integration', () => {
  // Forward Euler oscillates from a conductance of 4 on and makes the cell fire from 8 on (dt g > 2).
  it.each([4, 8, 16, 200, 1e4])('never makes a cell fire by inhibition alone: conductance %d', (conductance) => {
    const culture = Culture.grow(textbook(0), 1)
    for (let step = 0; step < 40; step++) {
      culture.state.gabaA[0] = conductance
      expect(culture.advance(0.5).count).toBe(0)
      expect(culture.state.v[0]).toBeGreaterThan(-80)
      expect(culture.state.v[0]).toBeLessThan(-60)
    }
    expect(culture.state.v[0]).toBeCloseTo(-75, -1)
  })

  it('moves towards the excitatory reversal, never past it, under any excitation', () => {
    const culture = Culture.grow(textbook(-10), 1)
    culture.state.ampa[0] = 1e6
    expect(culture.advance(0.5).count).toBe(0)
    expect(culture.state.v[0]).toBeCloseTo(0, 2)
  })

  it('is slowed down by the after-hyperpolarisation of excitatory cells alone', () => {
    const slow = { afterhyperpolarisation: { stepConductance: 0.06 } }
    const excitatory = Culture.grow({ ...textbook(10), ...slow }, 1)
    expect(excitatory.advance(1000).count).toBeLessThan(12)
    expect(excitatory.state.afterhyperpolarisation[0]).toBeGreaterThan(0.06)
    expect(Culture.grow({ ...textbook(10, { fastSpiking: 1 }), ...slow }, 1).advance(1000).count).toBe(114)
  })
})
