/** Stimulation: what the hardware refuses, when pulses leave, what they do to cells. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Culture } from '../../../src/culture/index.js'
import { ElectrodeArray, type CellPositions, type MeaOptions, type PulseDesign, type PulseTrain } from '../../../src/mea/index.js'
import { codeOf } from '../culture/cultures.js'

/** Cells at these distances to the right of electrode 1. */
const arrayOver = (offsetsUm: readonly (readonly [number, number])[] = [[0, 0]], options: MeaOptions = {}): ElectrodeArray => {
  const cells: CellPositions = {
    neurons: offsetsUm.length,
    sideUm: 3000,
    xUm: Float32Array.from(offsetsUm, ([x]) => 1000 + x),
    yUm: Float32Array.from(offsetsUm, ([, y]) => 800 + y),
  }
  return new ElectrodeArray(cells, options)
}
const PULSE = { amplitudeMv: 75 }
/** Steps at which pulses leave on any channel within the first ten seconds. */
const steps = (array: ElectrodeArray): number[] => {
  array.stimulator.take(0, 20_000)
  return array.stimulator.takeDelivered().map(({ step }) => step)
}
const effect = (pulse: PulseDesign, offsetsUm: readonly (readonly [number, number])[] = [[0, 0]], options: MeaOptions = {}): number[] => {
  const array = arrayOver(offsetsUm, options)
  array.stimulator.schedule([1], pulse, 0)
  const { count, neurons, amplitudesMv } = array.stimulator.take(0, 1)
  const found = offsetsUm.map(() => 0)
  for (let k = 0; k < count; k++) found[neurons[k] ?? -1] = amplitudesMv[k] ?? NaN
  return found
}

describe('limits', () => {
  it.each<[string, PulseDesign]>([
    ['mea/voltage-limit', { amplitudeMv: 901 }],
    ['mea/voltage-limit', { amplitudeMv: -75 }],
    ['mea/voltage-limit', { amplitudeMv: NaN }],
    ['mea/current-limit', { currentUa: 3.01 }],
    ['mea/current-limit', { currentUa: -1 }],
    ['mea/current-limit', { currentUa: NaN }],
    ['mea/charge-limit', { currentUa: 3, phaseWidthUs: 1020 }],
    ['mea/phase-width', { currentUa: 1, phaseWidthUs: 30 }],
    ['mea/phase-width', { amplitudeMv: 75, phaseWidthUs: 0 }],
    ['mea/phase-width', { amplitudeMv: 75, phaseWidthUs: NaN }],
    ['mea/phase-width', { amplitudeMv: 75, phaseWidthUs: -20 }],
  ])('%s: %j', (code, pulse) => {
    const array = arrayOver()
    expect(codeOf(() => array.stimulator.schedule([1], pulse, 0))).toBe(code)
    expect(steps(array)).toEqual([])
  })

  it('let the limits themselves pass: 900 mV, 3 uA, 3 nC', () => {
    for (const pulse of [{ amplitudeMv: 900 }, { currentUa: 3 }, { currentUa: 3, phaseWidthUs: 1000 }]) {
      expect(codeOf(() => arrayOver().stimulator.schedule([1], pulse, 0))).toBeUndefined()
    }
  })

  it('refuse channels that do not exist or may not be used, and then schedule on none of the set', () => {
    const array = arrayOver()
    expect(codeOf(() => array.stimulator.schedule([1, 64], PULSE, 0))).toBe('mea/channel-unknown')
    expect(codeOf(() => array.stimulator.schedule([1, 56], PULSE, 0))).toBe('mea/channel-forbidden')
    expect(steps(array)).toEqual([])
  })

  it.each<[PulseTrain, number]>([
    [{ count: 0, frequencyHz: 10 }, 0],
    [{ count: 1.5, frequencyHz: 10 }, 0],
    [{ count: NaN, frequencyHz: 10 }, 0],
    [{ count: 2, frequencyHz: 0 }, 0],
    [{ count: 2, frequencyHz: NaN }, 0],
    [{ count: 2, frequencyHz: 10 }, -1],
    [{ count: 2, frequencyHz: 10 }, NaN],
    [{ count: 2, frequencyHz: 10 }, Infinity],
  ])('refuse a train that is none: %j from %d ms', (train, startMs) => {
    expect(codeOf(() => arrayOver().stimulator.schedule([1], PULSE, startMs, train))).toBe('mea/train')
  })

  it('keep 5 ms between pulses of a channel, across calls and after delivery; other channels are free', () => {
    const { stimulator } = arrayOver()
    stimulator.schedule([1], PULSE, 100)
    for (const ms of [95.5, 100, 104.5]) {
      expect(codeOf(() => stimulator.schedule([1], PULSE, ms))).toBe('mea/rate-limit')
      expect(stimulator.allows(1, ms)).toBe(false)
      expect(stimulator.allows(2, ms)).toBe(true)
    }
    expect([stimulator.allows(1, 95), stimulator.allows(1, 105)]).toEqual([true, true])
    stimulator.take(0, 201)
    expect(codeOf(() => stimulator.schedule([1], PULSE, 104.5))).toBe('mea/rate-limit')
    expect(codeOf(() => stimulator.schedule([1], PULSE, 105))).toBeUndefined()
    expect(codeOf(() => stimulator.schedule([2, 2], PULSE, 300))).toBe('mea/rate-limit')
  })

  it('refuse a train above 200 Hz and pass one at 200 Hz, wherever it starts', () => {
    expect(codeOf(() => arrayOver().stimulator.schedule([1], PULSE, 0, { count: 2, frequencyHz: 250 }))).toBe('mea/rate-limit')
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1000, noNaN: true }), (startMs) => {
        const array = arrayOver()
        array.stimulator.schedule([1], PULSE, startMs, { count: 50, frequencyHz: 200 })
        expect(steps(array)).toHaveLength(50)
      }),
      { numRuns: 30 },
    )
  })
})

describe('schedule', () => {
  it('puts the k-th pulse of a train at start + k / f, on the next 0.5 ms step', () => {
    const array = arrayOver()
    array.stimulator.schedule([1], PULSE, 10.2, { count: 4, frequencyHz: 30 })
    expect(steps(array)).toEqual([21, 88, 154, 221])
    array.stimulator.schedule([1], PULSE, 20_000, { count: 1, frequencyHz: 1 })
    expect(steps(array)).toEqual([])
  })

  it('hands pulses over in the order of time, each once, whatever the order of the calls', () => {
    const array = arrayOver([[0, 0], [0, 200]])
    array.stimulator.schedule([9], PULSE, 5)
    array.stimulator.schedule([1], PULSE, 2)
    array.stimulator.schedule([1, 9], PULSE, 12)
    const first = array.stimulator.take(0, 20)
    expect([first.count, ...Array.from(first.steps).slice(0, 2), ...Array.from(first.neurons).slice(0, 2)]).toEqual([2, 4, 10, 0, 1])
    expect(array.stimulator.take(20, 40).count).toBe(2)
    expect(array.stimulator.take(40, 60).count).toBe(0)
    expect(array.stimulator.takeDelivered().map(({ step, channel }) => [step, channel])).toEqual([[4, 1], [10, 9], [24, 1], [24, 9]])
    expect(array.stimulator.takeDelivered()).toEqual([])
  })

  it('can be interrupted, on some channels or on all; what has left has left', () => {
    const array = arrayOver()
    const train = { count: 10, frequencyHz: 10 }
    array.stimulator.schedule([1, 2, 3], PULSE, 0, train)
    array.stimulator.take(0, 300)
    array.stimulator.interrupt([2])
    array.stimulator.take(300, 500)
    array.stimulator.interrupt()
    array.stimulator.take(500, 20_000)
    const delivered = array.stimulator.takeDelivered()
    expect([1, 2, 3].map((wanted) => delivered.filter(({ channel }) => channel === wanted).length)).toEqual([3, 2, 3])
  })

  it('refuses to deliver a pulse whose time has passed', () => {
    const { stimulator } = arrayOver()
    stimulator.schedule([1], PULSE, 5)
    expect(codeOf(() => stimulator.take(20, 40))).toBe('mea/late')
  })
})

describe('what a pulse does', () => {
  it('75 mV depolarise a cell at the electrode by 18.75 mV, 150 mV by 37.5 mV', () => {
    expect(effect({ amplitudeMv: 75 })).toEqual([18.75])
    expect(effect({ amplitudeMv: 150 })).toEqual([37.5])
    expect(effect({ amplitudeMv: 900 })).toEqual([160])
  })

  // 20 mV/uA (1 - exp(-120/250)) / (1 - exp(-200/250)) = 20 x 0.6921 mV/uA
  it('1 uA for 200 us depolarises by 20 mV, 3 uA for 120 us by 41 mV', () => {
    expect(effect({ currentUa: 1, phaseWidthUs: 200 })).toEqual([20])
    expect(effect({ currentUa: 1 })).toEqual([20])
    expect(effect({ currentUa: 3, phaseWidthUs: 120 })[0]).toBeCloseTo(41.5, 1)
  })

  it('falls linearly to 0 at the radius: 150, 75 at half of it, 50 at two thirds, nothing from there on', () => {
    const options = { activationRadiusUm: 75, depolarisationPerMv: 1 }
    const found = effect({ amplitudeMv: 150 }, [[0, 0], [37.5, 0], [30, 40], [75, 0], [80, 0], [0, 200]], options)
    for (const [k, expected] of [150, 75, 50, 0, 0, 0].entries()) expect(found[k]).toBeCloseTo(expected, 4)
  })

  it('reaches the cells near the electrode and no other, in a living culture', () => {
    const grow = (): Culture => Culture.grow({ neurons: 300, dishUm: 1500 }, 2)
    const [culture, twin] = [grow(), grow()]
    const array = new ElectrodeArray(culture.population)
    array.stimulator.schedule([27], { amplitudeMv: 75 }, 0)
    culture.advance(0.5, array.stimulator.take(0, 1))
    twin.advance(0.5)
    const [x, y] = [750 - 100, 750 - 100]
    for (let i = 0; i < 300; i++) {
      const distance = Math.hypot((culture.population.xUm[i] ?? NaN) - x, (culture.population.yUm[i] ?? NaN) - y)
      const rise = (culture.state.v[i] ?? NaN) - (twin.state.v[i] ?? NaN)
      expect(rise).toBeCloseTo(Math.max(0, 18.75 * (1 - distance / 100)), 4)
    }
    expect(array.activated.start[28]).toBeGreaterThan(array.activated.start[27] ?? NaN)
  })
})
