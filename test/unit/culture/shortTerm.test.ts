/** Short-term plasticity, seen at the synapse, against its closed form. */
import { describe, expect, it } from 'vitest'
import type { CultureOptions } from '../../../src/culture/index.js'
import { fire, wired } from './cultures.js'

/** What each spike of a cell releases onto another: the jump of the conductance over the weight. The spikes come at these steps. */
const releases = (steps: readonly number[], isExcitatory: boolean, shortTerm: NonNullable<NonNullable<CultureOptions>['shortTerm']>): number[] => {
  const from = isExcitatory ? 0 : 2
  const weight = 0.01
  const culture = wired([{ from, to: 1, delay: 1, weight }], { shortTerm, synapses: { ampaShare: 1, gabaAShare: 1 } }, 2, 1)
  culture.setPlasticity({ stdp: false, homeostasis: false })
  const column = isExcitatory ? culture.state.ampa : culture.state.gabaA
  const decay = Math.exp(-0.5 / (isExcitatory ? 2 : 6))
  return steps.map((step) => {
    if (step > culture.step) culture.advance((step - culture.step) / 2)
    culture.advance(0.5, fire([step, from]))
    const before = column[1] ?? NaN
    culture.advance(0.5)
    return ((column[1] ?? NaN) - before * decay) / weight
  })
}

const regular = (count: number, everySteps: number): number[] => Array.from({ length: count }, (_, k) => k * everySteps)
/**
 * Columns hold single precision. Of a release of at most 1, that rounds release, weight, arrival and conductance by 2^-24 each, and
 * resources and utilisation at every spike: those errors shrink from spike to spike by (1 - U) exp(-T / tau), below 0.94 in every test,
 * so that they add up to 1 / 0.06 halves of 2^-24 each.
 */
const TOLERANCE = (4 + 1 / 0.06) * 2 ** -24
const expectClose = (found: readonly number[], expected: readonly number[]): void => {
  expect(found).toHaveLength(expected.length)
  for (const [k, value] of expected.entries()) expect(Math.abs((found[k] ?? NaN) - value)).toBeLessThan(TOLERANCE)
}

describe('excitatory depression', () => {
  const rule = { excitatoryU: 0.45, excitatoryTauRecMs: 4000 }

  it('releases U first, not U (2 - U), then U x, at 50 Hz', () => {
    const keep = Math.exp(-20 / 4000)
    const expected: number[] = []
    for (let k = 0, x = 1; k < 10; k++) {
      expected.push(0.45 * x)
      x = 1 - (1 - x * (1 - 0.45)) * keep
    }
    const found = releases(regular(10, 40), true, rule)
    expectClose(found, expected)
    expectClose(found.slice(0, 1), [0.45])
    expect([...found].sort((a, b) => b - a)).toEqual(found)
  })

  it('settles at U (1 - e) / (1 - (1 - U) e)', () => {
    const keep = Math.exp(-100 / 800)
    const found = releases(regular(60, 200), true, { excitatoryU: 0.3, excitatoryTauRecMs: 800 })
    expectClose(found.slice(59), [(0.3 * (1 - keep)) / (1 - 0.7 * keep)])
  })

  it('recovers exponentially: U (1 - U exp(-T / tau)) after a pause T', () => {
    for (const pauseMs of [1, 100, 1000, 4000]) {
      expectClose(releases([0, pauseMs * 2], true, rule), [0.45, 0.45 * (1 - 0.45 * Math.exp(-pauseMs / 4000))])
    }
  })

  it('is off when short-term plasticity is off', () => {
    expectClose(releases(regular(5, 40), true, { ...rule, enabled: false }), [0.45, 0.45, 0.45, 0.45, 0.45])
  })
})

describe('inhibitory facilitation', () => {
  const [U, tauRecMs, tauFacMs] = [0.05, 100, 1000]
  const rule = { inhibitoryU: U, inhibitoryTauRecMs: tauRecMs, inhibitoryTauFacMs: tauFacMs }

  it('releases u x with u <- U + (u - U) exp(-T / tau_fac), u <- u + U (1 - u)', () => {
    const [keep, facilitated] = [Math.exp(-20 / tauRecMs), Math.exp(-20 / tauFacMs)]
    const expected: number[] = []
    for (let k = 0, x = 1, u = U; k < 10; k++) {
      u += U * (1 - u)
      expected.push(u * x)
      x = 1 - (1 - x * (1 - u)) * keep
      u = U + (u - U) * facilitated
    }
    const found = releases(regular(10, 40), false, rule)
    expectClose(found, expected)
    expectClose(found.slice(0, 1), [U * (2 - U)])
    expect(found[4]).toBeGreaterThan(1.7 * (found[0] ?? NaN))
  })

  it('settles at u (1 - e) / (1 - (1 - u) e), u = U (1 + (1 - f)(1 - U)) / (1 - f (1 - U))', () => {
    const [keep, facilitated] = [Math.exp(-50 / tauRecMs), Math.exp(-50 / tauFacMs)]
    const u = (U * (1 + (1 - facilitated) * (1 - U))) / (1 - facilitated * (1 - U))
    expectClose(releases(regular(200, 100), false, rule).slice(199), [(u * (1 - keep)) / (1 - (1 - u) * keep)])
  })

  it('is off when short-term plasticity is off', () => {
    expectClose(releases(regular(3, 40), false, { ...rule, enabled: false }), [U, U, U])
  })
})
