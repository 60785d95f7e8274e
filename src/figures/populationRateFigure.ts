/** Population rate over time with the network bursts shaded and the detector's threshold drawn. */
import { requireFinite, requireSameLength, requireSpan } from './figureSpec.js'
import type { FigureSpec, TimeSpan } from './figureSpec.js'
import { rateLayer, spanLayer } from './timeAxis.js'
import { COLOURS, PLOT_WIDTH, emptyNote, readable, themed } from './theme.js'
import { thinLine } from './thinLine.js'

/** What {@link populationRateFigure} draws. */
export interface PopulationRateData {
  /** Bin centres in s, ascending. */
  readonly timesS: ArrayLike<number>
  /** Mean rate of a cell in each bin, in Hz. */
  readonly rateHz: ArrayLike<number>
  readonly bursts: readonly TimeSpan[]
  /** Rate at which the detector opens a burst. */
  readonly thresholdHz?: number
  readonly fromS: number
  readonly toS: number
  readonly title?: string
}

const HEIGHT = 240

/**
 * The population rate as a line, bursts as grey spans with a tick above each, the threshold as a dashed rule.
 * @throws Bl1Error `figures/columns`, `figures/value`
 */
export const populationRateFigure = (data: PopulationRateData): FigureSpec => {
  const { timesS, rateHz, thresholdHz, fromS, toS, title = 'Population rate and network bursts' } = data
  requireSpan('population rate', fromS, toS)
  requireSameLength('population rate', { timesS, rateHz })
  requireFinite('population rate', 'rateHz', rateHz)
  if (thresholdHz !== undefined) requireFinite('population rate', 'thresholdHz', [thresholdHz])
  const points = thinLine(timesS, rateHz, PLOT_WIDTH, data)
  const bursts = data.bursts.filter((burst) => burst.toS > fromS && burst.fromS < toS)
  const key = [`grey: network burst (${bursts.length} in ${readable(toS - fromS)} s)`]
  if (thresholdHz !== undefined) key.push(`dashed: burst threshold, ${readable(thresholdHz)} Hz`)
  const threshold = {
    data: { values: thresholdHz === undefined ? [] : [{ rate: thresholdHz }] },
    mark: { type: 'rule' as const, color: COLOURS.accent, strokeDash: [6, 4], strokeWidth: 1.5 },
    encoding: { y: { field: 'rate', type: 'quantitative' as const } },
  }
  const burstTicks = {
    data: { values: bursts.map((burst) => ({ middle: Math.min(toS, Math.max(fromS, (burst.fromS + burst.toS) / 2)) })) },
    mark: { type: 'point' as const, filled: true, shape: 'triangle-down', size: 35, color: COLOURS.ink, opacity: 1 },
    encoding: { x: { field: 'middle', type: 'quantitative' as const }, y: { value: -6 } },
  }
  return {
    name: 'population-rate',
    title,
    altText: `Mean firing rate of a cell from ${readable(fromS)} to ${readable(toS)} s with ${bursts.length} network bursts shaded.`,
    spec: {
      ...themed(title, key.join('; ')),
      width: PLOT_WIDTH,
      height: HEIGHT,
      layer: [
        spanLayer(bursts, COLOURS.burst, fromS, toS),
        rateLayer(points, fromS, toS, 'Mean rate of a cell (Hz)', thresholdHz),
        threshold,
        burstTicks,
        ...(points.length === 0 ? [emptyNote('No recording in this span', PLOT_WIDTH, HEIGHT)] : []),
      ],
    },
  }
}
