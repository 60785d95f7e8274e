/** Trains on many channels: exact rates over any time, on a common grid or off it, going on from what was saved. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { channelTrains, EmptyDishes, type EncodedPulse } from '../../../src/loop/index.js'
import { codeOf } from '../culture/cultures.js'

const CHANNELS = [8, 9, 10, 11]
const CURRENTS = [1, 1.5, 2, 2.5]
const WIDTH = { phaseWidthUs: 200 }
const rate = fc.double({ min: 0, max: 40, noNaN: true })
const rates = fc.array(rate, { minLength: 4, maxLength: 4 })
/** Windows of half steps, from one shorter than a slot on. */
const windows = fc.array(fc.record({ hz: rates, half: fc.integer({ min: 1, max: 500 }) }), { minLength: 1, maxLength: 30 })

type Timed = EncodedPulse & { readonly atMs: number }
const play = (gridMs: number | undefined, steps: readonly { readonly hz: readonly number[]; readonly half: number }[]): Timed[] => {
  const trains = channelTrains(CHANNELS, gridMs === undefined ? WIDTH : { ...WIDTH, gridMs })
  let nowMs = 0
  return steps.flatMap(({ hz, half }) => {
    const startMs = nowMs
    nowMs += half / 2
    return trains.emit(hz, CURRENTS, half / 2).map((pulse) => ({ ...pulse, atMs: startMs + pulse.offsetMs }))
  })
}

describe.each([['exact', undefined], ['on a grid of 25 ms', 25], ['on a grid of 1000 / 60 ms', 1000 / 60]] as const)('channelTrains, %s', (_, gridMs) => {
  it('give sorted offsets inside the window, with the current of the channel', () => {
    fc.assert(
      fc.property(windows, (steps) => {
        const trains = channelTrains(CHANNELS, gridMs === undefined ? WIDTH : { ...WIDTH, gridMs })
        for (const { hz, half } of steps) {
          const pulses = trains.emit(hz, CURRENTS, half / 2)
          for (const [k, pulse] of pulses.entries()) {
            expect(pulse.offsetMs >= 0 && pulse.offsetMs < half / 2).toBe(true)
            expect(k === 0 || pulses[k - 1].offsetMs <= pulse.offsetMs).toBe(true)
            expect(pulse).toMatchObject({ currentUa: CURRENTS[pulse.channel - 8], phaseWidthUs: 200 })
          }
        }
      }),
      { numRuns: 50 },
    )
  })

  it('keep the rate of each channel over any time, whatever the windows', () => {
    fc.assert(
      fc.property(rates, fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 5, maxLength: 60 }), (hz, halves) => {
        const pulses = play(gridMs, halves.map((half) => ({ hz, half })))
        const seconds = halves.reduce((sum, half) => sum + half, 0) / 2000
        for (const [k, channel] of CHANNELS.entries()) {
          const count = pulses.filter((pulse) => pulse.channel === channel).length
          // less than a turn is kept; the last slot of a grid has not ended
          expect(Math.abs(count - hz[k] * seconds)).toBeLessThanOrEqual(gridMs === undefined ? 1.0001 : 2.0001)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('send nothing at 0 uA, and keep their phases meanwhile', () => {
    const [whole, some] = [1, 2].map(() => channelTrains(CHANNELS, gridMs === undefined ? WIDTH : { ...WIDTH, gridMs }))
    const hz = [7, 11, 13, 17]
    const copies = (pulses: readonly EncodedPulse[]): EncodedPulse[] => pulses.map((pulse) => ({ ...pulse }))
    for (const shown of [9, 11, 9]) {
      const expected = copies(whole.emit(hz, CURRENTS, 700)).filter(({ channel }) => channel === shown)
      expect(expected.length).toBeGreaterThan(0)
      expect(copies(some.emit(hz, CURRENTS.map((current, k) => (CHANNELS[k] === shown ? current : 0)), 700))).toEqual(expected)
    }
  })

  it('go on from what was saved, and begin again on a reset', () => {
    fc.assert(
      fc.property(windows, windows, (before, after) => {
        const options = gridMs === undefined ? WIDTH : { ...WIDTH, gridMs }
        const [trains, other] = [channelTrains(CHANNELS, options), channelTrains(CHANNELS, options)]
        const go = (): unknown => structuredClone(after.map(({ hz, half }) => structuredClone(trains.emit(hz, CURRENTS, half / 2))))
        const first = go()
        trains.reset()
        for (const { hz, half } of before) trains.emit(hz, CURRENTS, half / 2)
        const saved: unknown = JSON.parse(JSON.stringify(trains.save()))
        other.load(saved as number[])
        const future = go()
        expect(after.map(({ hz, half }) => structuredClone(other.emit(hz, CURRENTS, half / 2)))).toEqual(future)
        trains.reset()
        expect(go()).toEqual(first)
      }),
      { numRuns: 20 },
    )
  })
})

describe('channelTrains on a grid', () => {
  it('pulse at multiples of its period since the reset only, one a slot at most', () => {
    fc.assert(
      fc.property(windows, (steps) => {
        const seen = new Set<string>()
        for (const { atMs, channel } of play(25, steps)) {
          expect(atMs % 25).toBe(0)
          expect(seen.has(`${channel} ${atMs}`)).toBe(false)
          seen.add(`${channel} ${atMs}`)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('pulse in every slot at the rate of the grid, in every fourth at a quarter of it, never at 0', () => {
    const pulses = play(25, Array.from({ length: 10 }, () => ({ hz: [40, 10, 0, 30], half: 200 })))
    const slotsOf = (channel: number): number[] => pulses.filter((pulse) => pulse.channel === channel).map(({ atMs }) => atMs / 25)
    expect(slotsOf(8)).toEqual(Array.from({ length: 40 }, (_, k) => k))
    expect(slotsOf(9)).toEqual(Array.from({ length: 10 }, (_, k) => 4 * k + 3))
    expect(slotsOf(10)).toEqual([])
    expect(slotsOf(11)).toHaveLength(30)
  })

  it('leave the read-out seeing where single pulses would blind it', () => {
    const seenShare = (gridMs: number | undefined): number => {
      const channels = [9, 10, 11, 12, 17, 18, 19, 20]
      const trains = channelTrains(channels, gridMs === undefined ? WIDTH : { ...WIDTH, gridMs })
      const dishes = EmptyDishes.grow({ settleSeconds: 0 }, [1])
      let seenMs = 0
      for (let step = 0; step < 50; step++) {
        for (const pulse of trains.emit(channels.map((_, k) => 17.3 + 1.7 * k), channels.map(() => 2), 100)) dishes.send(0, pulse)
        dishes.live(100)
        seenMs += dishes.seenMs[0]
      }
      return seenMs / 5000
    }
    // blind 5 of 25 ms at most, against 1 - exp(-8 x 23 Hz x 5 ms) = 60 % of independent pulses
    expect(seenShare(25)).toBeGreaterThan(0.79)
    expect(seenShare(undefined)).toBeLessThan(0.55)
  })
})

describe('channelTrains', () => {
  const emit = (hz: readonly number[], gridMs?: number): unknown => {
    const trains = channelTrains(CHANNELS, gridMs === undefined ? WIDTH : { ...WIDTH, gridMs })
    const before = trains.save()
    try {
      return trains.emit(hz, CURRENTS, 100)
    } finally {
      expect(trains.save()).toEqual(before)
    }
  }
  it.each<[string, () => unknown]>([
    ['loop/train', () => emit([1, 2, 3, NaN])],
    ['loop/train', () => emit([1, 2, 3, -1])],
    ['loop/train', () => emit([1, 2, 3, Infinity])],
    ['loop/train', () => emit([1, 2, 3])],
    ['loop/train', () => emit([1, 2, 3, 40.1], 25)],
    ['loop/train', () => channelTrains(CHANNELS, { ...WIDTH, gridMs: 0 })],
    ['loop/train', () => channelTrains(CHANNELS, { ...WIDTH, gridMs: NaN })],
    ['loop/channels', () => channelTrains([], WIDTH)],
    ['loop/channels', () => channelTrains([8, 8], WIDTH)],
    ['loop/saved-trains', () => channelTrains(CHANNELS, WIDTH).load([0, 0, 0])],
    ['loop/saved-trains', () => channelTrains(CHANNELS, WIDTH).load([0, 0, 0, NaN])],
    ['loop/saved-trains', () => channelTrains(CHANNELS, { ...WIDTH, gridMs: 25 }).load([0, 0, 0, 0])],
  ])('refuse with %s, before anything changes: %s', (code, act) => {
    expect(codeOf(act)).toBe(code)
  })
})
