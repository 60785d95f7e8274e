/** STDP against the pair rule itself: every pair of an arrival and a spike, summed one by one from the spikes of a run. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Culture, outgoingRows, type CultureOptions } from '../../../src/culture/index.js'
import { fire, spikesOf, wired, type Synapse } from './cultures.js'

const PLUS = 0.005
const MINUS = 0.00525
/** 20 ms in steps. */
const TAU = 40

interface Plastic extends Synapse {
  /** Mean initial weight onto the target. */
  readonly scale: number
}

/** Sum of exp(-age / tau) over what happened before. */
const traceOf = (before: readonly number[], step: number): number => before.reduce((sum, at) => sum + Math.exp((at - step) / TAU), 0)

/**
 * Weight after a run, by definition: each arrival loses by every earlier spike of the target, each spike gains by every arrival up to its
 * own step; [0, cap] stop it where it stands. Returns the number of changes too, for the rounding.
 */
const byPairs = ({ weight, delay, scale }: Plastic, sent: readonly number[], fired: readonly number[], end: number): [weight: number, changes: number] => {
  const arrivals = sent.map((step) => step + delay).filter((step) => step < end)
  const cap = 2 * scale
  let [found, changes] = [weight, 0]
  for (let step = 0; step < end; step++) {
    if (arrivals.includes(step)) {
      found = Math.max(0, found - MINUS * scale * traceOf(fired.filter((at) => at < step), step))
      changes++
    }
    if (fired.includes(step)) {
      if (found < cap) found = Math.min(cap, found + PLUS * scale * traceOf(arrivals.filter((at) => at <= step), step))
      changes++
    }
  }
  return [found, changes]
}

/** Runs a culture and compares the weight of every excitatory synapse with its pairs. */
const expectPairs = (culture: Culture, advance: (culture: Culture) => [step: number, neuron: number][]): void => {
  const { network, population } = culture
  const before = culture.state.weight.slice()
  const spikes = advance(culture)
  const trains = Array.from({ length: population.neurons }, (_, cell) => spikes.filter(([, neuron]) => neuron === cell).map(([step]) => step))
  for (let from = 0; from < population.excitatory; from++) {
    const [first, end] = outgoingRows(network, from)
    for (let row = first; row < end; row++) {
      const to = network.post[row] ?? NaN
      const scale = network.weightScale[to] ?? NaN
      const synapse = { from, to, delay: network.delaySteps[row] ?? NaN, weight: before[row] ?? NaN, scale }
      const [expected, changes] = byPairs(synapse, trains[from] ?? [], trains[to] ?? [], culture.step)
      // Single precision rounds the weight (never above four scales or what it was drawn with) by 2^-24 of itself at every change; the
      // traces of some ten spikes add 10 x 2^-24 of a change, a hundredth of the scale.
      const tolerance = changes * 2 ** -24 * (Math.max(expected, synapse.weight) + 0.2 * scale) + 1e-8 * scale
      expect(Math.abs((culture.state.weight[row] ?? NaN) - expected), `${from} -> ${to}`).toBeLessThanOrEqual(tolerance)
    }
  }
}

/** Most spikes of one cell inside any stretch of this many steps. */
const mostWithin = (spikes: readonly (readonly [number, number])[], steps: number): number =>
  Math.max(...spikes.map(([at, cell]) => spikes.filter(([step, neuron]) => neuron === cell && step > at - steps && step <= at).length))

describe('STDP by pairs', { timeout: 30_000 }, () => {
  it('is the sum over all pairs, for cells that fire many times within the longest delay', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(4), fc.nat(4), fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.2, max: 1.8, noNaN: true })), { minLength: 4, maxLength: 12 }),
        // intervals from the shortest that the history holds for the longest delay: 60 steps in 16 slots
        fc.array(fc.array(fc.integer({ min: 4, max: 30 }), { minLength: 1, maxLength: 25 }), { minLength: 5, maxLength: 5 }),
        (rows, intervals) => {
          const events = intervals
            .flatMap((gaps, cell) => gaps.map((_, k) => [gaps.slice(0, k + 1).reduce((sum, gap) => sum + gap, 0), cell] as const))
            .sort(([a], [b]) => a - b)
          const synapses = rows.map(([from, to, delay, weight]) => ({ from, to, delay, weight }))
          // next to nothing is released: only forced spikes come
          const silent: CultureOptions = { shortTerm: { excitatoryU: 1e-9, inhibitoryU: 1e-9 }, homeostasis: { enabled: false } }
          expectPairs(wired(synapses, silent, 4, 1), (culture) => {
            const spikes = spikesOf(culture, 420, fire(...events))
            expect(spikes).toEqual([...events].sort(([a, i], [b, j]) => a - b || i - j))
            return spikes
          })
        },
      ),
      { numRuns: 40 },
    )
  })

  it.each([1, 4, 5])('is the sum over all pairs of a bursting culture with slow axons: seed %i', (seed) => {
    const culture = Culture.grow({ neurons: 60, wiring: { conductionUmPerMs: 12 }, homeostasis: { enabled: false }, cells: { bias: 4 } }, seed)
    expect(culture.network.maxDelaySteps).toBeGreaterThan(40)
    expectPairs(culture, (grown) => {
      const spikes = spikesOf(grown, 400)
      expect(mostWithin(spikes.filter(([, cell]) => cell < grown.population.excitatory), grown.network.maxDelaySteps)).toBeGreaterThan(4)
      return spikes
    })
  })

  it('goes on exactly after a restore in the midst of it', () => {
    const options: CultureOptions = { neurons: 60, wiring: { conductionUmPerMs: 12 }, homeostasis: { enabled: false }, cells: { bias: 4 } }
    const culture = Culture.grow(options, 4)
    culture.advance(100)
    const restored = Culture.restore(structuredClone(culture.snapshot()))
    culture.advance(100)
    restored.advance(100)
    expect(restored.state).toEqual(culture.state)
  })

  it('takes the oldest remembered trace for an axon that is forced to fire at every step', () => {
    const options: CultureOptions = { shortTerm: { excitatoryU: 1e-9, inhibitoryU: 1e-9 }, homeostasis: { enabled: false } }
    const culture = wired([{ from: 0, to: 1, delay: 28, weight: 0.5 }], options)
    // seven spikes are remembered for 28 steps: those of steps 13 to 19, while those of 0 to 2 have arrived at step 30
    const events = [...Array.from({ length: 20 }, (_, step) => [step, 0] as const), [30, 1] as const]
    expect(spikesOf(culture, 15.5, fire(...events))).toEqual(events)
    const oldest = traceOf(Array.from({ length: 14 }, (_, step) => step), 13)
    expect(Math.abs((culture.state.weight[0] ?? NaN) - (0.5 + PLUS * oldest))).toBeLessThan(2 * 2 ** -24)
  })
})
