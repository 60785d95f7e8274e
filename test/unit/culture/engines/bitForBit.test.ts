/** The fast engine against the reference rounded to single precision: every spike and every bit of every column. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../../../src/culture/engine/createEngine.js'
import { chunkStepsOf } from '../../../../src/culture/engine/wasm/columns.js'
import type { CultureOptions } from '../../../../src/culture/index.js'
import { Rng } from '../../../../src/rng.js'
import { wired } from '../cultures.js'
import { expectSameRun, randomPulses, referenceOf, reward, twins, volleys } from './twins.js'

/** Homeostasis that acts many times a run, with an interval that is no power of two. */
const HASTY = { homeostasis: { intervalMs: 30, gainPerHzPerSecond: 0.05, rateTauMs: 200 } } as const
const BUSY = { ...HASTY, cells: { bias: 4 } } as const
/** Rewards on a clock that is not that of homeostasis, and some dopamine without them. */
const REWARDED = { rewardModulation: { enabled: true, intervalMs: 3.5, baselineDopamine: 0.001 } } as const

/** Runs a culture over the border of a chunk, first alone and then under random pulses, with rewards in between; returns how many spikes came. */
const expectSameCulture = (options: NonNullable<CultureOptions>, seed: number, steps = chunkStepsOf(options.neurons ?? 1000) + 50, threads = 1): number => {
  const [fast, reference] = twins(options, seed, 'single', threads)
  let spikes = expectSameRun(fast, reference, 1)
  reward([fast, reference], 0.2)
  spikes += expectSameRun(fast, reference, steps)
  reward([fast, reference], -0.07)
  spikes += expectSameRun(fast, reference, 333, randomPulses(Rng.fromSeed(seed), fast.state.v.length, fast.state.step, 333))
  spikes += expectSameRun(fast, reference, 50)
  fast.close()
  return spikes
}

describe('the fast engine is the reference in single precision, bit for bit', () => {
  it.each<[string, NonNullable<CultureOptions>]>([
    ['the calibrated culture', { neurons: 300 }],
    ['one that is busy', { neurons: 300, ...BUSY }],
    ['one of more than a thousand cells', { neurons: 1203, ...BUSY }],
    ['without short-term plasticity', { neurons: 120, ...BUSY, shortTerm: { enabled: false } }],
    ['without magnesium', { neurons: 120, ...BUSY, synapses: { magnesiumMm: 0 } }],
    ['with a lot of magnesium', { neurons: 120, ...BUSY, synapses: { magnesiumMm: 10 } }],
    ['with other reversals and shares', { neurons: 120, ...BUSY, synapses: { excitatoryReversalMv: 12, ampaShare: 0.9, gabaAShare: 0.4 } }],
    ['with rewards', { neurons: 300, ...BUSY, ...REWARDED }],
    ['grown without STDP', { neurons: 120, ...BUSY, stdp: { enabled: false } }],
    ['without noise', { neurons: 120, ...BUSY, noise: { fastSd: 0, slowDishSd: 0, slowPatchSd: 0 } }],
    ['with slow noise in many patches', { neurons: 120, ...BUSY, noise: { slowTauMs: 60, slowDishSd: 2, slowPatchSd: 3, patchUm: 80 } }],
    ['with axons as slow as they can be', { neurons: 100, ...BUSY, dishUm: 3000, wiring: { conductionUmPerMs: 20, lengthConstantUm: 2000 } }],
    ['without synapses', { neurons: 50, ...BUSY, wiring: { meanInDegree: 0 } }],
    ['of excitatory cells alone', { neurons: 61, ...BUSY, cells: { bias: 4, fastSpiking: { share: 0 }, lowThresholdSpiking: { share: 0 } } }],
    ['of inhibitory cells alone', { neurons: 61, ...BUSY, cells: { bias: 4, regularSpiking: { share: 0 }, intrinsicallyBursting: { share: 0 }, chattering: { share: 0 }, fastSpiking: { share: 0.5 }, lowThresholdSpiking: { share: 0.5 } } }],
  ])('%s', (_, options) => {
    expect(expectSameCulture(options, 11)).toBeGreaterThan(100)
  })

  it('with delays of up to 255 steps', () => {
    const [, reference] = twins({ neurons: 100, dishUm: 3000, wiring: { conductionUmPerMs: 10, lengthConstantUm: 2000 } }, 11)
    expect(reference.network.maxDelaySteps).toBe(255)
    expect(expectSameCulture({ neurons: 100, ...BUSY, dishUm: 3000, wiring: { conductionUmPerMs: 10, lengthConstantUm: 2000 } }, 11)).toBeGreaterThan(100)
  })

  // around the four cells of a vector and the sixteen of a cache line
  it.each([1, 2, 3, 4, 5, 7, 15, 16, 17, 31, 33, 65])('%i cells', (neurons) => {
    for (const seed of [1, 2]) expectSameCulture({ neurons, ...BUSY }, seed, 400)
    expectSameCulture({ neurons, ...BUSY }, 3)
  })

  // axons that are full, and spikes that come faster than STDP remembers them
  it.each([1, 14, 15, 16, 17, 31, 32, 33])('%i cells of which all fire in every step', (neurons) => {
    const [fast, reference] = twins({ neurons, ...BUSY, dishUm: 1500, wiring: { conductionUmPerMs: 30, lengthConstantUm: 2000 } }, 2)
    expect(expectSameRun(fast, reference, 150, volleys(neurons, 0, 150))).toBe(neurons * 150)
    for (const steps of [15, 30]) expectSameRun(fast, reference, 90, volleys(neurons, fast.state.step, steps))
  })

  it('with STDP and homeostasis switched off and on on the way', () => {
    const [fast, reference] = twins({ neurons: 150, ...BUSY, ...REWARDED }, 5)
    for (const switches of [{ stdp: false, homeostasis: true }, { stdp: false, homeostasis: false }, { stdp: true, homeostasis: false }, { stdp: true, homeostasis: true }]) {
      for (const engine of [fast, reference]) Object.assign(engine.plasticity, switches)
      reward([fast, reference], 0.1)
      expect(expectSameRun(fast, reference, 500)).toBeGreaterThan(50)
    }
  })

  it('from weights, potentials and conductances that somebody wrote between two calls', () => {
    const [fast, reference] = twins({ neurons: 150, ...BUSY }, 5)
    expectSameRun(fast, reference, 100)
    for (const { state } of [fast, reference]) {
      state.weight.forEach((weight, k) => (state.weight[k] = k % 3 === 0 ? 0 : weight * 1.7))
      state.v.fill(29, 40, 60)
      state.gabaBDecay.fill(0.3, 0, 33)
    }
    expectSameRun(fast, reference, 700)
  })

  it('with synapses of one cell onto itself and twice onto the same', () => {
    const synapses = [0, 0, 1, 2, 3, 3].flatMap((from, k) => [0, 1, 1, 3].map((to) => ({ from, to, delay: 1 + ((k + to) % 3), weight: 0.4 })))
    const snapshot = wired(synapses, HASTY, 3, 1, 6).snapshot()
    expect(expectSameRun(createEngine(snapshot, { threads: 1 }), referenceOf(snapshot, 'single'), 2100)).toBeGreaterThan(20)
  })

  it('with rewards that come at any step, turn marks into weight, and are forgotten to the last bit', () => {
    const [fast, reference] = twins({ neurons: 80, ...BUSY, stdp: { weightCap: 1 }, rewardModulation: { enabled: true, eligibilityTauMs: 40, dopamineTauMs: 15 } }, 7)
    const before = fast.state.weight.slice()
    for (const [k, steps] of [1, 19, 20, 7, 300, 41, 2200].entries()) {
      reward([fast, reference], [0.3, -0.2, 0.7][k % 3] ?? 0)
      expectSameRun(fast, reference, steps, randomPulses(Rng.fromSeed(k), 80, fast.state.step, steps))
    }
    expect(fast.state.weight).not.toEqual(before)
    expect(fast.state.eligibility.some((mark) => mark > 0)).toBe(true)
    expect(fast.state.dopamine).toBe(0)
  })

  it('whatever the parameters, seed and pulses', { timeout: 60_000 }, () => {
    const options = fc.record({
      neurons: fc.integer({ min: 1, max: 50 }),
      dishUm: fc.constantFrom('scaled', 500, 3000),
      cells: fc.record({ bias: fc.integer({ min: -3, max: 12 }), biasSd: fc.constantFrom(0, 2), variability: fc.constantFrom(0, 0.2) }),
      noise: fc.record({ fastSd: fc.constantFrom(0, 2, 8), slowDishSd: fc.constantFrom(0, 0.9), slowPatchSd: fc.constantFrom(0, 0.7), patchUm: fc.constantFrom(90, 1000) }),
      wiring: fc.record({ meanInDegree: fc.integer({ min: 0, max: 40 }), conductionUmPerMs: fc.constantFrom(10, 25, 300) }),
      synapses: fc.record({ excitatoryTotal: fc.constantFrom(4, 16, 100), magnesiumMm: fc.constantFrom(0, 1, 3), ampaShare: fc.constantFrom(0, 0.3, 1), gabaAShare: fc.constantFrom(0, 0.98, 1) }),
      shortTerm: fc.record({ enabled: fc.boolean(), excitatoryU: fc.constantFrom(0.1, 0.45, 1), inhibitoryU: fc.constantFrom(0.05, 0.6) }),
      afterhyperpolarisation: fc.record({ stepConductance: fc.constantFrom(0, 0.06), tauMs: fc.constantFrom(100, 7000) }),
      stdp: fc.record({ enabled: fc.boolean(), amplitudePlus: fc.constantFrom(0.005, 0.2), amplitudeMinus: fc.constantFrom(0.005, 0.2), tauPlusMs: fc.constantFrom(7, 20), tauMinusMs: fc.constantFrom(20, 33) }),
      rewardModulation: fc.record({ enabled: fc.boolean(), eligibilityTauMs: fc.constantFrom(20, 1000), dopamineTauMs: fc.constantFrom(9, 200), baselineDopamine: fc.constantFrom(0, 0.002), intervalMs: fc.constantFrom(1, 10, 33) }),
      homeostasis: fc.record({ intervalMs: fc.constantFrom(1, 7, 130), gainPerHzPerSecond: fc.constantFrom(1e-4, 0.1), rateTauMs: fc.constantFrom(90, 10_000), targetRateHz: fc.constantFrom(0, 0.3, 30) }),
    })
    const property = fc.property(options, fc.nat(), fc.integer({ min: 1, max: 2300 }), (chosen, seed, steps) => {
      const { stdp, rewardModulation } = chosen
      const rewards = { ...rewardModulation, enabled: rewardModulation.enabled && stdp.enabled }
      expectSameCulture({ ...chosen, rewardModulation: rewards } as NonNullable<CultureOptions>, seed, steps)
    })
    fc.assert(property, { numRuns: 60, seed: 20_260_401 })
  })
})
