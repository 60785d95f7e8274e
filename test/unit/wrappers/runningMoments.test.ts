import fc from 'fast-check'
import { mean, variance } from 'simple-statistics'
import { describe, expect, it } from 'vitest'
import { RunningMoments } from '../../../src/wrappers/index.js'

const fresh = (): RunningMoments => new RunningMoments({ size: 1, priorCount: 0 })
const numbers = fc.array(fc.float({ min: -1000, max: 1000, noNaN: true }), { minLength: 1, maxLength: 40 })

/** Absolute rounding of a few dozen operations on squares up to 1e6: below 40 * 4e6 * 2^-53 = 2e-8. */
const expectMoments = (moments: RunningMoments, values: readonly number[]): void => {
  expect(moments.count).toBe(values.length)
  expect(moments.mean[0]).toBeCloseTo(mean([...values]), 7)
  expect(moments.variance[0]).toBeCloseTo(variance([...values]), 7)
}

describe('RunningMoments', () => {
  it('agrees with the moments of all numbers, one by one, in batches and merged', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const single = fresh()
        for (const x of [...a, ...b]) single.update([x])
        expectMoments(single, [...a, ...b])
        const batched = fresh()
        batched.updateBatch(a, a.length)
        batched.updateBatch(b, b.length)
        expectMoments(batched, [...a, ...b])
        const [one, other] = [fresh(), fresh()]
        one.updateBatch(a, a.length)
        other.updateBatch(b, b.length)
        one.merge(other)
        expectMoments(one, [...a, ...b])
      }),
    )
  })

  it('keeps a small variance beside a large mean', () => {
    const moments = fresh()
    for (const x of [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]) moments.update([x])
    // Deviations from 1e9 + 10 are -6, -3, 3, 6: variance 22.5.
    expect(moments.mean[0]).toBe(1e9 + 10)
    expect(moments.variance[0]).toBeCloseTo(22.5, 6)
  })

  it('keeps the places of a row apart, and begins with mean 0 and variance 1 of weight 0.0001', () => {
    const moments = new RunningMoments({ size: 2 })
    expect([[...moments.mean], [...moments.variance], moments.count]).toEqual([[0, 0], [1, 1], 1e-4])
    moments.updateBatch([1, 10, 3, 30], 2)
    // Mean of the batch (2, 20), variance (1, 100), count 2; m = m_b n_b / n, v = (n_a + v_b n_b + m_b^2 n_a n_b / n) / n with n_a = 0.0001
    const n = 2 + 1e-4
    expect([...moments.mean].map((x) => x * n)).toEqual([expect.closeTo(4, 12), expect.closeTo(40, 12)])
    expect(moments.variance[0]).toBeCloseTo((1e-4 + 2 + (4 * 1e-4 * 2) / n) / n, 12)
    expect(moments.variance[1]).toBeCloseTo((1e-4 + 200 + (400 * 1e-4 * 2) / n) / n, 10)
  })

  it('comes back from JSON bit for bit', () => {
    const moments = new RunningMoments({ size: 2 })
    moments.update([0.1, -7])
    const copy = new RunningMoments({ size: 2 })
    copy.load(JSON.parse(JSON.stringify(moments.save())))
    for (const one of [moments, copy]) one.update([0.3, 1e-9])
    expect(copy.save()).toEqual(moments.save())
  })
})
