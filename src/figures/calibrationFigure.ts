/** A culture's statistics against published ranges: one strip a statistic, one dot a seed. */
import { Bl1Error } from '../errors.js'
import { requireFinite } from './figureSpec.js'
import type { FigureSpec } from './figureSpec.js'
import { COLOURS, CROSS_SHAPE, PLOT_WIDTH, emptyPanel, readable, themed } from './theme.js'

/** One statistic of {@link calibrationFigure}. */
export interface CalibrationStatistic {
  /** Its name: 'Burst duration'. */
  readonly name: string
  /** Its unit, '' for a pure number. */
  readonly unit: string
  /** Lower end of the published range, 0 or more. */
  readonly low: number
  /** Upper end of the published range, above `low`. */
  readonly high: number
  /** One value a seed; NaN where the statistic does not exist (no bursts), counted in words. */
  readonly values: ArrayLike<number>
}

/** What {@link calibrationFigure} draws. */
export interface CalibrationData {
  readonly statistics: readonly CalibrationStatistic[]
  readonly title?: string
}

const STRIP_HEIGHT = 26
const LABEL_WIDTH = 230
const STRIP_WIDTH = PLOT_WIDTH + 50 - LABEL_WIDTH

const strip = (statistic: CalibrationStatistic) => {
  const { name, unit, low, high } = statistic
  requireFinite('calibration', `low and high of ${name}`, [low, high])
  if (high <= low) {
    throw new Bl1Error('figures/value', {
      figure: 'calibration', name: `high of ${name}`, expected: `above its low ${low}`, received: String(high),
    })
  }
  const known = Array.from(statistic.values).filter((value) => Number.isFinite(value))
  const inside = known.filter((value) => value >= low && value <= high).length
  // A range over a factor of ten or more is judged by ratios, so it is drawn on a logarithmic axis where all values allow it.
  const logarithmic = low > 0 && high / low >= 9 && known.every((value) => value > 0)
  const domain = logarithmic
    ? [Math.min(low, ...known) / 1.5, Math.max(high, ...known) * 1.5]
    : [Math.min(0, ...known), Math.max(high, ...known) * 1.1]
  const x = {
    type: 'quantitative' as const,
    scale: logarithmic ? { type: 'log' as const, domain, nice: false } : { domain, nice: false },
    axis: logarithmic
      ? { title: null, grid: false, values: logarithmicTicks(low, high, domain), format: '~r' }
      : { title: null, grid: false, tickCount: 6 },
  }
  const points = (shape: string, color: string, size: number, isInside: boolean) => ({
    data: { values: known.filter((value) => (value >= low && value <= high) === isInside).map((value) => ({ value })) },
    mark: { type: 'point' as const, filled: true, shape, color, size, opacity: 0.75 },
    encoding: { x: { ...x, field: 'value' }, y: { value: STRIP_HEIGHT / 2 } },
  })
  const label = (text: string, dy: number, fontWeight: 'bold' | 'normal') => ({
    data: { values: [{ text }] },
    mark: { type: 'text' as const, align: 'left' as const, fontWeight },
    encoding: { x: { value: -LABEL_WIDTH }, y: { value: STRIP_HEIGHT / 2 + dy }, text: { field: 'text' } },
  })
  const count = `${inside} of ${statistic.values.length} inside`
  return {
    width: STRIP_WIDTH,
    height: STRIP_HEIGHT,
    layer: [
      {
        data: { values: [{ low, high }] },
        mark: { type: 'rect' as const, color: COLOURS.hit, opacity: 0.22, stroke: COLOURS.hit },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
      },
      points('circle', COLOURS.main, 60, true),
      points(CROSS_SHAPE, COLOURS.accent, 90, false),
      label(unit === '' ? name : `${name} (${unit})`, -7, 'bold'),
      label(count, 9, 'normal'),
    ],
  }
}

const ONE_TWO_FIVE = [-3, -2, -1, 0, 1, 2, 3, 4].flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)))

// The ends of the range, and the round numbers that do not crowd them.
const logarithmicTicks = (low: number, high: number, [from, to]: readonly number[]): number[] => {
  const crowds = (value: number, end: number): boolean => Math.abs(Math.log(value / end)) < Math.log(1.4)
  return [low, high, ...ONE_TWO_FIVE.filter((value) => value >= from && value <= to && !crowds(value, low) && !crowds(value, high))]
}

/**
 * One strip a statistic on its own axis: the published range as a shaded bar, a dot for each seed inside it, a cross for each outside.
 * @throws Bl1Error `figures/value`
 */
export const calibrationFigure = (data: CalibrationData): FigureSpec => {
  const { statistics, title = 'Spontaneous activity against published ranges' } = data
  return {
    name: 'calibration',
    title,
    altText: statistics
      .map(({ name, unit, low, high, values }) => {
        const inside = Array.from(values).filter((value) => value >= low && value <= high).length
        return `${name}: ${inside} of ${values.length} seeds inside ${readable(low)} to ${readable(high)} ${unit}`.trim()
      })
      .join('; ') || 'No statistics to compare.',
    spec: {
      ...themed(title, 'shaded: published range; dot: one seed inside it; cross: one seed outside it'),
      vconcat: statistics.length === 0 ? [emptyPanel('No statistics to compare', PLOT_WIDTH, 60)] : statistics.map(strip),
      spacing: 10,
    },
  }
}
