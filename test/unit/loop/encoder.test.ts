/** Place and rate code: which electrode, how often, exactly when. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boardLayout, placeRateEncoder, type EncoderOptions } from '../../../src/loop/index.js'
import { codeOf } from '../culture/cultures.js'

const HOUR_TICKS = 360_000
/** Times of the pulses of `ticks` ticks of 10 ms with the ball at this nearness, ms. */
const pulseTimes = (nearness: number, ticks: number, options: EncoderOptions = {}, tickMs = 10): number[] => {
  const encoder = placeRateEncoder(options)
  const times: number[] = []
  for (let tick = 0; tick < ticks; tick++) {
    for (const { offsetMs } of encoder.encode([nearness, 0.5], tickMs)) {
      expect(offsetMs >= 0 && offsetMs < tickMs).toBe(true)
      times.push(tick * tickMs + offsetMs)
    }
  }
  return times
}

describe('places of several electrodes', () => {
  const places = [[8, 9], [10, 11], [12, 13], [14, 15]]
  /** Channels pulsed in the first tick that pulses. */
  const shownAt = (observation: readonly number[], options: EncoderOptions = {}): number[] =>
    placeRateEncoder({ lowestRateHz: 100, highestRateHz: 100, ...options }, places).encode(observation, 10).map(({ channel }) => channel)

  it('pulse together', () => {
    expect([0.1, 0.3, 0.6, 0.9].map((height) => shownAt([1, height, 0, 0, 0.5]))).toEqual(places)
  })

  it('relative: the electrodes tell where the ball lies from the paddle, (ball - paddle + 1) / 2', () => {
    const relative = { place: 'relative' as const }
    expect(shownAt([1, 0.9, 0, 0, 0.9], relative)).toEqual([12, 13])
    expect(shownAt([1, 0.2, 0, 0, 0.8], relative)).toEqual([8, 9])
    expect(shownAt([1, 0.8, 0, 0, 0.2], relative)).toEqual([14, 15])
    expect(codeOf(() => shownAt([1, 0.5], relative))).toBe('loop/observation')
  })

  it('hold each electrode once and none is bare', () => {
    expect(codeOf(() => placeRateEncoder({}, [[8], []]))).toBe('loop/channels')
  })
})

describe('the board', () => {
  it('shares the columns of the sensory rows out among the places and reads the motor rows', () => {
    const { places, sensory, up, down } = boardLayout(false, { places: 4, sensoryRows: [0, 1], motorRows: [6, 7] })
    // 0, 4 and 7 are no electrodes of this array, nor are 56 and 63
    expect(places).toEqual([[8, 1, 9], [2, 10, 3, 11], [12, 5, 13], [6, 14, 15]])
    expect(sensory).toHaveLength(13)
    expect([up, down]).toEqual([[50, 51, 54, 55, 58, 59, 62], [48, 49, 52, 53, 57, 60, 61]])
    expect(boardLayout(true, { motorRows: [6, 7] }).up).toEqual(down)
  })

  it('refuses rows that serve two purposes or stand twice, and places without an electrode', () => {
    for (const options of [{ sensoryRows: [4] }, { motorRows: [5, 5] }, { places: 8, sensoryRows: [0] }, { places: 0 }, { sensoryRows: [8] }]) {
      expect(codeOf(() => boardLayout(false, options))).toBe('parameter/invalid')
    }
  })
})

describe('place code', () => {
  const { sensory } = boardLayout()
  const channelOf = (height: number): number | undefined => {
    const encoder = placeRateEncoder()
    for (let tick = 0; tick < 100; tick++) for (const { channel } of encoder.encode([1, height], 10)) return channel
    return undefined
  }

  it('shows the height on one of eight electrodes: 0.1 on the lowest, 0.5 on the fifth, 0.9 on the highest', () => {
    expect([0, 0.1, 0.5, 0.9, 1].map((height) => sensory.indexOf(channelOf(height) ?? -1))).toEqual([0, 0, 4, 7, 7])
    const sweep = Array.from({ length: 80 }, (_, k) => channelOf(k / 80))
    expect(new Set(sweep)).toEqual(new Set(sensory))
  })

  it('takes heights beyond the field as its edge', () => {
    expect([-0.2, 1.7].map((height) => sensory.indexOf(channelOf(height) ?? -1))).toEqual([0, 7])
  })
})

describe('rate code', () => {
  // A growing floating-point phase loses a pulse now and then; the last tick keeps rounding at the very end out of the count.
  it.each([
    [0, 4],
    [0.5, 22],
    [1, 40],
    [1 / 3, 16],
    [0.1, 7.6],
  ])('at nearness %d gives exactly %d pulses a second for an hour, evenly', (nearness, rateHz) => {
    const encoder = placeRateEncoder()
    let [count, last, worst] = [0, 0, 0]
    for (let tick = 0; tick <= HOUR_TICKS; tick++) {
      for (const { offsetMs } of encoder.encode([nearness, 0.5], 10)) {
        const timeMs = tick * 10 + offsetMs
        count++
        worst = Math.max(worst, Math.abs(timeMs - last - 1000 / rateHz))
        last = timeMs
      }
    }
    expect(count).toBe(Math.floor(rateHz * 3600.01))
    expect(worst).toBeLessThan(1e-6)
    expect(last).toBeCloseTo((count * 1000) / rateHz, 3)
  })

  it('rises with nearness, never falls', () => {
    const counts = Array.from({ length: 11 }, (_, k) => pulseTimes(k / 10, 1001).length)
    expect(counts[0]).toBe(40)
    expect(counts[10]).toBe(400)
    expect([...counts].sort((a, b) => a - b)).toEqual(counts)
  })

  it('puts several pulses into a long tick', () => {
    const times = pulseTimes(1, 10, { highestRateHz: 200 }, 100)
    expect(times).toHaveLength(200)
    for (const [k, time] of times.entries()) expect(time).toBeCloseTo((k + 1) * 5, 6)
  })

  it('goes on smoothly while the rate changes: the phase is the integral of the rate', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 300 }), (path) => {
        const encoder = placeRateEncoder()
        const count = path.reduce((sum, nearness) => sum + encoder.encode([nearness, 0.2], 10).length, 0)
        const phase = path.reduce((sum, nearness) => sum + (4 + 36 * nearness) / 100, 0)
        expect(count).toBeGreaterThanOrEqual(Math.floor(phase - 1e-9))
        expect(count).toBeLessThanOrEqual(Math.floor(phase + 1e-9))
      }),
    )
  })

  it('starts again from nothing when it is reset', () => {
    const encoder = placeRateEncoder()
    const run = (): number[] => Array.from({ length: 30 }, () => encoder.encode([0.7, 0.3], 10).length)
    const first = run()
    encoder.encode([1, 1], 7)
    encoder.reset()
    expect(run()).toEqual(first)
  })

  it('uses the amplitude it was given', () => {
    const encoder = placeRateEncoder({ amplitudeMv: 120 })
    const pulses = Array.from({ length: 10 }, () => [...encoder.encode([1, 0.5], 10)]).flat()
    expect(pulses).toMatchObject([120, 120, 120, 120].map((amplitudeMv) => ({ amplitudeMv })))
  })
})

describe('bad input', () => {
  it('is refused: options, channels, and an observation it cannot read', () => {
    expect(codeOf(() => placeRateEncoder({ lowestRateHz: -1 }))).toBe('parameter/invalid')
    expect(codeOf(() => placeRateEncoder({ highestRateHz: NaN }))).toBe('parameter/invalid')
    expect(codeOf(() => Reflect.apply(placeRateEncoder, undefined, [{ rateHz: 3 }]))).toBe('parameter/unknown')
    expect(codeOf(() => placeRateEncoder({}, []))).toBe('loop/channels')
    expect(codeOf(() => placeRateEncoder({}, [[8], [9, 8]]))).toBe('loop/channels')
    expect(codeOf(() => placeRateEncoder().encode([NaN, 0.5], 10))).toBe('loop/observation')
    expect(codeOf(() => placeRateEncoder({}, [[8]], { height: 5, nearness: 0 }).encode([0.1, 0.5], 10))).toBe('loop/observation')
  })
})
