/** Whether help pays: the faster way is taken, the other tried again, whatever the clock says. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Pace } from '../../../../src/culture/engine/wasm/pace.js'

/** Computes chunks of 10 steps that take so long; returns how many of them had help. */
const work = (pace: Pace, chunks: number, aloneMs: number, helpedMs: number): number => {
  let helped = 0
  for (let k = 0; k < chunks; k++) {
    const isHelped = pace.next()
    if (isHelped) helped++
    pace.record(isHelped, 10, isHelped ? helpedMs : aloneMs)
  }
  return helped
}

describe('pace', () => {
  it('starts with help', () => {
    expect(new Pace().next()).toBe(true)
  })

  it.each([[10, 6], [10, 9.9]])('keeps to help that pays: %d ms alone, %d with help', (aloneMs, helpedMs) => {
    expect(work(new Pace(), 1000, aloneMs, helpedMs)).toBeGreaterThan(960)
  })

  it.each([[10, 14], [10, 10.1], [10, 10]])('does without help that does not: %d ms alone, %d with help', (aloneMs, helpedMs) => {
    // the first fifty have help, and then one of fifty to see whether it pays by now
    expect(work(new Pace(), 1000, aloneMs, helpedMs)).toBeLessThan(50 + 25)
  })

  it('follows a machine that gets busy, and one that gets quiet again', () => {
    const pace = new Pace()
    work(pace, 200, 10, 6)
    work(pace, 200, 10, 30)
    expect(work(pace, 200, 10, 30)).toBeLessThan(10)
    // one trial in 51 chunks: their running mean falls from 30 below 10 within 5 of them
    work(pace, 300, 10, 6)
    expect(work(pace, 200, 10, 6)).toBeGreaterThan(190)
  })

  it('judges by the step, not by the chunk', () => {
    const pace = new Pace()
    for (let k = 0; k < 500; k++) {
      const isHelped = pace.next()
      const steps = isHelped ? 100 : 1
      pace.record(isHelped, steps, steps * (isHelped ? 1 : 3))
    }
    expect(work(pace, 100, 30, 10)).toBeGreaterThan(95)
  })

  it('always has an answer, and tries both ways, whatever the times', () => {
    const times = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true })), { minLength: 120, maxLength: 120 })
    fc.assert(
      fc.property(times, (elapsed) => {
        const pace = new Pace()
        const ways = elapsed.map((elapsedMs) => {
          const isHelped = pace.next()
          pace.record(isHelped, 1, elapsedMs)
          return isHelped
        })
        expect(new Set(ways)).toEqual(new Set([true, false]))
        // a hundred steady chunks later the faster way is found, whatever came before
        expect(work(pace, 60 * 51, 10, 6)).toBeGreaterThan(51)
      }),
      { numRuns: 100, seed: 7 },
    )
  })
})
