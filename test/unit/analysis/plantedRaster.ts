/** Recordings made for the tests: a hashed raster with planted bursts that a program in another language can make bit for bit. */
import { makeRecording } from '../../../src/analysis/index.js'
import type { SpikeRecording } from '../../../src/analysis/index.js'
import { mix32 } from '../../../src/rng.js'

/** Spikes given as [step, neuron] pairs. */
export const recordingOf = (
  spikes: readonly (readonly [number, number])[], neuronCount: number, endStep: number, startStep = 0,
): SpikeRecording =>
  makeRecording({
    steps: Int32Array.from(spikes, ([step]) => step),
    neurons: Int32Array.from(spikes, ([, neuron]) => neuron),
    stepMs: 0.5,
    startStep,
    endStep,
    neuronCount,
  })

/** [onset ms, length ms, rate Hz]: one at the very start, two close together, one still running at the end, rests of 0.4 to 11 s. */
const planted = [
  [0, 150, 30], [2000, 200, 25], [2290, 150, 20], [5500, 250, 30], [8000, 30, 40], [8700, 350, 15], [14_000, 300, 35],
  [25_000, 120, 45], [28_000, 500, 20], [39_850, 150, 30],
] as const

/** 40 s of 40 cells from step 2,000 on; 0.5 Hz throughout, and the first 30 cells take part in bursts. */
export const plantedRaster = (): SpikeRecording => {
  const startStep = 2000
  const endStep = startStep + 80_000
  const spikes: [number, number][] = []
  for (let step = startStep; step < endStep; step++) {
    const ms = (step - startStep) * 0.5
    let hz = 0.5
    for (const [onset, length, rate] of planted) if (ms >= onset && ms < onset + length) hz += rate
    const limit = Math.floor(hz * 0.0005 * 4294967296)
    for (let neuron = 0; neuron < 40; neuron++) {
      if ((neuron < 30 || hz < 5) && mix32(step * 64 + neuron) < limit) spikes.push([step, neuron])
    }
  }
  return recordingOf(spikes, 40, endStep, startStep)
}

/** A square burst: every cell fires every `everySteps` steps from `fromStep` to `toStep`, and nothing else happens. */
export const squareBurst = (fromStep: number, toStep: number, neuronCount: number, everySteps: number): [number, number][] => {
  const spikes: [number, number][] = []
  for (let step = fromStep; step < toStep; step += everySteps) {
    for (let neuron = 0; neuron < neuronCount; neuron++) spikes.push([step, neuron])
  }
  return spikes
}
