import { describe, expect, it } from 'vitest'
import { publishedRanges, spontaneousStatistics } from '../../../src/analysis/index.js'
import { plantedRaster, recordingOf, squareBurst } from './plantedRaster.js'

describe('spontaneousStatistics', () => {
  it('passes all six criteria on a raster that lies inside them, with a source each', () => {
    const { checks, passed, criteria } = spontaneousStatistics(plantedRaster())
    expect([passed, criteria]).toEqual([6, 6])
    expect(checks.map(({ name }) => name)).toEqual(publishedRanges.map(({ name }) => name))
    expect(checks.every(({ inRange, source }) => inRange && source.includes('Wagenaar'))).toBe(true)
    // 2,431 spikes of 40 cells in 40 s
    expect(checks[0]).toMatchObject({ value: 2431 / 40 / 40, unit: 'Hz', low: 0.1, high: 5 })
    expect(checks[2]?.value).toBeCloseTo(4.05083333333, 9)
  })

  it('counts the interval mean and CV as one criterion: clockwork bursts fail it once', () => {
    const bursts = [0, 1, 2, 3, 4, 5].flatMap((k) => squareBurst(4000 + 10_000 * k, 4400 + 10_000 * k, 10, 20))
    const { checks, passed } = spontaneousStatistics(recordingOf(bursts, 20, 64_000))
    expect(checks.filter(({ inRange }) => !inRange).map(({ name }) => name)).toEqual(['inter-burst interval, CV'])
    expect(passed).toBe(5)
  })

  it('fails the interval criterion for fewer than 2 bursts', () => {
    const { checks, passed } = spontaneousStatistics(recordingOf(squareBurst(4000, 4400, 10, 20), 20, 40_000))
    expect(checks.filter(({ criterion }) => criterion === 'inter-burst interval').map(({ value, inRange }) => [value, inRange])).toEqual([
      [null, false], [null, false],
    ])
    expect(passed).toBe(5)
  })

  it('gives a silent dish its tonic rate only, and a recording of zero duration nothing', () => {
    expect(spontaneousStatistics(recordingOf([], 5, 20_000)).passed).toBe(1)
    const empty = spontaneousStatistics(recordingOf([], 5, 0))
    expect(empty.passed).toBe(0)
    expect(empty.checks.every(({ value }) => value === null)).toBe(true)
  })
})
