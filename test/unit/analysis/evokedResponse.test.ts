import { describe, expect, it } from 'vitest'
import { evokedResponse, mergeEvokedRows } from '../../../src/analysis/index.js'
import { plantedRaster, recordingOf, squareBurst } from './plantedRaster.js'

describe('evokedResponse', () => {
  // Golden numbers: the stimulation tables' code of the native calibration program (C++), run on this same raster.
  it('agrees with the calibration program on a planted raster', () => {
    const recording = plantedRaster()
    const stimulusSteps = Array.from({ length: 58 }, (_, k) => 2100 + 1400 * k)
    const row = evokedResponse(recording, stimulusSteps, [0, 1, 2, 3, 4])
    expect(row).toMatchObject({ pulses: 56, pulsesLeftOut: 2, bursts: 4 })
    expect(row.localSpikes).toBeCloseTo(0.178571428571, 9)
    expect(row.directSpikes).toBeCloseTo(1.48214285714 - 1.55357142857, 9)
    expect(row.networkSpikes).toBeCloseTo(16.875, 9)
    expect(row.networkSpikesBefore).toBeCloseTo(14.8214285714, 9)
    expect(row.burstProbability).toBeCloseTo(4 / 56, 12)
    expect(row.byRest.map(({ pulses, bursts }) => [pulses, bursts])).toEqual([[19, 2], [12, 1], [13, 1], [8, 0]])
  })

  it('finds the burst a pulse starts and files it under the rest before it', () => {
    // bursts at 2 s and 12 s (ends near 12.2 s); a pulse right at the second onset, one with nothing around it
    const spikes = [...squareBurst(4000, 4400, 10, 10), ...squareBurst(24_000, 24_400, 10, 10)]
    const recording = recordingOf(spikes, 10, 60_000)
    const row = evokedResponse(recording, [24_000, 34_000], [0, 1])
    expect(row).toMatchObject({ pulses: 2, bursts: 1, burstProbability: 0.5 })
    // 4 volleys in 20 ms, of the 2 local cells and of all 10; 36 volleys from 20 to 200 ms, where the burst ends. The second pulse halves
    // the means.
    expect(row).toMatchObject({ localSpikes: 4, directSpikes: 20, networkSpikes: 180, networkSpikesBefore: 0 })
    expect(row.byRest).toEqual([
      { fromSeconds: 0, toSeconds: 2, pulses: 0, bursts: 0 },
      { fromSeconds: 2, toSeconds: 4, pulses: 0, bursts: 0 },
      { fromSeconds: 4, toSeconds: 8, pulses: 1, bursts: 0 },
      { fromSeconds: 8, toSeconds: null, pulses: 1, bursts: 1 },
    ])
  })

  it('has null means when no pulse fits the recording', () => {
    const row = evokedResponse(recordingOf([], 5, 1000), [100, 900, 5000, -700], [0])
    expect(row).toMatchObject({
      pulses: 0, pulsesLeftOut: 4, localSpikes: null, directSpikes: null, networkSpikes: null, networkSpikesBefore: null,
      burstProbability: null,
    })
    expect(mergeEvokedRows([row, row])).toMatchObject({ pulses: 0, pulsesLeftOut: 8, burstProbability: null, localSpikes: null })
  })

  it('merges rows as if their pulses had been given in one', () => {
    const recording = plantedRaster()
    const stimulusSteps = Array.from({ length: 58 }, (_, k) => 2100 + 1400 * k)
    const whole = evokedResponse(recording, stimulusSteps, [0])
    const parts = [stimulusSteps.slice(0, 9), stimulusSteps.slice(9)]
    const merged = mergeEvokedRows(parts.map((part) => evokedResponse(recording, part, [0])))
    expect(merged.byRest).toEqual(whole.byRest)
    expect(merged.networkSpikes).toBeCloseTo(whole.networkSpikes ?? Number.NaN, 9)
    expect(merged).toMatchObject({ pulses: whole.pulses, pulsesLeftOut: whole.pulsesLeftOut, burstProbability: whole.burstProbability })
  })

  it('refuses steps and neurons that cannot be', () => {
    const recording = recordingOf([], 5, 4000)
    const wrong = expect.objectContaining({ code: 'analysis/input' })
    expect(() => evokedResponse(recording, [Number.NaN], [0])).toThrow(wrong)
    expect(() => evokedResponse(recording, [1000.5], [0])).toThrow(wrong)
    expect(() => evokedResponse(recording, [1000], [5])).toThrow(wrong)
    expect(() => evokedResponse(recording, [1000], [-1])).toThrow(wrong)
  })
})
