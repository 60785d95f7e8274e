/** Every channel at its own rate and current: exact over any time, sorted, silent at 0. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { channelRateEncoder, type EncodedPulse } from '../../../src/loop/index.js'
import { codeOf } from '../culture/cultures.js'

const CHANNELS = [8, 9, 10]
const straight = (features: ArrayLike<number>, out: Float64Array): void => {
  for (let k = 0; k < features.length; k++) out[k] = features[k]
}
const pulsesOver = (drives: readonly number[], ticks: number, tickMs = 114.5): (EncodedPulse & { atMs: number })[] => {
  const encoder = channelRateEncoder({}, CHANNELS, straight)
  return Array.from({ length: ticks }, (_, k) => encoder.encode(drives, tickMs).map((pulse) => ({ ...pulse, atMs: k * tickMs + pulse.offsetMs }))).flat()
}

describe('channelRateEncoder', () => {
  it('pulses each channel at 4 to 40 Hz and 1 to 2.5 uA by its drive, 120 us a phase', () => {
    const pulses = pulsesOver([1, 0.5, 1e-12], 200, 100)
    // 20 s; a turn that ends with the last tick may fall on either side of it by rounding
    for (const [channel, hz, currentUa] of [[8, 40, 2.5], [9, 22, 1.75], [10, 4, 1]] as const) {
      const own = pulses.filter((pulse) => pulse.channel === channel)
      expect(Math.abs(own.length - 20 * hz)).toBeLessThanOrEqual(1)
      expect(own[0]).toMatchObject({ currentUa: expect.closeTo(currentUa, 9), phaseWidthUs: 120 })
      for (let k = 1; k < own.length; k++) expect(own[k].atMs - own[k - 1].atMs).toBeCloseTo(1000 / hz, 6)
    }
  })

  it('sends nothing on a channel of drive 0, and nothing at all where the drive writes nothing', () => {
    expect(new Set(pulsesOver([1, 0, 0.1], 20).map(({ channel }) => channel))).toEqual(new Set([8, 10]))
    expect(pulsesOver([], 20)).toEqual([])
    expect(pulsesOver([-1, -0.1, 0], 20)).toEqual([])
  })

  it('gives sorted offsets inside the tick, whatever the drives and ticks', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ drives: fc.array(fc.double({ min: -1, max: 2, noNaN: true }), { minLength: 3, maxLength: 3 }), half: fc.integer({ min: 1, max: 2000 }) })), (ticks) => {
        const encoder = channelRateEncoder({ highestRateHz: 200 }, CHANNELS, straight)
        for (const { drives, half } of ticks) {
          const pulses = encoder.encode(drives, half / 2)
          for (let k = 0; k < pulses.length; k++) {
            expect(pulses[k].offsetMs >= 0 && pulses[k].offsetMs < half / 2).toBe(true)
            expect(k === 0 || pulses[k - 1].offsetMs <= pulses[k].offsetMs).toBe(true)
          }
        }
      }),
    )
  })

  it('begins again on a reset', () => {
    const encoder = channelRateEncoder({}, CHANNELS, straight)
    const first = structuredClone(encoder.encode([1, 0.3, 0], 114.5))
    expect(encoder.encode([1, 0.3, 0], 114.5)).not.toEqual(first)
    encoder.reset()
    expect(encoder.encode([1, 0.3, 0], 114.5)).toEqual(first)
  })

  it.each<[string, () => unknown]>([
    ['loop/drive', () => channelRateEncoder({}, CHANNELS, straight).encode([0, NaN, 0], 10)],
    ['loop/channels', () => channelRateEncoder({}, [], straight)],
    ['loop/channels', () => channelRateEncoder({}, [8, 8], straight)],
    ['parameter/invalid', () => channelRateEncoder({ highestRateHz: 201 }, CHANNELS, straight)],
    ['parameter/invalid', () => channelRateEncoder({ lowestCurrentUa: NaN }, CHANNELS, straight)],
  ])('refuses with %s: %s', (code, act) => {
    expect(codeOf(act)).toBe(code)
  })
})
