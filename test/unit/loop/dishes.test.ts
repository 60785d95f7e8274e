/** Dishes side by side: each lives as it would alone, and goes on from what was saved bit for bit. */
import { describe, expect, it } from 'vitest'
import { Culture } from '../../../src/culture/index.js'
import { Dishes, EmptyDishes, NetworkDishes, type DishesOptions } from '../../../src/loop/index.js'
import { PulseGate } from '../../../src/loop/pulseGate.js'
import { Recorder } from '../../../src/loop/recorder.js'
import { ElectrodeArray } from '../../../src/mea/index.js'
import { callLoosely, codeOf } from '../culture/cultures.js'
import { liveOn, pulse, seenOf, SMALL } from './batches.js'

const grow = (options: DishesOptions = {}, seeds: readonly number[] = [1, 2, 3]): Dishes => Dishes.grow({ ...SMALL, threads: 1, ...options }, seeds)
const total = (counts: Float64Array): number => counts.reduce((sum, count) => sum + count, 0)
const PULSE = { offsetMs: 0, channel: 27, currentUa: 3 }

describe('Dishes', () => {
  it('do bit for bit what a culture does under the recorder of the loops', () => {
    const dishes = grow()
    const culture = Culture.grow(SMALL.culture ?? {}, 2)
    const array = new ElectrodeArray(culture.population, SMALL.mea)
    const recorder = new Recorder(culture, array, 5)
    const gate = new PulseGate(array.stimulator)
    recorder.live(400)
    for (let round = 0; round < 10; round++) {
      const taken = pulse(dishes, 1, round)
      const expected = [9, 27, 36, 52].map((channel, k) =>
        gate.send(channel, { currentUa: 1.5 + 0.5 * k }, culture.timeMs + 5 + 10 * k + (round % 3)),
      )
      // windows shorter than the pulses take: some are on their way from one to the next
      dishes.live(31.5)
      recorder.clear()
      const spikes = recorder.live(63)
      expect([taken, dishes.counts[1], dishes.spikes[1], dishes.seenMs[1]]).toEqual([expected, recorder.counts, spikes.count, recorder.seenMs])
      expect(dishes.timeMs(1)).toBe(culture.timeMs)
    }
    expect(dishes.batch.cultures[1].snapshot().state).toEqual(culture.snapshot().state)
  })

  it('throw away what was seen while they settled, and begin at that age', () => {
    const dishes = grow({ settleSeconds: 1.2345 })
    expect([dishes.timeMs(0), dishes.timeMs(2)]).toEqual([1234.5, 1234.5])
    expect([total(dishes.counts[0]), ...dishes.spikes, ...dishes.seenMs]).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect([dishes.count, dishes.channels, dishes.layout.name, dishes.mea.largestRateHz]).toEqual([3, 64, 'cl1', 200])
  })

  it('let one live alone: only its clock and counts move', () => {
    const dishes = grow()
    dishes.live(200)
    const before = structuredClone(dishes.counts)
    dishes.liveOne(1, 400)
    expect([dishes.timeMs(0), dishes.timeMs(1), dishes.timeMs(2)]).toEqual([400, 800, 400])
    expect(dishes.counts[0]).toEqual(before[0])
    expect(dishes.counts[2]).toEqual(before[2])
    expect(dishes.counts[1]).not.toEqual(before[1])
    expect([...dishes.seenMs]).toEqual([200, 400, 200])
  })

  it('send a pulse its offset and the latency from now, to one dish', () => {
    const dishes = grow({ latencyMs: 8 })
    dishes.send(1, { ...PULSE, offsetMs: 2 })
    dishes.live(10)
    expect([...dishes.seenMs]).toEqual([10, 10, 10])
    // blind from the first step on
    dishes.live(10)
    expect([...dishes.seenMs]).toEqual([10, 5, 10])
  })

  it('drop a pulse that comes too soon on its channel, also across windows', () => {
    const dishes = grow()
    const sendAt = (offsetMs: number): boolean => dishes.send(0, { ...PULSE, offsetMs })
    expect([sendAt(0), sendAt(4.5), sendAt(5), sendAt(0)]).toEqual([true, false, true, false])
    expect(dishes.send(0, { ...PULSE, channel: 28 })).toBe(true)
    expect(dishes.send(1, PULSE)).toBe(true)
    dishes.live(10.5)
    // the last one left 0.5 ms ago
    expect([sendAt(0), dishes.send(1, PULSE)]).toEqual([true, true])
    const hasty = grow({ mea: { ...SMALL.mea, largestRateHz: 50 } })
    expect([hasty.send(0, PULSE), hasty.send(0, { ...PULSE, offsetMs: 19.5 }), hasty.send(0, { ...PULSE, offsetMs: 20 })]).toEqual([true, false, true])
    hasty.live(26)
    expect(hasty.send(0, PULSE)).toBe(false)
  })

  it('are blind after each pulse, for as long as the options say', () => {
    const [seeing, blind] = [grow({ blindMs: 0 }), grow({ blindMs: 1000 })]
    for (const dishes of [seeing, blind]) {
      pulse(dishes, 0)
      dishes.live(300)
    }
    expect([...seeing.seenMs]).toEqual([300, 300, 300])
    expect([...blind.seenMs]).toEqual([5, 300, 300])
    expect(blind.spikes).toEqual(seeing.spikes)
    expect(total(seeing.counts[0])).toBeGreaterThan(20)
    expect(total(blind.counts[0])).toBeLessThan(total(seeing.counts[0]) / 4)
    expect(blind.counts[1]).toEqual(seeing.counts[1])
  })

  it('forget the pulses of an interrupted dish', () => {
    const [interrupted, calm] = [grow(), grow()]
    pulse(interrupted, 0)
    interrupted.interrupt(0)
    interrupted.live(100)
    calm.live(100)
    expect(seenOf(interrupted)).toEqual(seenOf(calm))
  })

  it('do not depend on the number of threads', () => {
    const several = grow({ threads: 2 })
    expect(several.batch.threads).toBe(2)
    expect(liveOn(several)).toEqual(liveOn(grow()))
    several.close()
  })

  it('switch plasticity in all of them', () => {
    const dishes = grow()
    dishes.setPlasticity({ stdp: false, homeostasis: false })
    const before = dishes.batch.cultures.map(({ state }) => state.weight.slice())
    liveOn(dishes)
    expect(dishes.batch.cultures.map(({ state }) => state.weight)).toEqual(before)
    dishes.setPlasticity({ stdp: true })
    dishes.live(2000)
    for (const [k, { state }] of dishes.batch.cultures.entries()) expect(state.weight).not.toEqual(before[k])
  })

  const stubborn = grow()
  it.each<[string, (dishes: Dishes) => unknown]>([
    ['loop/dish', (dishes) => dishes.send(3, PULSE)],
    ['loop/dish', (dishes) => dishes.send(0.5, PULSE)],
    ['loop/dish', (dishes) => dishes.liveOne(-1, 10)],
    ['loop/dish', (dishes) => dishes.timeMs(NaN)],
    ['loop/dish', (dishes) => dishes.interrupt(3)],
    ['loop/pulse-offset', (dishes) => dishes.send(0, { ...PULSE, offsetMs: -1 })],
    ['loop/pulse-offset', (dishes) => dishes.send(0, { ...PULSE, offsetMs: NaN })],
    ['loop/pulse-offset', (dishes) => dishes.send(0, { ...PULSE, offsetMs: Infinity })],
    ['mea/channel-forbidden', (dishes) => dishes.send(0, { ...PULSE, channel: 0 })],
    ['mea/channel-unknown', (dishes) => dishes.send(0, { ...PULSE, channel: 64 })],
    ['mea/current-limit', (dishes) => dishes.send(0, { ...PULSE, currentUa: 3.1 })],
    ['mea/current-limit', (dishes) => dishes.send(0, { ...PULSE, currentUa: NaN })],
    ['time/not-a-multiple', (dishes) => dishes.live(10.2)],
    ['time/not-a-multiple', (dishes) => dishes.live(NaN)],
    ['time/not-a-multiple', (dishes) => dishes.liveOne(0, -10)],
    ['culture/duration', (dishes) => dishes.live(0)],
    ['rng/seed', (dishes) => dishes.loadOne(0, dishes.saveOne(0), -1)],
    ['culture/batch', (dishes) => dishes.batch.replace(3, dishes.batch.cultures[0].snapshot())],
  ])('refuse with %s and stay as they were: %s', (code, act) => {
    pulse(stubborn, 0)
    const stateOf = (): unknown => [0, 1, 2].map((dish) => [stubborn.timeMs(dish), stubborn.saveOne(dish).readOut])
    const before = stateOf()
    expect(codeOf(() => act(stubborn))).toBe(code)
    expect(stateOf()).toEqual(before)
  })

  it.each<[string, () => unknown]>([
    ['culture/batch', () => grow({}, [])],
    ['loop/no-dish', () => EmptyDishes.grow({}, [])],
    ['loop/no-dish', () => NetworkDishes.grow({}, [])],
    ['rng/seed', () => grow({}, [-1])],
    ['parameter/invalid', () => grow({ latencyMs: 4 })],
    ['parameter/invalid', () => grow({ blindMs: NaN })],
    ['parameter/invalid', () => grow({ mea: { largestRateHz: 0 } })],
    ['parameter/unknown', () => callLoosely(Dishes, 'grow', { settle: 3 }, [1])],
    ['time/not-a-multiple', () => grow({ settleSeconds: 0.0001 })],
    ['culture/threads', () => grow({ threads: 0 })],
    ['parameter/invalid', () => NetworkDishes.grow({ ...SMALL, network: { spectralRadius: 1.1 } }, [1])],
  ])('are refused with %s: %s', (code, act) => {
    expect(codeOf(act)).toBe(code)
  })
})
