/** Motor regions: gains, dead zone, symmetry; and the layout and the blind stretches around them. */
import { describe, expect, it } from 'vitest'
import { Blanking } from '../../../src/loop/blanking.js'
import { boardLayout, motorRegionDecoder, type DecoderOptions } from '../../../src/loop/index.js'
import { arrayLayout } from '../../../src/mea/index.js'
import { codeOf } from '../culture/cultures.js'

const [STAY, UP, DOWN] = [0, 1, 2]
const board = boardLayout()
/** Spikes of one tick: this many on each electrode of each region. */
const counts = (up: number, down: number): Float64Array => {
  const column = new Float64Array(64)
  for (const channel of board.up) column[channel] = up
  for (const channel of board.down) column[channel] = down
  return column
}
/** No memory and no quiet threshold: one tick decides. */
const IMMEDIATE: DecoderOptions = { memoryMs: 0, quietShare: 0 }
const rested = (up: number, down: number, options: DecoderOptions = IMMEDIATE) => {
  const decoder = motorRegionDecoder(options)
  decoder.adapt(counts(up, down), 10)
  return decoder
}

describe('decoding', () => {
  it('moves up when only up fires, down when only down does, and stays in silence', () => {
    const decoder = motorRegionDecoder(IMMEDIATE)
    // every second step of 0.5 ms: 10 spikes in 10 ms
    expect(decoder.decode(counts(10, 0), 10)).toBe(UP)
    expect(decoder.rates).toEqual({ up: 1000, down: 0 })
    expect(decoder.decode(counts(0, 10), 10)).toBe(DOWN)
    expect(decoder.decode(counts(0, 0), 10)).toBe(STAY)
    expect(decoder.decode(counts(5, 5), 10)).toBe(STAY)
  })

  it('is blind to spikes outside the motor regions', () => {
    const decoder = motorRegionDecoder(IMMEDIATE)
    const outside = new Float64Array(64).fill(9)
    for (const channel of [...board.up, ...board.down]) outside[channel] = 0
    expect(decoder.decode(outside, 10)).toBe(STAY)
  })

  it('moves only beyond the dead zone: |up - down| / (up + down) > 0.03', () => {
    const action = (up: number, down: number): number => motorRegionDecoder(IMMEDIATE).decode(counts(up, down), 10)
    expect([action(102.9, 97.1), action(103.1, 96.9), action(96.9, 103.1)]).toEqual([STAY, UP, DOWN])
    expect(motorRegionDecoder({ ...IMMEDIATE, deadZone: 0.2 }).decode(counts(110, 90), 10)).toBe(STAY)
  })

  it('stays while both regions together are below a share of their resting rate', () => {
    const action = (up: number): number => rested(0.1, 0.1, { memoryMs: 0, quietShare: 0.25 }).decode(counts(up, 0), 10)
    expect([action(0.049), action(0.051)]).toEqual([STAY, UP])
  })

  it('mirrors exactly when up and down are exchanged', () => {
    const [decoder, mirror] = [motorRegionDecoder({}, boardLayout()), motorRegionDecoder({}, boardLayout(true))]
    const exchange = [STAY, DOWN, UP]
    for (let k = 0; k < 500; k++) {
      const spikes = counts((k * 7) % 5, (k * 11) % 6)
      if (k < 100) for (const each of [decoder, mirror]) each.adapt(spikes, 10)
      else expect(mirror.decode(spikes, 10)).toBe(exchange[decoder.decode(spikes, 10)])
    }
    expect(mirror.gains).toEqual({ up: decoder.gains.down, down: decoder.gains.up })
  })

  it('remembers with the time constant asked for, and forgets when reset', () => {
    const decoder = motorRegionDecoder({ memoryMs: 50, quietShare: 0 })
    decoder.decode(counts(1, 0), 10)
    const first = decoder.rates['up'] ?? NaN
    expect(first).toBeCloseTo(100 * (1 - Math.exp(-0.2)), 10)
    expect(decoder.decode(counts(0, 0), 10)).toBe(UP)
    expect(decoder.rates['up']).toBeCloseTo(first * Math.exp(-0.2), 10)
    decoder.reset()
    expect(decoder.rates).toEqual({ up: 0, down: 0 })
  })
})

describe('gains', () => {
  it('map the resting rate of each region to the target, so that a busier region does not win', () => {
    const decoder = rested(0.4, 0.1)
    // 40 and 10 Hz per electrode, target 20 Hz
    expect(decoder.gains.up).toBeCloseTo(2, 12)
    expect(decoder.gains.down).toBeCloseTo(0.5, 12)
    expect(decoder.decode(counts(0.4, 0.1), 10)).toBe(STAY)
    expect(decoder.rates['up']).toBeCloseTo(20, 10)
    expect(decoder.decode(counts(0.4, 0.2), 10)).toBe(DOWN)
  })

  it('average over the whole rest and are frozen by play', () => {
    const decoder = motorRegionDecoder(IMMEDIATE)
    for (const up of [0, 0, 0, 1.6]) decoder.adapt(counts(up, 0.2), 10)
    expect([decoder.gains.up, decoder.gains.down].map((gain) => Math.round(gain * 1e9) / 1e9)).toEqual([2, 1])
    for (let k = 0; k < 100; k++) decoder.decode(counts(9, 9), 10)
    decoder.reset()
    expect(Math.round(decoder.gains.up * 1e9) / 1e9).toBe(2)
  })

  it('stay within their limits', () => {
    expect(rested(0, 50).gains).toEqual({ up: 0.001, down: 4 })
  })

  it('can be put back, and are refused when they are none', () => {
    const decoder = motorRegionDecoder()
    decoder.setGains({ up: 2, down: 0.5 })
    expect(decoder.gains).toEqual({ up: 2, down: 0.5 })
    for (const gains of [{ up: 0, down: 1 }, { up: 1, down: NaN }, { up: -1, down: 1 }, { up: Infinity, down: 1 }]) {
      expect(codeOf(() => decoder.setGains(gains))).toBe('loop/gains')
    }
    expect(decoder.gains).toEqual({ up: 2, down: 0.5 })
  })
})

describe('bad input', () => {
  it('is refused', () => {
    expect(codeOf(() => motorRegionDecoder({ targetRateHz: 0 }))).toBe('parameter/invalid')
    expect(codeOf(() => motorRegionDecoder({ memoryMs: NaN }))).toBe('parameter/invalid')
    expect(codeOf(() => Reflect.apply(motorRegionDecoder, undefined, [{ gain: 3 }]))).toBe('parameter/unknown')
    expect(codeOf(() => motorRegionDecoder({}, { up: [], down: [1] }))).toBe('loop/channels')
    expect(codeOf(() => motorRegionDecoder({}, { up: [1, 2], down: [2] }))).toBe('loop/channels')
  })
})

describe('the board', () => {
  it('uses 8 sensory and twice 12 motor electrodes, all usable, none twice, and can exchange up and down', () => {
    const { places, sensory, up, down } = board
    expect([sensory.length, up.length, down.length]).toEqual([8, 12, 12])
    const all = [...sensory, ...up, ...down]
    expect(new Set(all).size).toBe(all.length)
    expect(all.filter((channel) => arrayLayout('cl1').unusable.has(channel))).toEqual([])
    expect(boardLayout(true)).toEqual({ places, sensory, up: down, down: up })
  })
})

describe('blanking', () => {
  it('is blind for 5 ms after each pulse, across ticks', () => {
    const blanking = new Blanking(5)
    const pulse = (step: number) => ({ step, channel: 1, depolarisationMv: 1 })
    blanking.add([pulse(3), pulse(18)], 0)
    const blind = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, k) => from + k).filter((step) => blanking.isBlind(step))
    expect(blind(0, 20)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 18, 19])
    blanking.add([], 20)
    expect(blind(20, 40)).toEqual([20, 21, 22, 23, 24, 25, 26, 27])
    blanking.add([], 40)
    expect(blind(40, 60)).toEqual([])
  })

  it('never blinds when the stretch is 0', () => {
    const blanking = new Blanking(0)
    blanking.add([{ step: 3, channel: 1, depolarisationMv: 1 }], 0)
    expect(blanking.isBlind(3)).toBe(false)
  })
})
