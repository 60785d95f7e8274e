/** Spike raster: who fired when, with the game's events, stimulation and bursts on the same clock, and the population rate below. */
import { requireFinite, requireIndices, requireSameLength, requireSpan } from './figureSpec.js'
import type { FigureSpec, TimeSpan } from './figureSpec.js'
import { RASTER_HEIGHT, dotsLayer } from './rasterDots.js'
import type { RasterDots } from './rasterDots.js'
import { HIT_AND_MISS, eventRules, eventStrip } from './rasterEvents.js'
import type { EventNames, GameEvent } from './rasterEvents.js'
import { rateLayer, spanLayer, timeEncoding } from './timeAxis.js'
import { COLOURS, PLOT_WIDTH, emptyNote, themed } from './theme.js'
import { thinLine } from './thinLine.js'

/** What {@link rasterFigure} draws. */
export interface RasterData {
  /** Spike times in s; spikes outside `fromS` to `toS` are left out. */
  readonly timesS: ArrayLike<number>
  /** Neuron or electrode of each spike, 0 to `sourceCount` - 1. */
  readonly sources: ArrayLike<number>
  readonly sourceCount: number
  readonly sourceKind: 'neuron' | 'electrode'
  /** One entry a source, 1 (or true) for an inhibitory neuron. Given, excitatory neurons are drawn below and inhibitory ones on top. */
  readonly inhibitory?: ArrayLike<number | boolean>
  readonly fromS: number
  readonly toS: number
  /** What happened in the game. */
  readonly events?: readonly GameEvent[]
  /** What hits and misses are called in this game. */
  readonly eventNames?: EventNames
  readonly stimulation?: readonly TimeSpan[]
  readonly bursts?: readonly TimeSpan[]
  /** Mean rate of a cell over the population, drawn in a panel below. */
  readonly populationRate?: { readonly timesS: ArrayLike<number>; readonly rateHz: ArrayLike<number> }
  readonly title?: string
}

const checkRaster = (data: RasterData): void => {
  requireSpan('raster', data.fromS, data.toS)
  requireSameLength('raster', { timesS: data.timesS, sources: data.sources })
  requireFinite('raster', 'timesS', data.timesS)
  requireIndices('raster', 'sources', data.sources, data.sourceCount)
  requireFinite('raster', 'events', (data.events ?? []).map(({ timeS }) => timeS))
  if (data.inhibitory !== undefined) requireSameLength('raster', { inhibitory: data.inhibitory, sourceCount: { length: data.sourceCount } })
  if (data.populationRate !== undefined) {
    const { timesS, rateHz } = data.populationRate
    requireSameLength('raster', { 'populationRate.timesS': timesS, 'populationRate.rateHz': rateHz })
    requireFinite('raster', 'populationRate.rateHz', rateHz)
  }
}

const dotsInView = ({ timesS, sources, sourceCount, inhibitory, fromS, toS }: RasterData): RasterDots => {
  const order = Array.from({ length: sourceCount }, (_, source) => source)
  if (inhibitory !== undefined) order.sort((a, b) => Number(inhibitory[a]) - Number(inhibitory[b]) || a - b)
  const rowOf = new Uint32Array(sourceCount)
  order.forEach((source, row) => (rowOf[source] = row))
  const inView: number[] = []
  for (let i = 0; i < timesS.length; i++) if (timesS[i] >= fromS && timesS[i] <= toS) inView.push(i)
  return {
    timesS: inView.map((i) => timesS[i]),
    rows: inView.map((i) => rowOf[sources[i]]),
    inhibitory: inView.map((i) => inhibitory !== undefined && Boolean(inhibitory[sources[i]])),
  }
}

// Draws nothing, but carries the axes, also when there is no spike or when the spikes are one picture.
const axesLayer = (data: RasterData, drawTime: boolean) => ({
  data: { values: [{ time: data.fromS, row: 0 }] },
  mark: { type: 'point' as const, opacity: 0, size: 0 },
  encoding: {
    x: timeEncoding('time', data.fromS, data.toS, drawTime),
    y: {
      field: 'row',
      type: 'quantitative' as const,
      scale: { domain: [-0.5, data.sourceCount - 0.5], nice: false, zero: false },
      axis: {
        title: data.inhibitory === undefined ? (data.sourceKind === 'neuron' ? 'Neuron' : 'Electrode') : 'Neuron (inhibitory on top)',
        grid: false, tickMinStep: 1,
      },
    },
  },
})

const spanLayers = (data: RasterData, drawTime: boolean) => [
  spanLayer(data.bursts ?? [], COLOURS.burst, data.fromS, data.toS, drawTime),
  spanLayer(data.stimulation ?? [], COLOURS.stimulation, data.fromS, data.toS, drawTime),
]

const ratePanel = (data: RasterData, rate: NonNullable<RasterData['populationRate']>) => ({
  width: PLOT_WIDTH,
  height: 90,
  layer: [
    ...spanLayers(data, true),
    rateLayer(thinLine(rate.timesS, rate.rateHz, PLOT_WIDTH, data), data.fromS, data.toS, ['Mean rate', '(Hz)']),
  ],
})

/**
 * A spike raster. Excitatory spikes are blue, inhibitory ones vermillion and above them; hits are solid green rules under a triangle,
 * misses dashed black rules under a cross; stimulation is shaded in amber and bursts in grey.
 * @throws Bl1Error `figures/columns`, `figures/value`
 */
export const rasterFigure = (data: RasterData): FigureSpec => {
  checkRaster(data)
  const { fromS, toS, sourceCount, sourceKind, populationRate, title = 'Spike raster' } = data
  const dots = dotsInView(data)
  const spikeCount = dots.timesS.length
  const events = (data.events ?? []).filter(({ timeS }) => timeS >= fromS && timeS <= toS)
  const hits = events.filter(({ kind }) => kind === 'hit').length
  const drawTime = populationRate === undefined
  const raster = {
    width: PLOT_WIDTH,
    height: RASTER_HEIGHT,
    layer: [
      ...spanLayers(data, drawTime),
      axesLayer(data, drawTime),
      dotsLayer(dots, { fromS, toS, rowCount: sourceCount }),
      eventRules(events, 'hit'),
      eventRules(events, 'miss'),
      ...(spikeCount === 0 ? [emptyNote('No spikes in this span', PLOT_WIDTH, RASTER_HEIGHT)] : []),
    ],
  }
  const strip = eventStrip(events, timeEncoding('time', fromS, toS), {
    cellTypes: data.inhibitory !== undefined, stimulation: (data.stimulation ?? []).length > 0, bursts: (data.bursts ?? []).length > 0,
  }, data.eventNames ?? HIT_AND_MISS)
  return {
    name: 'raster',
    title,
    altText:
      `Spike raster of ${sourceCount} ${sourceKind}s from ${fromS} to ${toS} s: ${spikeCount} spikes, ` +
      (data.eventNames === undefined
        ? `${hits} hits and ${events.length - hits} misses marked.`
        : `marked: ${data.eventNames.hit} ${hits}, ${data.eventNames.miss} ${events.length - hits}.`),
    spec: {
      ...themed(title),
      spacing: 6,
      vconcat: [strip, raster, ...(populationRate === undefined ? [] : [ratePanel(data, populationRate)])],
    },
  }
}
