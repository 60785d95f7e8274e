/** The parts of a step: they add up, the culture is left alone, and what cannot be measured is refused. Times belong to the machine. */
import { describe, expect, it } from 'vitest'
import { Culture, profileStep } from '../../../src/culture/index.js'

const grow = (options = {}) => {
  const culture = Culture.grow({ neurons: 202, ...options }, 5, { threads: 1 })
  culture.advance(300)
  return culture
}

describe('profileStep', () => {
  it('gives parts that add up to the whole, of a culture with all switches as they are', () => {
    const culture = grow()
    const { total, update, noise, scatter, plasticity, spikes } = profileStep(culture, 2000)
    expect(update + noise + scatter + plasticity).toBeCloseTo(total, 6)
    expect(noise).toBeGreaterThan(0)
    expect(total).toBeGreaterThan(noise)
    expect(spikes).toBeGreaterThanOrEqual(0)
  })

  it('leaves the culture as it was', () => {
    const culture = grow()
    const before = culture.snapshot()
    profileStep(culture, 100)
    expect(culture.snapshot()).toEqual(before)
    const twin = Culture.restore(before, { threads: 1 })
    expect(culture.advance(200).count).toBe(twin.advance(200).count)
  })

  it('counts the spikes of the copy', () => {
    const culture = grow({ cells: { bias: 20 } })
    // far above threshold: every cell fires many times a second, never in every step
    const { spikes } = profileStep(culture, 400)
    expect(spikes).toBeGreaterThan(0.002)
    expect(spikes).toBeLessThan(0.5)
  })

  it.each([0, -1, Number.NaN, Infinity])('refuses %d steps', (steps) => {
    expect(() => profileStep(grow(), steps)).toThrow(expect.objectContaining({ code: 'culture/duration' }))
  })

  it('refuses the reference engine', () => {
    expect(() => profileStep(grow({ engine: 'reference' }), 10)).toThrow(expect.objectContaining({ code: 'culture/profile-engine' }))
  })
})
