import { describe, expect, it } from 'vitest'
import { firstSpikeAt, makeRecording, meanRateHz, recordingDurationMs, sliceRecording } from '../../../src/analysis/index.js'
import { recordingOf } from './plantedRaster.js'

const valid = {
  steps: Int32Array.of(10, 10, 12, 19), neurons: Int32Array.of(0, 2, 1, 2), stepMs: 0.5, startStep: 10, endStep: 20, neuronCount: 3,
}

describe('makeRecording', () => {
  it('keeps valid columns as they are', () => {
    expect(makeRecording(valid)).toEqual(valid)
    expect(recordingDurationMs(valid)).toBe(5)
    // 4 spikes of 3 cells in 5 ms
    expect(meanRateHz(valid)).toBeCloseTo(4 / 3 / 0.005, 9)
  })

  it.each([
    ['unequal lengths', { neurons: Int32Array.of(0, 2, 1) }],
    ['unsorted steps', { steps: Int32Array.of(10, 12, 11, 19) }],
    ['a step before the start', { steps: Int32Array.of(9, 10, 12, 19) }],
    ['a step at the end', { steps: Int32Array.of(10, 10, 12, 20) }],
    ['a negative neuron', { neurons: Int32Array.of(0, -1, 1, 2) }],
    ['a neuron too many', { neurons: Int32Array.of(0, 3, 1, 2) }],
    ['no neurons', { neuronCount: 0 }],
    ['a step of zero', { stepMs: 0 }],
    ['a step of NaN', { stepMs: Number.NaN }],
    ['a backward span', { endStep: 9 }],
    ['a fractional start', { startStep: 9.5 }],
  ])('refuses %s', (_, change) => {
    expect(() => makeRecording({ ...valid, ...change })).toThrow(expect.objectContaining({ code: 'analysis/recording' }))
  })

  it('has no rate over zero duration', () => {
    expect(meanRateHz(recordingOf([], 3, 10, 10))).toBeNull()
  })
})

describe('sliceRecording', () => {
  it('keeps the spikes of [from, to) with their steps', () => {
    const slice = sliceRecording(valid, 5, 6.5)
    expect([...slice.steps]).toEqual([10, 10, 12])
    expect([...slice.neurons]).toEqual([0, 2, 1])
    expect([slice.startStep, slice.endStep]).toEqual([10, 13])
    expect(sliceRecording(valid, 5.5, 6).steps.length).toBe(0)
    expect(sliceRecording(valid, 6, 6).endStep).toBe(12)
  })

  it('refuses a span outside the recording, backwards, NaN or off the step grid', () => {
    const outside = expect.objectContaining({ code: 'analysis/slice' })
    expect(() => sliceRecording(valid, 4, 8)).toThrow(outside)
    expect(() => sliceRecording(valid, 5, 11)).toThrow(outside)
    expect(() => sliceRecording(valid, 8, 7)).toThrow(outside)
    expect(() => sliceRecording(valid, Number.NaN, 8)).toThrow(outside)
    expect(() => sliceRecording(valid, 5.2, 8)).toThrow(expect.objectContaining({ code: 'time/not-a-multiple' }))
  })

  it('finds the first spike at or after a step', () => {
    expect([9, 10, 11, 12, 13, 20].map((step) => firstSpikeAt(valid, step))).toEqual([0, 0, 2, 2, 3, 4])
  })
})
