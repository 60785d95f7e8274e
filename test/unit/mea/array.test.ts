/** The array: where its electrodes lie, what they record. */
import { describe, expect, it } from 'vitest'
import { arrayLayout, checkChannel, ElectrodeArray, neighboursWithin, type CellPositions } from '../../../src/mea/index.js'
import { codeOf } from '../culture/cultures.js'

/** Cells at these places in a dish of 3 mm; electrode 1 lies at (1000, 800), electrode 9 at (1000, 1000). */
const cellsAt = (...places: readonly (readonly [number, number])[]): CellPositions => ({
  neurons: places.length,
  sideUm: 3000,
  xUm: Float32Array.from(places, ([x]) => x),
  yUm: Float32Array.from(places, ([, y]) => y),
})
const spikes = (...neurons: readonly number[]) => ({
  count: neurons.length,
  steps: Int32Array.from(neurons, (_, k) => k),
  neurons: Int32Array.from(neurons),
})

describe('the layout cl1', () => {
  const layout = arrayLayout('cl1')
  const inDish = (channel: number): number[] => [1500 + (layout.xUm[channel] ?? NaN), 1500 + (layout.yUm[channel] ?? NaN)]

  it('has 64 electrodes, 8 x 8 at 200 um, centred: 800 to 2200 um of a 3 mm dish', () => {
    expect([layout.channels, layout.rows, layout.columns, layout.xUm.length, layout.yUm.length]).toEqual([64, 8, 8, 64, 64])
    expect([inDish(0), inDish(1), inDish(8), inDish(63)]).toEqual([[800, 800], [1000, 800], [800, 1000], [2200, 2200]])
  })

  it('has 59 usable channels: all but 0, 4, 7, 56 and 63', () => {
    const usable = Array.from({ length: 64 }, (_, channel) => channel).filter((channel) => codeOf(() => checkChannel(layout, channel)) === undefined)
    expect(usable).toHaveLength(59)
    for (const channel of [0, 4, 7, 56, 63]) expect(codeOf(() => checkChannel(layout, channel))).toBe('mea/channel-forbidden')
    for (const channel of [-1, 64, 1.5, NaN]) expect(codeOf(() => checkChannel(layout, channel))).toBe('mea/channel-unknown')
  })
})

describe('neighbours', () => {
  it('lie strictly inside the radius: on it is outside', () => {
    const cells = cellsAt([1000, 800], [0, 0], [1100, 800], [1099, 800], [1060, 880])
    const { start, neuron, nearness } = neighboursWithin(arrayLayout('cl1'), cells, 100)
    const [from, to] = [start[1], start[2]]
    expect([...neuron.subarray(from, to)]).toEqual([0, 3])
    expect([...nearness.subarray(from, to)].map((near) => Math.round(near * 1e6) / 1e6)).toEqual([1, 0.01])
  })

  it('are none for an unusable channel', () => {
    const { start } = neighboursWithin(arrayLayout('cl1'), cellsAt([800, 800]), 100)
    expect(start[1]).toBe(0)
  })
})

describe('recording', () => {
  const array = new ElectrodeArray(cellsAt([1000, 800], [1010, 810], [990, 790], [1000, 890], [0, 0]))
  const counted = (neurons: readonly number[], isBlanked: (step: number) => boolean = () => false): [number, number][] => {
    const counts = new Float64Array(64)
    array.countSpikes(spikes(...neurons), counts, isBlanked)
    return [...counts].flatMap((count, channel): [number, number][] => (count > 0 ? [[channel, count]] : []))
  }

  it('counts the spikes of the cells near each electrode; electrodes without cells stay at 0', () => {
    expect(counted([0, 2])).toEqual([[1, 2]])
    expect(counted([0, 0, 1, 4])).toEqual([[1, 3]])
  })

  it('counts a spike at every electrode that sees the cell', () => {
    const between = new ElectrodeArray(cellsAt([1000, 900]), { detectionRadiusUm: 101 })
    const counts = new Float64Array(64)
    between.countSpikes(spikes(0), counts, () => false)
    expect([counts[1], counts[9]]).toEqual([1, 1])
  })

  it('loses spikes while the amplifiers are blind', () => {
    expect(counted([0, 1, 2], (step) => step === 1)).toEqual([[1, 2]])
  })

  it('adds to what was counted before', () => {
    const counts = new Float64Array(64).fill(2)
    array.countSpikes(spikes(0), counts, () => false)
    expect([counts[1], counts[2]]).toEqual([3, 2])
  })
})

describe('options of the array', () => {
  it.each([{ detectionRadiusUm: 0 }, { detectionRadiusUm: NaN }, { activationRadiusUm: -1 }, { layout: 'hex' }, { largestRateHz: Infinity }])(
    'out of range are refused: %j',
    (options) => {
      expect(codeOf(() => Reflect.construct(ElectrodeArray, [cellsAt([0, 0]), options]))).toBe('parameter/invalid')
    },
  )

  it('misspelt are refused', () => {
    expect(codeOf(() => Reflect.construct(ElectrodeArray, [cellsAt([0, 0]), { detectionRadius: 50 }]))).toBe('parameter/unknown')
  })
})
