import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  electrodeMapFrom, electrodeRates, electrodeSpikeCounts, interSpikeIntervals, logHistogram, sumElectrodeCounts,
} from '../../../src/analysis/index.js'
import { recordingOf } from './plantedRaster.js'

describe('interSpikeIntervals', () => {
  it('pools intervals within cells, never across them', () => {
    const recording = recordingOf([[0, 0], [2, 1], [4, 0], [10, 1], [24, 0], [30, 2]], 3, 40)
    expect([...interSpikeIntervals(recording)]).toEqual([2, 4, 10])
    expect(interSpikeIntervals(recordingOf([], 3, 40)).length).toBe(0)
  })
})

describe('logHistogram', () => {
  it('puts decade values into the bins they open', () => {
    const { edgesMs, counts, below, above } = logHistogram([0.5, 1, 9.9, 10, 99, 100, 1000], { lowMs: 1, highMs: 1000, binsPerDecade: 1 })
    expect([...edgesMs]).toEqual([1, 10, 100, 1000])
    expect([...counts]).toEqual([2, 2, 1])
    expect([below, above]).toEqual([1, 1])
  })

  it('counts every interval once, in the bin whose edges hold it', () => {
    fc.assert(fc.property(fc.double({ min: 0.01, max: 1e6, noNaN: true }), fc.integer({ min: 1, max: 30 }), (interval, binsPerDecade) => {
      const { edgesMs, counts, below, above } = logHistogram([interval], { binsPerDecade })
      expect(below + above + counts.reduce((sum, count) => sum + count, 0)).toBe(1)
      const bin = counts.indexOf(1)
      if (bin >= 0) expect(edgesMs[bin] <= interval && interval < edgesMs[bin + 1]).toBe(true)
    }))
    // the edges themselves are the hard cases
    const { edgesMs } = logHistogram([], { binsPerDecade: 7 })
    expect([...logHistogram(edgesMs, { binsPerDecade: 7 }).counts].every((count) => count === 1)).toBe(true)
  })

  it('refuses a range that is no range', () => {
    expect(() => logHistogram([], { lowMs: 10, highMs: 10 })).toThrow(expect.objectContaining({ code: 'analysis/input' }))
    expect(() => logHistogram([], { lowMs: -1 })).toThrow(expect.objectContaining({ code: 'parameter/invalid' }))
    expect(() => logHistogram([], { binsPerDecade: 2.5 })).toThrow(expect.objectContaining({ code: 'parameter/invalid' }))
  })
})

describe('electrode rates', () => {
  const map = electrodeMapFrom([[true, true, false], [false, true, false], [false, false, false]])

  it('adds up the neurons an electrode hears', () => {
    expect([...map.offsets]).toEqual([0, 2, 3, 3])
    const counts = electrodeSpikeCounts(recordingOf([[0, 0], [1, 1], [2, 1], [3, 2]], 3, 1000), map)
    expect([...counts]).toEqual([3, 2, 0])
    // over 500 ms
    expect([...(electrodeRates(counts, 500) ?? [])]).toEqual([6, 4, 0])
    expect(electrodeRates(counts, 0)).toBeNull()
  })

  it('adds up columns tick by tick', () => {
    expect([...sumElectrodeCounts({ electrodes: [2, 0, 2], counts: [1, 4, 2] }, 3)]).toEqual([4, 0, 3])
  })

  it('refuses electrodes and neurons that do not exist', () => {
    const wrong = expect.objectContaining({ code: 'analysis/input' })
    expect(() => electrodeSpikeCounts(recordingOf([], 1, 10), map)).toThrow(wrong)
    expect(() => sumElectrodeCounts({ electrodes: [3], counts: [1] }, 3)).toThrow(wrong)
    expect(() => sumElectrodeCounts({ electrodes: [-1], counts: [1] }, 3)).toThrow(wrong)
    expect(() => sumElectrodeCounts({ electrodes: [Number.NaN], counts: [1] }, 3)).toThrow(wrong)
    expect(() => sumElectrodeCounts({ electrodes: [1, 2], counts: [1] }, 3)).toThrow(wrong)
  })
})
