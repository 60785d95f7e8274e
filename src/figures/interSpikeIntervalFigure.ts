/** Distribution of inter-spike intervals on a logarithmic axis, where tonic firing and bursts part into two humps. */
import { median } from 'simple-statistics'
import { Bl1Error } from '../errors.js'
import type { FigureSpec } from './figureSpec.js'
import { BAR_MARK, COLOURS, PLOT_WIDTH, emptyNote, readable, themed } from './theme.js'

/** What {@link interSpikeIntervalFigure} draws. */
export interface InterSpikeIntervalData {
  /** Intervals between successive spikes of one cell, all cells pooled, in ms, each above 0. */
  readonly intervalsMs: ArrayLike<number>
  readonly title?: string
}

const BINS_PER_DECADE = 10
const HEIGHT = 260

const shareByBin = (intervalsMs: ArrayLike<number>) => {
  const counts = new Map<number, number>()
  for (let i = 0; i < intervalsMs.length; i++) {
    const interval = intervalsMs[i]
    if (!(interval > 0 && Number.isFinite(interval))) {
      throw new Bl1Error('figures/value', {
        figure: 'inter-spike interval', name: `intervalsMs[${i}]`, expected: 'a finite number of ms above 0', received: String(interval),
      })
    }
    const bin = Math.floor(Math.log10(interval) * BINS_PER_DECADE)
    counts.set(bin, (counts.get(bin) ?? 0) + 1)
  }
  return [...counts].map(([bin, count]) => ({
    from: 10 ** (bin / BINS_PER_DECADE), to: 10 ** ((bin + 1) / BINS_PER_DECADE), share: count / intervalsMs.length,
  }))
}

/**
 * A histogram of intervals, ten bins a decade, as shares of all intervals, with the median as a dashed rule.
 * @throws Bl1Error `figures/value`
 */
export const interSpikeIntervalFigure = (data: InterSpikeIntervalData): FigureSpec => {
  const { intervalsMs, title = 'Inter-spike intervals' } = data
  const bars = shareByBin(intervalsMs)
  const empty = bars.length === 0
  const medianMs = empty ? Number.NaN : median(Array.from(intervalsMs))
  const x = {
    type: 'quantitative' as const,
    scale: empty ? { type: 'log' as const, domain: [1, 10_000] } : { type: 'log' as const, nice: false },
    axis: {
      title: 'Inter-spike interval (ms, logarithmic)', format: ',', grid: false,
      values: [1, 3, 10, 30, 100, 300, 1e3, 3e3, 1e4, 3e4, 1e5, 3e5],
    },
  }
  const histogram = {
    data: { values: bars },
    mark: { type: 'rect' as const, ...BAR_MARK },
    encoding: {
      x: { ...x, field: 'from' },
      x2: { field: 'to' },
      y: {
        field: 'share', type: 'quantitative' as const, scale: { domain: [0, 1.08 * Math.max(0.01, ...bars.map(({ share }) => share))] },
        axis: { title: 'Share of intervals', format: '~%', tickCount: 5 },
      },
      y2: { datum: 0 },
    },
  }
  const medianRule = {
    data: { values: empty ? [] : [{ at: medianMs }] },
    mark: { type: 'rule' as const, color: COLOURS.ink, strokeDash: [6, 4], strokeWidth: 2 },
    encoding: { x: { ...x, field: 'at' } },
  }
  return {
    name: 'inter-spike-intervals',
    title,
    altText: empty
      ? 'No inter-spike interval was recorded.'
      : `Histogram of ${intervalsMs.length} inter-spike intervals; the median is ${readable(medianMs)} ms.`,
    spec: {
      ...themed(title, empty ? [] : `${intervalsMs.length.toLocaleString('en')} intervals; dashed: median, ${readable(medianMs)} ms`),
      width: PLOT_WIDTH,
      height: HEIGHT,
      layer: [histogram, medianRule, ...(empty ? [emptyNote('No cell fired twice', PLOT_WIDTH, HEIGHT)] : [])],
    },
  }
}
