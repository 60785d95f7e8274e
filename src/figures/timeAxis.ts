/** Layers that every figure over time shares: the axis, shaded spans, and the population rate. */
import { COLOURS } from './theme.js'
import type { TimeSpan } from './figureSpec.js'

/** The time axis in seconds; `drawn: false` keeps its grid but leaves words to the panel below. */
export const timeEncoding = (field: string, fromS: number, toS: number, drawn = true) => ({
  field,
  type: 'quantitative' as const,
  scale: { domain: [fromS, toS], nice: false },
  axis: drawn ? { title: 'Time (s)', grid: false } : { title: null, labels: false, grid: false },
})

/** Spans shaded over the full height of a panel; spans outside the axis are left out, others cut at its ends. */
export const spanLayer = (spans: readonly TimeSpan[], colour: string, fromS: number, toS: number, drawn = true) => ({
  data: {
    values: spans
      .filter((span) => span.toS > fromS && span.fromS < toS)
      .map((span) => ({ from: Math.max(fromS, span.fromS), to: Math.min(toS, span.toS) })),
  },
  mark: { type: 'rect' as const, color: colour, opacity: 0.28 },
  encoding: { x: timeEncoding('from', fromS, toS, drawn), x2: { field: 'to' } },
})

/** A rate trace as a line, on an axis from 0 to its peak, and at least to `reachHz`. */
export const rateLayer = (
  points: readonly { time: number; value: number }[], fromS: number, toS: number, title: string | string[], reachHz = 0,
) => ({
  data: { values: [...points] },
  mark: { type: 'line' as const, color: COLOURS.ink, strokeWidth: 1, strokeJoin: 'round' as const },
  encoding: {
    x: timeEncoding('time', fromS, toS),
    y: {
      field: 'value',
      type: 'quantitative' as const,
      scale: { domain: [0, 1.06 * points.reduce((highest, { value }) => Math.max(highest, value), reachHz) || 1] },
      axis: { title, tickCount: 4 },
    },
  },
})
