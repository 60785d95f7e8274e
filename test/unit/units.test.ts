/** Conversions of time. */
import { describe, expect, it } from 'vitest'
import { MS_PER_MINUTE, MS_PER_SECOND, SECONDS_PER_MINUTE, wholeSteps } from '../../src/units.js'
import { codeOf } from './culture/cultures.js'

describe('units', () => {
  it('agree with each other', () => {
    expect(MS_PER_SECOND * SECONDS_PER_MINUTE).toBe(MS_PER_MINUTE)
  })

  it('count whole steps, also where the division is not exact in binary', () => {
    expect([wholeSteps(0, 0.5, 'x'), wholeSteps(10, 0.5, 'x'), wholeSteps(0.3, 0.1, 'x'), wholeSteps(3_600_000, 0.1, 'x')]).toEqual([0, 20, 3, 36_000_000])
  })

  it.each([[0.3, 0.5], [-1, 0.5], [NaN, 0.5], [Infinity, 0.5], [10.25, 0.5], [1, 0.3]])('refuse %d ms in steps of %d ms', (durationMs, stepMs) => {
    expect(codeOf(() => wholeSteps(durationMs, stepMs, 'x'))).toBe('time/not-a-multiple')
  })
})
