import { describe, expect, it } from 'vitest'
import { burstSummary, detectBursts, populationRate, smoothGaussian } from '../../../src/analysis/index.js'
import { plantedRaster, recordingOf, squareBurst } from './plantedRaster.js'

describe('populationRate', () => {
  it('is spikes per cell and second in each bin, without a partial bin at the end', () => {
    // 4 cells, 5 ms bins: 2 spikes = 2 / 4 / 0.005 = 100 Hz. The spike in step 21 is in a partial bin.
    const { rateHz, smoothedHz, startMs } = populationRate(recordingOf([[0, 1], [9, 2], [10, 0], [21, 3]], 4, 25), { smoothingMs: 0 })
    expect([...rateHz]).toEqual([100, 50])
    expect([...smoothedHz]).toEqual([100, 50])
    expect(startMs).toBe(0)
  })

  it('smooths with a Gaussian cut off at 4 SD that keeps the area', () => {
    const impulse = new Float64Array(101)
    impulse[50] = 1
    const smoothed = smoothGaussian(impulse, 4)
    expect(smoothed.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12)
    // one SD away: exp(-1/2) of the peak; beyond 4 SD: nothing
    expect(smoothed[54] / smoothed[50]).toBeCloseTo(Math.exp(-0.5), 12)
    expect(smoothed[46]).toBe(smoothed[54])
    expect(smoothed[66]).toBeGreaterThan(0)
    expect(smoothed[67]).toBe(0)
  })

  it('refuses bad bins', () => {
    const recording = recordingOf([], 1, 10)
    expect(() => populationRate(recording, { binMs: 0 })).toThrow(expect.objectContaining({ code: 'parameter/invalid' }))
    expect(() => populationRate(recording, { smoothingMs: Number.NaN })).toThrow(expect.objectContaining({ code: 'parameter/invalid' }))
    expect(() => populationRate(recording, { binMs: 0.7 })).toThrow(expect.objectContaining({ code: 'time/not-a-multiple' }))
  })
})

describe('detectBursts', () => {
  // Golden numbers: the detector of the native calibration program (C++), run on this same raster.
  it('agrees with the calibration program on a planted raster', () => {
    const recording = plantedRaster()
    expect(recording.steps.length).toBe(2431)
    const detection = detectBursts(recording)
    expect(detection.meanHz).toBeCloseTo(1.50999599025, 9)
    expect(detection.thresholdHz).toBeCloseTo(5.73864480889, 9)
    expect(detection.offsetThresholdHz).toBeCloseTo(3.62432039957, 9)
    expect(detection.bursts.map(({ onsetBin, offsetBin }) => [onsetBin, offsetBin])).toEqual([
      [396, 490], [1095, 1154], [1595, 1611], [1743, 1812], [2796, 2864], [4995, 5028], [5596, 5700],
    ])
    // bins start at 1,000 ms on the culture's clock
    expect(detection.bursts[0]).toMatchObject({ onsetMs: 2980, offsetMs: 3450, durationMs: 470 })
    const summary = burstSummary(detection)
    expect(summary.count).toBe(7)
    expect(summary.burstsPerMinute).toBeCloseTo(10.5, 12)
    expect(summary.interBurstIntervalMeanMs).toBeCloseTo(4050.83333333, 6)
    expect(summary.interBurstIntervalCv).toBeCloseTo(0.86784661082, 9)
    expect(summary.durationMeanMs).toBeCloseTo(316.428571429, 6)
    expect(summary.recruitmentMean).toBeCloseTo(0.725, 12)
    expect(summary.peakRateMeanHz).toBeCloseTo(22.8230268309, 8)
    expect(summary.tonicRateHz).toBeCloseTo(0.685994283381, 9)
    expect(summary.spikesPerCellMean).toBeCloseTo(5.025, 12)
  })

  it('is not split by empty bins inside a burst', () => {
    // 10 cells fire together every 20 ms for 300 ms: three of four 5 ms bins are empty
    const detection = detectBursts(recordingOf(squareBurst(4000, 4600, 10, 40), 10, 10_000))
    expect(detection.bursts).toHaveLength(1)
    expect(detection.bursts[0]).toMatchObject({ recruitment: 1, spikesPerCell: 15 })
  })

  it('merges bursts closer than the merge gap, and only those', () => {
    const pair = [...squareBurst(4000, 4200, 10, 10), ...squareBurst(4500, 4700, 10, 10)]
    const recording = recordingOf(pair, 10, 20_000)
    expect(detectBursts(recording, { mergeGapMs: 200 }).bursts).toHaveLength(1)
    expect(detectBursts(recording, { mergeGapMs: 20 }).bursts).toHaveLength(2)
  })

  it('drops short bursts, bursts that begin in the first bin and bursts that are still open at the end', () => {
    const middle = recordingOf(squareBurst(4000, 4040, 10, 10), 10, 10_000)
    expect(detectBursts(middle).bursts).toHaveLength(1)
    expect(detectBursts(middle, { minimumDurationMs: 500 }).bursts).toHaveLength(0)
    expect(detectBursts(recordingOf(squareBurst(0, 400, 10, 10), 10, 10_000)).bursts).toHaveLength(0)
    expect(detectBursts(recordingOf(squareBurst(9600, 10_000, 10, 10), 10, 10_000)).bursts).toHaveLength(0)
  })

  it('asks for a rise of at least 2 Hz above the mean', () => {
    // one cell of 100 fires alone: 0.4 Hz at the smoothed peak (1 spike / 100 cells / 50 ms of kernel)
    expect(detectBursts(recordingOf([[5000, 0]], 100, 10_000)).bursts).toHaveLength(0)
    expect(detectBursts(recordingOf([[5000, 0]], 100, 10_000), { minimumRiseHz: 0 }).bursts).toHaveLength(1)
  })

  it('refuses options it does not know and numbers out of range', () => {
    const recording = recordingOf([], 1, 10)
    const misspelt: object = { thresholdSD: 2 }
    expect(() => detectBursts(recording, misspelt)).toThrow(expect.objectContaining({ code: 'parameter/unknown' }))
    expect(() => detectBursts(recording, { offsetFraction: 1.5 })).toThrow(expect.objectContaining({ code: 'parameter/invalid' }))
  })
})

describe('burstSummary', () => {
  const nothing = {
    interBurstIntervalMeanMs: null, interBurstIntervalCv: null, durationMeanMs: null, recruitmentMean: null, peakRateMeanHz: null,
    spikesPerCellMean: null,
  }

  it('has no burst quantities for a silent dish', () => {
    const summary = burstSummary(detectBursts(recordingOf([], 5, 20_000)))
    expect(summary).toEqual({ ...nothing, count: 0, burstsPerMinute: 0, tonicRateHz: 0 })
  })

  it('has nothing at all for a recording of zero duration', () => {
    const detection = detectBursts(recordingOf([], 5, 100, 100))
    expect(detection).toMatchObject({ meanHz: null, thresholdHz: null, offsetThresholdHz: null })
    expect(burstSummary(detection)).toEqual({ ...nothing, count: 0, burstsPerMinute: null, tonicRateHz: null })
  })

  it('has no interval for one burst and no CV for two', () => {
    const one = squareBurst(4000, 4400, 10, 10)
    const single = burstSummary(detectBursts(recordingOf(one, 10, 40_000)))
    expect(single).toMatchObject({ count: 1, burstsPerMinute: 3, recruitmentMean: 1 })
    expect(single).toMatchObject({ interBurstIntervalMeanMs: null, interBurstIntervalCv: null })
    const detection = detectBursts(recordingOf([...one, ...squareBurst(14_000, 14_400, 10, 10)], 10, 40_000))
    const summary = burstSummary(detection)
    expect(summary.interBurstIntervalCv).toBeNull()
    // offset to next onset, not onset to onset
    expect(summary.interBurstIntervalMeanMs).toBe(detection.bursts[1].onsetMs - detection.bursts[0].offsetMs)
  })

  it('takes tonic firing from outside the bursts only', () => {
    const tonic = Array.from({ length: 39 }, (_, k): [number, number] => [1000 * k + 500, k % 10])
    const spikes = [...tonic, ...squareBurst(20_000, 20_400, 10, 10)].sort(([a], [b]) => a - b)
    // 39 lone spikes of 10 cells in just under 20 s: 0.2 Hz; with the burst counted it would be 2.2 Hz
    const { tonicRateHz } = burstSummary(detectBursts(recordingOf(spikes, 10, 40_000)))
    expect(tonicRateHz).toBeGreaterThan(0.19)
    expect(tonicRateHz).toBeLessThan(0.21)
  })
})
