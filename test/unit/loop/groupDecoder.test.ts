/** Motor groups: who wins a head, what rest teaches, bad input. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupDecoder, type DecodedHead, type GroupDecoderOptions } from '../../../src/loop/index.js'
import { codeOf } from '../culture/cultures.js'

const HEADS: DecodedHead[] = [
  { name: 'turn', groups: [[1, 2], [3, 5]], names: ['left', 'right'] },
  { name: 'attack', groups: [[6, 8]] },
]
const countsOf = (spikes: Record<number, number>): Float64Array => Float64Array.from({ length: 64 }, (_, channel) => spikes[channel] ?? 0)
/** Spikes an electrode of each group in 100 ms; 2 are 20 Hz, the rest's target. */
const each = (left: number, right: number, attack: number): Float64Array =>
  countsOf({ 1: left, 2: left, 3: right, 5: right, 6: attack, 8: attack })
const choose = (counts: Float64Array, options: GroupDecoderOptions = {}): number[] => [...groupDecoder(options, HEADS).decode(counts, 100)]

describe('groupDecoder', () => {
  it('lets the more active group of a head win, beyond the dead zone and above mere quiet', () => {
    expect(choose(each(4, 2, 0))).toEqual([1, 0])
    expect(choose(each(2, 4, 0))).toEqual([2, 0])
    expect(choose(each(3, 3, 0))).toEqual([0, 0])
    expect(choose(each(4, 3, 0), { deadZone: 0.2 })).toEqual([0, 0])
    // 5 Hz is a quarter of the target: the edge
    expect(choose(each(0.5, 0, 0))).toEqual([1, 0])
    expect(choose(each(0.4, 0, 0))).toEqual([0, 0])
    expect(choose(each(0, 0, 0), { quietShare: 0 })).toEqual([0, 0])
  })

  it('asks of a group without a rival that it exceeds its rest clearly', () => {
    expect(choose(each(0, 0, 3))).toEqual([0, 0])
    expect(choose(each(0, 0, 3.1))).toEqual([0, 1])
    expect(choose(each(0, 0, 2.1), { aloneShare: 1 })).toEqual([0, 1])
  })

  it('decides each head by its own groups alone', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9), (left, right, attack, other) => {
        expect(choose(each(left, right, attack))[0]).toBe(choose(each(left, right, other))[0])
        expect(choose(each(left, right, attack))[1]).toBe(choose(each(other, right, attack))[1])
      }),
    )
  })

  it('learns in rest what each group does by itself, so that a merely busier one does not win', () => {
    const decoder = groupDecoder({}, HEADS)
    for (let k = 0; k < 10; k++) decoder.adapt(each(6, 3, 4), 100)
    expect(decoder.gains).toEqual([[3, 1.5], [2]].map((head) => head.map((gain) => expect.closeTo(gain, 12))))
    expect([...decoder.decode(each(6, 3, 4), 100)]).toEqual([0, 0])
    expect([...decoder.decode(each(6, 4, 7), 100)]).toEqual([2, 1])
    const twin = groupDecoder({}, HEADS)
    twin.setGains(structuredClone(decoder.gains))
    expect(twin.gains).toEqual(decoder.gains)
    expect([...twin.decode(each(6, 4, 7), 100)]).toEqual([2, 1])
  })

  it('does not let a group that was silent in the rest win by its first spike', () => {
    const rested = (options: GroupDecoderOptions, left: number, right: number) => {
      const decoder = groupDecoder(options, HEADS)
      for (let k = 0; k < 10; k++) decoder.adapt(each(left, k === 0 ? right : 0, 0), 100)
      return decoder
    }
    // one spike on one electrode of each group: neither is more active
    const one = countsOf({ 1: 1, 3: 1 })
    const silent = rested({}, 0.5, 0)
    expect(silent.gains).toEqual([[expect.closeTo(0.25, 12), expect.closeTo(0.25, 12)], [0.001]])
    expect([...silent.decode(one, 100)]).toEqual([0, 0])
    // it is not mute: more than its rival, it wins
    expect([...silent.decode(countsOf({ 1: 1, 3: 2 }), 100)]).toEqual([2, 0])
    // 4 spikes in the rest are a resting rate of its own, 2 Hz of 20; 2 are not, unless asked for
    expect(rested({}, 0.5, 2).gains[0][1]).toBeCloseTo(0.1, 12)
    expect(rested({}, 0.5, 1).gains[0][1]).toBeCloseTo(0.25, 12)
    expect(rested({ fewestRestSpikes: 2 }, 0.5, 1).gains[0][1]).toBeCloseTo(0.05, 12)
    expect(rested({ fewestRestSpikes: 0 }, 0.5, 0).gains[0][1]).toBe(0.001)
    // where all are silent there is nobody to borrow from
    expect(rested({}, 0, 0).gains[0]).toEqual([0.001, 0.001])
  })

  it('remembers as long as it is told, and forgets on a reset', () => {
    const decoder = groupDecoder({ memoryMs: 1000 }, HEADS)
    for (let k = 0; k < 50; k++) decoder.decode(each(9, 0, 0), 100)
    expect([...decoder.decode(each(0, 9, 0), 100)]).toEqual([1, 0])
    decoder.reset()
    expect([...decoder.decode(each(0, 9, 0), 100)]).toEqual([2, 0])
  })

  it('names its rates', () => {
    const decoder = groupDecoder({}, HEADS)
    decoder.decode(each(4, 2, 1), 100)
    expect(decoder.rates).toEqual({ 'turn left': 40, 'turn right': 20, 'attack 1': 10 })
    expect(decoder.channels).toEqual([1, 2, 3, 5, 6, 8])
    expect(decoder.idleAction).toEqual([0, 0])
  })

  it.each<[string, () => unknown]>([
    ['loop/channels', () => groupDecoder({}, [{ name: 'turn', groups: [[1], []] }])],
    ['loop/channels', () => groupDecoder({}, [{ name: 'turn', groups: [[1], [2, 1]] }])],
    ['loop/channels', () => groupDecoder({}, [{ name: 'turn', groups: [[1, 1]] }])],
    ['loop/channels', () => groupDecoder({}, [{ name: 'a', groups: [[1]] }, { name: 'b', groups: [[1]] }])],
    ['parameter/invalid', () => groupDecoder({ deadZone: NaN }, HEADS)],
    ['loop/group-gains', () => groupDecoder({}, HEADS).setGains([[1, 1]])],
    ['loop/group-gains', () => groupDecoder({}, HEADS).setGains([[1], [1]])],
    ['loop/group-gains', () => groupDecoder({}, HEADS).setGains([[1, NaN], [1]])],
    ['loop/group-gains', () => groupDecoder({}, HEADS).setGains([[1, 0], [1]])],
  ])('refuses with %s: %s', (code, act) => {
    expect(codeOf(act)).toBe(code)
  })
})
