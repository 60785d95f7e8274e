/** Reward-modulated STDP in the loop of the engine, against its closed form. */
import { describe, expect, it } from 'vitest'
import { Culture, type CultureOptions } from '../../../src/culture/index.js'
import { Rng } from '../../../src/rng.js'
import { codeOf, fire, wired } from './cultures.js'

/** Releases next to nothing, so that no synapse can move its target: only forced spikes count. */
const RULE: CultureOptions = {
  shortTerm: { excitatoryU: 1e-9, inhibitoryU: 1e-9 },
  homeostasis: { enabled: false },
  rewardModulation: { enabled: true },
}
/** Time constants of the eligibility and of the weight: 1 / tau = 1 / 1000 + 1 / 200, ms. */
const TAU_C = 1000
const TAU = 1 / (1 / TAU_C + 1 / 200)
const DELAY = 6
const WEIGHT = Math.fround(0.05)
/** Within the first 10 ms: cell 1 fires 5 ms after the spike of cell 0 has arrived, or 5 ms before. */
const GAIN = fire([2, 0], [2 + DELAY + 10, 1])
const LOSS = fire([2, 1], [2 + 10 - DELAY, 0])
const GAINED = 0.005 * Math.exp(-5 / 20)
const LOST = -0.00525 * Math.exp(-5 / 20)

const pair = (weight = WEIGHT, options: CultureOptions = RULE): Culture => wired([{ from: 0, to: 1, delay: DELAY, weight }], options)
const weightOf = (culture: Culture): number => culture.state.weight[0] ?? NaN

/**
 * Each tick rounds a weight below 1/16 by at most 2^-29 and the eligibility by 2^-24 of itself, so that after n ticks what was added is
 * wrong by at most n 2^-24 of itself.
 */
const expectAdded = (culture: Culture, added: number): void => {
  const ticks = culture.timeMs / 10
  expect(Math.abs(weightOf(culture) - WEIGHT - added)).toBeLessThanOrEqual(ticks * (2 ** -29 + 2 ** -24 * Math.abs(added)))
}

describe('a pair of spikes', () => {
  it.each([
    ['an arrival and then a spike', GAIN, GAINED],
    ['a spike and then an arrival', LOSS, LOST],
  ])('%s, marks its synapse, which fades, and leaves the weight alone', (_, events, mark) => {
    const culture = pair()
    culture.advance(9.5, events)
    expect(culture.state.eligibility[0]).toBeCloseTo(mark, 9)
    culture.advance(990.5)
    expect(culture.state.eligibility[0]).toBeCloseTo(mark / Math.E, 8)
    culture.advance(60_000)
    expect(culture.state.eligibility[0]).toBe(0)
    expect(weightOf(culture)).toBe(WEIGHT)
  })

  it('turns into weight by itself where there is dopamine without rewards: c baseline tau_c (1 - exp(-t / tau_c))', () => {
    // the author's script: 0.002 every 10 ms
    const culture = pair(WEIGHT, { ...RULE, rewardModulation: { enabled: true, baselineDopamine: 0.0002 } })
    culture.advance(100, GAIN)
    expectAdded(culture, GAINED * 0.0002 * TAU_C * (1 - Math.exp(-0.1)))
    culture.advance(3000)
    expectAdded(culture, GAINED * 0.0002 * TAU_C * (1 - Math.exp(-3.1)))
  })
})

describe('a reward', () => {
  it.each([
    ['strengthens what gained', GAIN, GAINED, 0.01],
    ['weakens what lost', LOSS, LOST, 0.01],
    ['that is negative weakens what gained', GAIN, GAINED, -0.01],
    ['that is negative strengthens what lost', LOSS, LOST, -0.01],
  ])('%s, a second later: c d tau (1 - exp(-t / tau))', (_, events, mark, amount) => {
    const culture = pair()
    culture.advance(1000, events)
    culture.reward(amount)
    expect(culture.state.dopamine).toBe(amount)
    const added = (afterMs: number): number => (mark / Math.E) * amount * TAU * (1 - Math.exp(-afterMs / TAU))
    for (const [moreMs, afterMs] of [[9.5, 0], [0.5, 10], [190, 200], [2800, 3000]] as const) {
      culture.advance(moreMs)
      expectAdded(culture, added(afterMs))
    }
    expect(culture.state.dopamine).toBeCloseTo(amount * Math.exp(-3000 / 200), 12)
    // 10 ms later is 1 % of the eligibility less
    expect(Math.sign(weightOf(culture) - WEIGHT)).toBe(Math.sign(mark * amount))
  })

  it('acts as long as it lasts on what is marked later: rewards and marks add up', () => {
    const culture = pair()
    culture.reward(0.004)
    culture.reward(0.006)
    culture.advance(400, GAIN)
    // of what the first pair's spikes make with those of the second, e^-20 is left
    culture.advance(1000, fire([802, 0], [802 + DELAY + 10, 1]))
    const left = 0.01 * Math.exp(-400 / 200)
    const marked = GAINED * (1 + Math.exp(-400 / TAU_C))
    expectAdded(culture, TAU * (GAINED * 0.01 * (1 - Math.exp(-400 / TAU)) + marked * left * (1 - Math.exp(-1000 / TAU))))
  })

  it('within an interval of the clock counts from its beginning', () => {
    const [early, late] = [pair(), pair()]
    early.advance(50, GAIN)
    late.advance(50, GAIN)
    early.reward(0.01)
    late.advance(9.5)
    late.reward(0.01)
    early.advance(20)
    late.advance(10.5)
    expect(late.state).toEqual(early.state)
  })

  it('comes before homeostasis where both clocks strike', () => {
    const homeostasis = { intervalMs: 1000, targetRateHz: 50, gainPerHzPerSecond: 0.1, rateTauMs: 10_000 }
    const culture = pair(WEIGHT, { ...RULE, homeostasis, rewardModulation: { enabled: true, intervalMs: 1000 } })
    culture.reward(0.01)
    culture.advance(1000, GAIN)
    const rateHz = 50 * Math.exp(-0.1) + (1 - Math.exp(-0.1))
    const rewarded = WEIGHT + GAINED * 0.01 * TAU * (1 - Math.exp(-1000 / TAU))
    expect(weightOf(culture)).toBeCloseTo(rewarded * (1 + 0.1 * (50 - rateHz)), 7)
  })

  it('reaches the synapses that pairs have marked and no other, and never inhibitory ones', () => {
    const rows = [[0, 1], [0, 3], [2, 1], [2, 3], [4, 1], [4, 3]].map(([from = 0, to = 0]) => ({ from, to, delay: 1, weight: WEIGHT }))
    const culture = wired(rows, RULE, 4, 1)
    // cells 0 and the inhibitory 4 fire before 1; cell 2 has fired long before
    culture.advance(1000, fire([0, 2], [400, 0], [400, 4], [405, 1]))
    culture.reward(0.01)
    culture.advance(1000)
    const [paired, ...others] = culture.state.weight
    expect(paired).toBeGreaterThan(WEIGHT + 1e-4)
    // e^-10 of a pair's mark is left of what cell 2 sent 200 ms before: a difference of less than 1e-6
    expect(others.filter((weight) => Math.abs(weight - WEIGHT) > 1e-6)).toEqual([])
    expect(culture.state.eligibility).toHaveLength(4)
  })

  it('solves the distal reward problem: of thirty synapses, the one whose pairs are followed by a late reward wins', () => {
    const cells = [0, 1, 2, 3, 4, 5]
    const rows = cells.flatMap((from) => cells.filter((to) => to !== from).map((to) => ({ from, to, delay: 1, weight: 0.5 })))
    for (const seed of [1, 2, 3]) {
      const culture = wired(rows, RULE, 6)
      const rng = Rng.fromSeed(seed)
      for (let trial = 0; trial < 150; trial++) {
        const order = rng.shuffle([...cells])
        // one after the other, 5 ms apart
        culture.advance(500, fire(...order.map((cell, k) => [culture.step + 10 * k, cell] as const)))
        if (order.indexOf(1) === order.indexOf(0) + 1) culture.reward(0.05)
        culture.advance(500)
      }
      const { weight } = culture.state
      // of cell 0 the rows come first, in the order of their targets
      expect(weight.indexOf(Math.max(...weight))).toBe(0)
      expect(weight[0]).toBeGreaterThan(0.6)
    }
  })

  it('stops at the cap and at 0, and leaves a weight that was drawn above the cap where it is', () => {
    const rewarded = (weight: number, amount: number): number => {
      const culture = pair(weight)
      culture.advance(10, GAIN)
      culture.reward(amount)
      culture.advance(2000)
      return weightOf(culture)
    }
    expect([rewarded(1.9, 10), rewarded(2.5, 10), rewarded(0.1, -10), rewarded(0, 0.01)]).toEqual([2, 2.5, 0, expect.any(Number)])
    expect(rewarded(0, 0.01)).toBeGreaterThan(0.001)
    expect(rewarded(2.5, -0.01)).toBeLessThan(2.5)
  })

  it('is lost while STDP is off, when nothing is marked or changed; switched on it starts without memory', () => {
    const culture = pair()
    culture.advance(100, GAIN)
    culture.reward(0.01)
    culture.setPlasticity({ stdp: false })
    const { weight, eligibility, dopamine } = culture.snapshot().state
    culture.reward(1)
    culture.advance(500, fire([210, 0], [220, 1]))
    expect(culture.state).toMatchObject({ weight, eligibility, dopamine })
    culture.setPlasticity({ stdp: true })
    expect([culture.state.dopamine, ...culture.state.eligibility]).toEqual([0, 0])
    culture.reward(0.01)
    culture.advance(500)
    expect(culture.state.weight).toEqual(weight)
  })

  it('is refused by a culture without the rule, and where it is no finite number; nothing changes', () => {
    const without = Culture.grow({ neurons: 20 }, 1)
    expect(codeOf(() => without.reward(1))).toBe('culture/no-reward')
    expect(without.state).toMatchObject({ dopamine: 0, eligibility: new Float32Array(0) })
    const culture = pair()
    for (const amount of [NaN, Infinity, -Infinity]) expect(codeOf(() => culture.reward(amount))).toBe('culture/reward')
    culture.reward(1e308)
    expect(codeOf(() => culture.reward(1e308))).toBe('culture/reward')
    expect(culture.state.dopamine).toBe(1e308)
    // nothing is marked yet, and nothing times any dopamine is nothing
    culture.advance(10)
    expect(weightOf(culture)).toBe(WEIGHT)
    culture.advance(990, fire([22, 0], [22 + DELAY + 10, 1]))
    expect(weightOf(culture)).toBe(2)
  })
})
