/** The value estimate: learns the discounted return, whatever the scale, and stays finite. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linearValue } from '../../../../src/feedback/index.js'
import { codeOf } from '../../culture/cultures.js'

describe('linearValue', () => {
  it.each([1, 1000])('learns the value of a chain of three states from features of the size %d', (size) => {
    const value = linearValue(3, { discount: 0.5, stepSize: 0.5 })
    const state = (k: number) => [0, 1, 2].map((i) => (i === k ? size : 0))
    for (let round = 0; round < 400; round++) {
      value.learn(state(0), 0, state(1))
      value.learn(state(1), 0, state(2))
      value.learn(state(2), 8, null)
    }
    // by hand: 8, then half of it, and half again
    for (const [k, expected] of [2, 4, 8].entries()) expect(value.value(state(k))).toBeCloseTo(expected, 3)
    value.reset()
    expect(value.value(state(2))).toBe(0)
  })

  it('never predicts more than the rewards it saw could bring, and stays finite', () => {
    const rows = fc.array(fc.record({ x: fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 2 }), reward: fc.double({ min: -1e9, max: 1e9, noNaN: true }) }), { minLength: 2, maxLength: 100 })
    fc.assert(
      fc.property(rows, (list) => {
        const value = linearValue(2, { discount: 0.9, stepSize: 1 })
        let largest = 0
        for (let k = 0; k + 1 < list.length; k++) {
          largest = Math.max(largest, Math.abs(list[k].reward))
          value.learn(list[k].x, list[k].reward, list[k + 1].x)
          // float rounding of 1 - 0.9
          expect(Math.abs(value.value(list[k].x))).toBeLessThanOrEqual(largest * 10 * (1 + 1e-12))
        }
      }),
    )
  })

  it('works without features: a constant', () => {
    const value = linearValue(0, { discount: 0, stepSize: 1 })
    value.learn([], 4, [])
    expect(value.value([])).toBe(4)
  })

  it.each<[string, () => unknown]>([
    ['feedback/features', () => linearValue(1.5)],
    ['feedback/features', () => linearValue(-1)],
    ['feedback/features', () => linearValue(2).value([1])],
    ['feedback/features', () => linearValue(1).learn([NaN], 1, null)],
    ['feedback/features', () => linearValue(1).learn([1], NaN, null)],
    ['parameter/invalid', () => linearValue(1, { discount: 1 })],
    ['parameter/invalid', () => linearValue(1, { stepSize: NaN })],
    ['parameter/invalid', () => linearValue(1, { stepSize: 0 })],
  ])('refuses with %s: %s', (code, act) => {
    expect(codeOf(act)).toBe(code)
  })
})
