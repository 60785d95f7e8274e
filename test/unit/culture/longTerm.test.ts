/** STDP and homeostatic scaling, in the loop of the engine, against their closed forms. */
import { describe, expect, it } from 'vitest'
import { Culture, outgoingRows, type CultureOptions } from '../../../src/culture/index.js'
import { codeOf, fire, wired } from './cultures.js'

/** Releases next to nothing, so that no synapse can move its target: only forced spikes count. */
const WEAK = { shortTerm: { excitatoryU: 1e-9, inhibitoryU: 1e-9 } } as const
const PAIRS: CultureOptions = { ...WEAK, homeostasis: { enabled: false } }
const DELAY = 6

/** Weight of a synapse 0 -> 1 (unit of plasticity 1) after cells fired at these steps. */
const weightAfter = (weight: number, events: readonly (readonly [number, number])[], options: CultureOptions = PAIRS, from = 0): number => {
  const culture = wired([{ from, to: 1, delay: DELAY, weight }], options, 2, 1)
  culture.advance(200, fire(...events))
  return culture.state.weight[0] ?? NaN
}

/** The weight of most synapses here, 0.05 as columns hold it. */
const WEIGHT = Math.fround(0.05)
/**
 * Columns hold single precision: a change rounds a weight of 0.03 to 0.0625 by at most 2^-29 (1.9e-9), so that eight digits (5e-9) are
 * exact after two changes; what traces and scales add to that is a share of 2^-24 of the change.
 */
const ROUNDING = 2 ** -29

describe('STDP', () => {
  // amplitude 0.005 x exp(-dt / 20 ms)
  it.each([
    [0.5, 0.00487655],
    [10, 0.00303266],
    [20, 0.0018394],
    [50, 0.00041043],
  ])('gains when the target fires %d ms after the arrival', (afterMs, gain) => {
    expect(weightAfter(WEIGHT, [[10, 0], [10 + DELAY + afterMs * 2, 1]]) - WEIGHT).toBeCloseTo(gain, 7)
  })

  it.each([0.5, 10, 20, 50])('loses when the spike arrives %d ms after the target fired', (beforeMs) => {
    const arrival = 150
    const loss = WEIGHT - weightAfter(WEIGHT, [[arrival - beforeMs * 2, 1], [arrival - DELAY, 0]].sort(([a = 0], [b = 0]) => a - b) as [number, number][])
    expect(loss).toBeCloseTo(0.00525 * Math.exp(-beforeMs / 20), 8)
  })

  it('counts from the arrival, not from the presynaptic spike: a target that fires in between loses', () => {
    expect(weightAfter(WEIGHT, [[10, 0], [10 + DELAY - 1, 1]])).toBeLessThan(WEIGHT)
    expect(weightAfter(WEIGHT, [[10, 0], [10 + DELAY, 1]])).toBeCloseTo(WEIGHT + 0.005, 8)
  })

  it('adds up over pairs: every arrival with every later spike', () => {
    const events: [number, number][] = [[10, 0], [20, 0], [40, 1], [60, 1]]
    const pairs = [24, 14, 44, 34].reduce((sum, steps) => sum + Math.exp(-steps / 40), 0)
    expect(weightAfter(WEIGHT, events) - WEIGHT).toBeCloseTo(0.005 * pairs, 8)
  })

  it('stops at the cap, and leaves a weight that was drawn above it where it is', () => {
    expect(weightAfter(1.999, [[10, 0], [10 + DELAY, 1]])).toBe(2)
    expect(weightAfter(2.5, [[10, 0], [10 + DELAY, 1]])).toBe(2.5)
    expect(weightAfter(2.5, [[10, 0]])).toBe(2.5)
    // here a change rounds by up to 2^-23 (1.2e-7)
    expect(weightAfter(2.5, [[10, 1], [14, 0]])).toBeCloseTo(2.5 - 0.00525 * Math.exp(-10 / 40), 6)
  })

  it('stops at 0, from where a synapse can come back', () => {
    expect(weightAfter(0.001, [[10, 1], [14, 0]])).toBe(0)
    expect(weightAfter(0, [[10, 0], [10 + DELAY, 1]])).toBeCloseTo(0.005, 8)
  })

  it('never touches inhibitory synapses', () => {
    expect(weightAfter(WEIGHT, [[10, 2], [20, 1], [30, 2], [40, 1]], PAIRS, 2)).toBe(WEIGHT)
    const culture = Culture.grow({ neurons: 300 }, 4)
    const { network, population } = culture
    const initialWeight = culture.state.weight.slice()
    culture.advance(4000)
    const [firstInhibitory] = outgoingRows(network, population.excitatory)
    expect(culture.state.weight.subarray(firstInhibitory)).toEqual(initialWeight.subarray(firstInhibitory))
    expect(culture.state.weight.subarray(0, firstInhibitory)).not.toEqual(initialWeight.subarray(0, firstInhibitory))
  })

  it('changes nothing when it is off, by parameter or by switch', () => {
    const culture = Culture.grow({ neurons: 300, homeostasis: { enabled: false } }, 4)
    culture.setPlasticity({ stdp: false })
    const never = Culture.grow({ neurons: 300, homeostasis: { enabled: false }, stdp: { enabled: false } }, 4)
    for (const frozen of [culture, never]) {
      const initialWeight = frozen.state.weight.slice()
      expect(frozen.advance(3000).count).toBeGreaterThan(100)
      expect(frozen.state.weight).toEqual(initialWeight)
    }
  })

  it('cannot be switched on in a culture grown without it, and nothing changes', () => {
    const culture = Culture.grow({ neurons: 50, stdp: { enabled: false } }, 4)
    expect(codeOf(() => culture.setPlasticity({ stdp: true, homeostasis: false }))).toBe('culture/no-stdp')
    expect(culture.plasticity).toEqual({ stdp: false, homeostasis: true })
    culture.setPlasticity({ stdp: false, homeostasis: false })
    expect(culture.plasticity).toEqual({ stdp: false, homeostasis: false })
  })

  it.each([
    ['arrivals', 0, 1],
    ['spikes', 1, 0],
  ])('starts without memory of %s when it is switched on', (_, before, after) => {
    const culture = wired([{ from: 0, to: 1, delay: 1, weight: WEIGHT }], PAIRS)
    culture.advance(5, fire([0, before]))
    culture.setPlasticity({ stdp: false })
    culture.setPlasticity({ stdp: true })
    culture.advance(5, fire([12, after]))
    expect(culture.state.weight[0]).toBe(WEIGHT)
  })
})

describe('homeostatic scaling', () => {
  const square = [0, 2].flatMap((from) => [1, 3].map((to) => ({ from, to, delay: 1, weight: WEIGHT })))
  const grown = (homeostasis: NonNullable<NonNullable<CultureOptions>['homeostasis']>, weight = WEIGHT): Culture =>
    wired(square.map((synapse) => ({ ...synapse, weight })), { ...WEAK, stdp: { enabled: false }, homeostasis }, 2, 2)
  /** Weights of E->E, E->I, I->E, I->I. */
  const weights = (culture: Culture): number[] => [...culture.state.weight]

  it('acts on its own clock: nothing before the interval is over', () => {
    const culture = grown({ intervalMs: 200, targetRateHz: 5 })
    culture.advance(199.5)
    expect(weights(culture)).toEqual([WEIGHT, WEIGHT, WEIGHT, WEIGHT])
    culture.advance(0.5)
    expect(culture.state.weight[0]).toBeGreaterThan(WEIGHT)
  })

  it('raises E->E alone while the target cell is too quiet: w (1 + gain interval (target - rate))', () => {
    const culture = grown({ targetRateHz: 5, gainPerHzPerSecond: 1e-3, rateTauMs: 10_000, intervalMs: 1000 })
    let [rateHz, weight] = [5, WEIGHT]
    for (let second = 0; second < 5; second++) {
      culture.advance(1000)
      rateHz *= Math.exp(-0.1)
      weight *= 1 + 1e-3 * (5 - rateHz)
      expect(Math.abs((weights(culture)[0] ?? NaN) - weight)).toBeLessThan((second + 1.1) * ROUNDING)
      expect(weights(culture).slice(1)).toEqual([WEIGHT, WEIGHT, WEIGHT])
    }
  })

  it('lowers E->E alone while the target cell is too busy, and follows its rate', () => {
    const culture = grown({ targetRateHz: 5, gainPerHzPerSecond: 1e-3, rateTauMs: 10_000 })
    const busy = fire(...Array.from({ length: 20 }, (_, k) => [100 * k, 1] as const), ...Array.from({ length: 20 }, (_, k) => [100 * k + 50, 3] as const))
    const order = Array.from(busy.steps, (_, k) => k).sort((a, b) => (busy.steps[a] ?? 0) - (busy.steps[b] ?? 0))
    culture.advance(1000, { ...busy, steps: order.map((k) => busy.steps[k] ?? 0), neurons: order.map((k) => busy.neurons[k] ?? 0) })
    const rateHz = 5 * Math.exp(-0.1) + 20 * (1 - Math.exp(-0.1))
    // half the last bit of a number from 4 to 8
    expect(Math.abs((culture.state.rateHz[1] ?? NaN) - rateHz)).toBeLessThanOrEqual(2 ** -22)
    expect(Math.abs((weights(culture)[0] ?? NaN) - WEIGHT * (1 + 1e-3 * (5 - rateHz)))).toBeLessThan(1.1 * ROUNDING)
    expect(weights(culture).slice(1)).toEqual([WEIGHT, WEIGHT, WEIGHT])
  })

  it('stops at its limits and never moves a weight that lies beyond them already', () => {
    const up = { targetRateHz: 50, gainPerHzPerSecond: 0.1, intervalMs: 100, rateTauMs: 100, weightCap: 4 }
    const [strong, stronger] = [grown(up, 3.9), grown(up, 5)]
    for (const culture of [strong, stronger]) culture.advance(1000)
    expect([strong.state.weight[0], stronger.state.weight[0]]).toEqual([4, 5])
    const down = { targetRateHz: 0, gainPerHzPerSecond: 0.1, intervalMs: 500, rateTauMs: 100, weightFloor: 0.02 }
    const [weak, weaker] = [grown(down, 0.0201), grown(down, 0.01)]
    for (const culture of [weak, weaker]) culture.advance(1000, fire(...Array.from({ length: 100 }, (_, k) => [20 * k, 1] as const)))
    expect([weak.state.weight[0], weaker.state.weight[0]]).toEqual([0.02, 0.01].map(Math.fround))
  })

  it('leaves an absent synapse (weight 0) absent', () => {
    const culture = grown({ targetRateHz: 50, gainPerHzPerSecond: 0.1 }, 0)
    culture.advance(3000)
    expect(weights(culture)).toEqual([0, 0, 0, 0])
  })

  it('changes nothing when it is off', () => {
    const culture = grown({ targetRateHz: 50, enabled: false })
    culture.advance(3000)
    expect(weights(culture)).toEqual([WEIGHT, WEIGHT, WEIGHT, WEIGHT])
  })
})
