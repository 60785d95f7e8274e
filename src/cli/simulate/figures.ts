/** The pictures of a recording and of a probe. */
import { interSpikeIntervals } from '../../analysis/index.js'
import {
  arrayActivityFigure,
  calibrationFigure,
  evokedResponseFigure,
  interSpikeIntervalFigure,
  populationRateFigure,
  rasterFigure,
  type FigureSpec,
  type TimeSpan,
} from '../../figures/index.js'
import { arrayLayout, type MeaParameters } from '../../mea/index.js'
import { MS_PER_SECOND } from '../../units.js'
import type { EvokedAmplitude } from './evoked.js'
import type { KeptRecording, WindowRow } from './protocol.js'

/** A figure and the name of its files. */
export interface NamedFigure {
  readonly file: string
  readonly figure: FigureSpec
}

/** Longer stretches blur: a burst must stay wider than a pixel. */
const LONGEST_RASTER_S = 30
const LONGEST_RATE_S = 120

const lastSeconds = ({ startStep, endStep, stepMs }: KeptRecording['recording'], longestS: number): TimeSpan => {
  const toS = (endStep * stepMs) / MS_PER_SECOND
  return { fromS: Math.max((startStep * stepMs) / MS_PER_SECOND, toS - longestS), toS }
}

const rateOf = ({ bursts: { rate } }: KeptRecording) => ({
  timesS: Float64Array.from(rate.smoothedHz, (_, bin) => (rate.startMs + (bin + 0.5) * rate.binMs) / MS_PER_SECOND),
  rateHz: rate.smoothedHz,
})

const burstSpans = ({ bursts }: KeptRecording): TimeSpan[] =>
  bursts.bursts.map(({ onsetMs, offsetMs }) => ({ fromS: onsetMs / MS_PER_SECOND, toS: offsetMs / MS_PER_SECOND }))

const raster = (kept: KeptRecording, seed: number): FigureSpec => {
  const { recording, excitatory } = kept
  return rasterFigure({
    timesS: Float64Array.from(recording.steps, (step) => (step * recording.stepMs) / MS_PER_SECOND),
    sources: recording.neurons,
    sourceCount: recording.neuronCount,
    sourceKind: 'neuron',
    inhibitory: Uint8Array.from({ length: recording.neuronCount }, (_, neuron) => (neuron < excitatory ? 0 : 1)),
    ...lastSeconds(recording, LONGEST_RASTER_S),
    populationRate: rateOf(kept),
    title: `Spontaneous activity of ${recording.neuronCount.toLocaleString('en')} neurons, seed ${seed}`,
  })
}

const populationRate = (kept: KeptRecording, seed: number): FigureSpec => {
  const { thresholdHz } = kept.bursts
  return populationRateFigure({
    ...rateOf(kept),
    bursts: burstSpans(kept),
    ...lastSeconds(kept.recording, LONGEST_RATE_S),
    ...(thresholdHz === null ? {} : { thresholdHz }),
    title: `Population rate and network bursts, seed ${seed}`,
  })
}

const arrayActivity = ({ electrodeRatesHz }: KeptRecording, mea: MeaParameters, seed: number): FigureSpec => {
  const layout = arrayLayout(mea.layout)
  return arrayActivityFigure({
    electrodes: Array.from(electrodeRatesHz, (value, channel) => ({
      channel,
      // channels count from the bottom row, as the dish lies; figures count rows from the top
      row: layout.rows - 1 - Math.floor(channel / layout.columns),
      column: channel % layout.columns,
      value,
      usable: !layout.unusable.has(channel),
    })),
    title: `Mean rate at each electrode, seed ${seed}`,
  })
}

/** Raster, population rate, intervals and array of one recording. */
export const recordingFigures = (kept: KeptRecording, mea: MeaParameters, seed: number): NamedFigure[] => [
  { file: 'raster', figure: raster(kept, seed) },
  { file: 'population-rate', figure: populationRate(kept, seed) },
  { file: 'isi', figure: interSpikeIntervalFigure({ intervalsMs: interSpikeIntervals(kept.recording), title: `Inter-spike intervals, all cells, seed ${seed}` }) },
  { file: 'array', figure: arrayActivity(kept, mea, seed) },
]

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** All seeds against the published ranges. */
export const calibrationOf = (rows: readonly WindowRow[]): NamedFigure => ({
  file: 'calibration',
  figure: calibrationFigure({
    statistics: (rows[0]?.checks ?? []).map(({ name, unit, low, high }, index) => ({
      name: capitalised(name),
      unit: unit === '1' ? '' : unit,
      low,
      high,
      values: rows.map(({ checks }) => checks[index]?.value ?? Number.NaN),
    })),
  }),
})

/** The stimulation table as curves. Amplitudes at which no pulse could be measured are left out. */
export const evokedOf = (amplitudes: readonly EvokedAmplitude[]): NamedFigure => ({
  file: 'evoked',
  figure: evokedResponseFigure({
    amplitudeUnit: 'mV',
    responses: amplitudes.flatMap(({ depolarisationMv, row }) => {
      const { burstProbability, localSpikes } = row
      if (burstProbability === null || localSpikes === null) return []
      const rested = row.byRest.at(-1)
      return [{
        amplitude: depolarisationMv,
        burstProbability,
        localSpikes,
        ...(rested === undefined || rested.pulses === 0 ? {} : { restedBurstProbability: rested.bursts / rested.pulses }),
      }]
    }),
    title: 'Response to a pulse at one electrode (amplitude: depolarisation at the electrode)',
  }),
})
