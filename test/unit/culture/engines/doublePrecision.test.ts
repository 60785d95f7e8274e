/**
 * The fast engine against the reference in double precision. The fast one rounds every operation, by at most 2^-24 of its result. While cells
 * rest that is forgotten; within a burst it grows, until a cell reaches 30 mV in one engine and not yet in the other. Cultures of 300 to
 * 10,000 cells agree for some three to five spikes a cell, which is until the middle of their first burst, whenever that comes.
 */
import { describe, expect, it } from 'vitest'
import { BYTE_SUM_SD } from '../../../../src/culture/counterNoise.js'
import { createEngine } from '../../../../src/culture/engine/createEngine.js'
import { growSnapshot } from '../../../../src/culture/grow.js'
import type { CultureOptions, CultureState } from '../../../../src/culture/index.js'
import { receptorConstants } from '../../../../src/culture/receptors.js'
import { Rng } from '../../../../src/rng.js'
import { referenceOf, reward, run, twins } from './twins.js'

/** Homeostasis acts ten times a second. */
const OPTIONS: CultureOptions = { homeostasis: { intervalMs: 100, gainPerHzPerSecond: 0.01 } }

describe('spike for spike', () => {
  // spans measured: 1.05, 1.11 and 1.41 s
  it.each([
    { neurons: 300, seed: 7, spanMs: 1040 },
    { neurons: 300, seed: 16, spanMs: 1100 },
    { neurons: 1000, seed: 2, spanMs: 1400 },
  ])('$neurons cells of seed $seed agree for $spanMs ms at more than 2 Hz, all plasticity on', ({ neurons, seed, spanMs }) => {
    const [fast, reference] = twins({ ...OPTIONS, neurons }, seed, 'double')
    const spikes = run(fast, spanMs * 2)
    expect(spikes).toEqual(run(reference, spanMs * 2))
    expect(spikes.length / 2 / neurons / (spanMs / 1000)).toBeGreaterThan(2)
  })
})

describe('spike for spike with rewards', () => {
  // span measured: 1.05 s
  it('that come every 50 ms and change the weights', () => {
    const [fast, reference] = twins({ ...OPTIONS, neurons: 300, rewardModulation: { enabled: true } }, 7, 'double')
    const before = fast.state.weight.slice()
    let spikes = 0
    for (let timeMs = 0; timeMs < 1000; timeMs += 50) {
      reward([fast, reference], 0.1)
      const fired = run(fast, 100)
      expect(fired).toEqual(run(reference, 100))
      spikes += fired.length / 2
    }
    expect(spikes).toBeGreaterThan(900)
    expect(fast.state.dopamine).toBe(reference.state.dopamine)
    expect(fast.state.weight.some((weight, row) => Math.abs(weight - before[row]) > 0.01 * before[row])).toBe(true)
  })
})

describe('one step from any state', () => {
  const NEURONS = 1000
  /** Half the last bit, as a share of the value. */
  const ROUNDING = 2 ** -24
  const CONDUCTANCES = ['ampa', 'nmdaRise', 'nmdaDecay', 'gabaA', 'gabaBRise', 'gabaBDecay', 'afterhyperpolarisation'] as const
  const options: CultureOptions = { neurons: NEURONS, wiring: { meanInDegree: 0 }, synapses: { excitatoryReversalMv: 10 }, noise: { fastSd: 5 } }

  /** Potentials and currents over the range in which no cell fires; conductances over seven decades; NMDA and GABA_B as they can be: decay above rise. */
  const scatter = (state: CultureState, rng: Rng): void => {
    for (let i = 0; i < NEURONS; i++) {
      state.v[i] = rng.between(-120, -30)
      state.u[i] = rng.between(-30, 30)
      for (const name of CONDUCTANCES) state[name][i] = 10 ** rng.between(-6, 1)
      state.nmdaRise[i] = state.nmdaDecay[i] * rng.uniform()
      state.gabaBRise[i] = state.gabaBDecay[i] * rng.uniform()
    }
  }

  it.each([1, 2, 3])('rounds as single precision does, and does nothing else: states of seed %i', (seed) => {
    const snapshot = growSnapshot(options, seed)
    scatter(snapshot.state, Rng.fromSeed(seed))
    const [fast, reference] = [createEngine(snapshot, { threads: 1 }), referenceOf(snapshot, 'double')]
    expect(run(fast, 1)).toHaveLength(0)
    expect(run(reference, 1)).toHaveLength(0)
    const before = snapshot.state
    const { population, parameters: { synapses, noise, afterhyperpolarisation } } = snapshot
    const { ampaGain } = receptorConstants(snapshot.parameters)
    expect(ampaGain).toBe(0.3)
    for (let i = 0; i < NEURONS; i++) {
      const now = reference.state
      // decay factor, product and sum are rounded in the one engine, and the column in both
      for (const name of CONDUCTANCES) expect(Math.abs(fast.state[name][i] - now[name][i])).toBeLessThanOrEqual(4 * ROUNDING * now[name][i])
      // u + a dt (b v - u): b v, the difference, the product and the sum are rounded, and the column in both
      const [a, pull] = [population.a[i] * 0.5, Math.abs(population.b[i] * before.v[i])]
      const change = pull + Math.abs(before.u[i])
      expect(Math.abs(fast.state.u[i] - now.u[i])).toBeLessThanOrEqual(ROUNDING * (a * (pull + 3 * change) + 2.1 * Math.abs(now.u[i])))
      /*
       * v' = N / D. No term of N and D goes through more than 12 roundings. The power of two that unblocks NMDA has 8 of its own and an
       * exponent below 11 that is rounded twice: 8 + 2 x 11 ln 2 < 24 roundings of the unblocked share, which weighs at most as much as
       * all of N and D. Both N and D count: 2 x (12 + 24) roundings of the sum of absolute terms over D.
       */
      const gSynaptic = now.ampa[i] + now.nmdaDecay[i] + now.nmdaRise[i]
      const gGabaB = now.gabaBDecay[i] + now.gabaBRise[i]
      const v = Math.abs(before.v[i])
      const currents =
        0.04 * v * v + 5 * v + 140 + Math.abs(before.u[i]) + Math.abs(population.bias[i]) + 3 + (8 * 128 * noise.fastSd) / BYTE_SUM_SD +
        gSynaptic * synapses.excitatoryReversalMv - now.gabaA[i] * synapses.gabaAReversalMv - gGabaB * synapses.gabaBReversalMv -
        now.afterhyperpolarisation[i] * afterhyperpolarisation.reversalMv
      const terms = v + 0.5 * currents + Math.abs(now.v[i]) * (1 + 0.5 * (gSynaptic + now.gabaA[i] + gGabaB + now.afterhyperpolarisation[i]))
      const denominator = 1 + 0.5 * (now.ampa[i] + now.gabaA[i] + now.gabaBDecay[i] - now.gabaBRise[i] + now.afterhyperpolarisation[i])
      expect(Math.abs(fast.state.v[i] - now.v[i])).toBeLessThanOrEqual((2 * 36 * ROUNDING * terms) / denominator)
    }
  })
})
