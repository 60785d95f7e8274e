/** Made-up data for the figures, the same on every run. */
import { Rng } from '../../../src/rng.js'
import type {
  ArrayActivityData, CalibrationData, EvokedResponseData, ProbeGainData, PlayCurvesData, RasterData,
} from '../../../src/figures/index.js'

export const rasterData = (spikeCount: number, sourceCount = 100): RasterData => {
  const rng = Rng.fromSeed(1)
  return {
    timesS: Float64Array.from({ length: spikeCount }, () => 10 * rng.uniform()),
    sources: Int32Array.from({ length: spikeCount }, (_, i) => i % sourceCount),
    sourceCount,
    sourceKind: 'neuron',
    inhibitory: Uint8Array.from({ length: sourceCount }, (_, i) => (i % 5 === 0 ? 1 : 0)),
    fromS: 0,
    toS: 10,
    events: [{ timeS: 2, kind: 'hit' }, { timeS: 5, kind: 'miss' }, { timeS: 8, kind: 'miss' }],
    bursts: [{ fromS: 3, toS: 3.3 }],
    stimulation: [{ fromS: 5, toS: 9 }],
    populationRate: { timesS: [1, 3, 5, 7, 9], rateHz: [0.1, 4, 0.2, 0.1, 0.1] },
  }
}

export const arrayData: ArrayActivityData = {
  electrodes: Array.from({ length: 64 }, (_, channel) => ({
    channel, row: channel >> 3, column: channel % 8, value: channel / 10, usable: ![0, 4, 7, 56, 63].includes(channel),
    ...(channel >= 8 && channel < 16 ? { role: 'sensory' as const } : {}),
  })),
}

export const curvesData: PlayCurvesData = {
  metric: 'Rally length (hits)',
  chance: 0.5,
  curves: ['fep', 'open_loop', 'silent', 'no_feedback', 'rest'].map((name, k) => ({
    name, minutes: [0.5, 1.5, 2.5], mean: [0.4 + k / 10, Number.NaN, 0.6], low: [0.2, Number.NaN, 0.4], high: [0.6, Number.NaN, 0.8],
  })),
}

export const probeData: ProbeGainData = {
  metric: 'Gain in skill (hit rate)',
  conditions: [
    { name: 'fep', gains: [0.1, 0.2, -0.1], mean: 0.07, low: -0.05, high: 0.18 },
    { name: 'silent', gains: [0, 0.1], mean: 0.05, low: 0, high: 0.1 },
  ],
}

export const calibrationData: CalibrationData = {
  statistics: [
    { name: 'Mean rate', unit: 'Hz', low: 0.1, high: 5, values: [0.5, 0.6, 9] },
    { name: 'Interval CV', unit: '', low: 0.3, high: 2, values: [0.5, Number.NaN, 0.1] },
  ],
}

export const evokedData: EvokedResponseData = {
  amplitudeUnit: 'mV',
  responses: [
    { amplitude: 40, burstProbability: 0.43, restedBurstProbability: 0.96, localSpikes: 7.65 },
    { amplitude: 0, burstProbability: 0.08, localSpikes: 0.27 },
  ],
}
