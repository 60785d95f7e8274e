/** How a culture answers a pulse at one electrode: spikes close by, and the chance of a network burst, against the pulse's amplitude. */
import { Bl1Error } from '../errors.js'
import type { FigureSpec } from './figureSpec.js'
import { COLOURS, PLOT_WIDTH, emptyNote, readable, themed } from './theme.js'

/** One amplitude of {@link evokedResponseFigure}. */
export interface EvokedResponse {
  /** 0 or more; 0 is the sham: the same window without a pulse. */
  readonly amplitude: number
  /** Share of pulses followed by a network burst, 0 to 1. */
  readonly burstProbability: number
  /** The same for pulses into a rested culture (long since its last burst); NaN or left out where there was none. */
  readonly restedBurstProbability?: number
  /** Mean number of spikes of cells near the electrode in the 20 ms after the pulse. */
  readonly localSpikes: number
}

/** What {@link evokedResponseFigure} draws. */
export interface EvokedResponseData {
  readonly amplitudeUnit: 'mV' | 'uA'
  readonly responses: readonly EvokedResponse[]
  readonly title?: string
}

const HEIGHT = 170
const ALL = { pulses: 'all pulses', colour: COLOURS.main, dash: [1, 0], shape: 'circle' }
const RESTED = { pulses: 'rested culture', colour: COLOURS.accent, dash: [6, 4], shape: 'square' }

const checkResponse = (response: EvokedResponse, i: number): void => {
  const { amplitude, localSpikes, burstProbability, restedBurstProbability = Number.NaN } = response
  for (const [name, value] of Object.entries({ amplitude, localSpikes })) {
    if (!(value >= 0 && Number.isFinite(value))) {
      throw new Bl1Error('figures/value', {
        figure: 'evoked response', name: `${name} of responses[${i}]`, expected: 'a finite number from 0', received: String(value),
      })
    }
  }
  for (const probability of Number.isNaN(restedBurstProbability) ? [burstProbability] : [burstProbability, restedBurstProbability]) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new Bl1Error('figures/value', {
        figure: 'evoked response', name: `a probability of responses[${i}]`, expected: 'from 0 to 1', received: String(probability),
      })
    }
  }
}

// Without a title the axis keeps its ticks and leaves the words to the panel below.
const amplitudeEncoding = (responses: readonly EvokedResponse[], title: string | null) => ({
  field: 'amplitude',
  type: 'quantitative' as const,
  scale: { domain: [0, Math.max(...responses.map(({ amplitude }) => amplitude), 0) || 1] },
  axis: { title, labels: title !== null, grid: false },
})

const burstPanel = (responses: readonly EvokedResponse[]) => {
  const x = amplitudeEncoding(responses, null)
  const points = responses.flatMap(({ amplitude, burstProbability, restedBurstProbability = Number.NaN }) => [
    { amplitude, probability: burstProbability, pulses: ALL.pulses },
    ...(Number.isNaN(restedBurstProbability) ? [] : [{ amplitude, probability: restedBurstProbability, pulses: RESTED.pulses }]),
  ])
  const drawn = [ALL, RESTED].filter(({ pulses }) => points.some((point) => point.pulses === pulses))
  const domain = drawn.map(({ pulses }) => pulses)
  const byPulses = { field: 'pulses', type: 'nominal' as const }
  const y = {
    field: 'probability', type: 'quantitative' as const, scale: { domain: [0, 1] }, axis: { title: 'P(network burst)', tickCount: 5 },
  }
  const color = {
    ...byPulses, scale: { domain, range: drawn.map(({ colour }) => colour) }, legend: { orient: 'top' as const, title: null },
  }
  return {
    width: PLOT_WIDTH,
    height: HEIGHT,
    layer: [
      {
        data: { values: points },
        mark: { type: 'line' as const, strokeWidth: 2 },
        encoding: { x, y, color, strokeDash: { ...byPulses, scale: { domain, range: drawn.map(({ dash }) => dash) }, legend: null } },
      },
      {
        data: { values: points },
        mark: { type: 'point' as const, size: 60, fill: 'white', strokeWidth: 2, opacity: 1 },
        encoding: { x, y, color, shape: { ...byPulses, scale: { domain, range: drawn.map(({ shape }) => shape) } } },
      },
      ...(responses.length === 0 ? [emptyNote('No pulses were given', PLOT_WIDTH, HEIGHT)] : []),
    ],
  }
}

const localPanel = (responses: readonly EvokedResponse[], amplitudeTitle: string) => ({
  width: PLOT_WIDTH,
  height: HEIGHT,
  layer: [
    {
      data: { values: responses.map(({ amplitude, localSpikes }) => ({ amplitude, localSpikes })) },
      mark: {
        type: 'line' as const, color: COLOURS.main, strokeWidth: 2,
        point: { size: 60, fill: 'white', stroke: COLOURS.main, strokeWidth: 2 },
      },
      encoding: {
        x: amplitudeEncoding(responses, amplitudeTitle),
        y: {
          field: 'localSpikes',
          type: 'quantitative' as const,
          scale: { domain: [0, 1.08 * Math.max(...responses.map(({ localSpikes }) => localSpikes), 0) || 1] },
          axis: { title: 'Local spikes, 0-20 ms', tickCount: 5 },
        },
      },
    },
    ...(responses.length === 0 ? [emptyNote('No pulses were given', PLOT_WIDTH, HEIGHT)] : []),
  ],
})

/**
 * Two panels on one amplitude axis: the probability of a burst (all pulses; rested culture dashed with open squares), and local spikes.
 * @throws Bl1Error `figures/value`
 */
export const evokedResponseFigure = (data: EvokedResponseData): FigureSpec => {
  const { amplitudeUnit, title = 'Response to a pulse at one electrode' } = data
  data.responses.forEach(checkResponse)
  const responses = [...data.responses].sort((a, b) => a.amplitude - b.amplitude)
  const unit = amplitudeUnit === 'uA' ? 'µA' : 'mV'
  const strongest = responses[responses.length - 1]
  return {
    name: 'evoked-response',
    title,
    altText:
      strongest === undefined
        ? 'No pulses were given.'
        : `Probability of a network burst and spikes near the electrode against pulse amplitude; at ${readable(strongest.amplitude)} ` +
          `${unit} a burst follows ${readable(100 * strongest.burstProbability)} % of pulses.`,
    spec: {
      ...themed(title),
      spacing: 8,
      vconcat: [burstPanel(responses), localPanel(responses, `Pulse amplitude (${unit}; 0 is the sham)`)],
    },
  }
}
