/** A measure of play over time, one small panel a condition, so that ten conditions stay readable, also in black and white. */
import { requireFinite, requireSameLength } from './figureSpec.js'
import type { FigureSpec } from './figureSpec.js'
import { COLOURS, emptyNote, emptyPanel, readable, themed } from './theme.js'

/** One condition of {@link playCurvesFigure}; the columns run side by side, NaN where no culture has a value. */
export interface PlayCurve {
  readonly name: string
  /** Middle of each time bin, in minutes. */
  readonly minutes: ArrayLike<number>
  /** Mean over cultures. */
  readonly mean: ArrayLike<number>
  /** Lower end of the 95 % interval of the mean. */
  readonly low: ArrayLike<number>
  /** Upper end of the 95 % interval of the mean. */
  readonly high: ArrayLike<number>
}

/** What {@link playCurvesFigure} draws. */
export interface PlayCurvesData {
  /** The measure with its unit, for the axis: 'Rally length (hits)'. */
  readonly metric: string
  readonly curves: readonly PlayCurve[]
  /** What chance reaches. */
  readonly chance?: number
  /** Whose chance it is. @default 'a random paddle of this size' */
  readonly chanceOf?: string
  /** Said in a panel without a value. @default 'No rallies' */
  readonly nothing?: string
  /** Name of the files. @default 'rally-curves' */
  readonly name?: string
  readonly title?: string
}

const COLUMNS = 3
const PANEL_WIDTH = 222
const PANEL_HEIGHT = 150

interface CurvePoint {
  readonly condition: string
  readonly minute: number
  readonly mean: number | null
  readonly low: number | null
  readonly high: number | null
}

const numberOrGap = (value: number): number | null => (Number.isFinite(value) ? value : null)

const pointsOf = (curve: PlayCurve): CurvePoint[] => {
  requireSameLength('play curves', { minutes: curve.minutes, mean: curve.mean, low: curve.low, high: curve.high })
  requireFinite('play curves', 'minutes', curve.minutes)
  return Array.from(curve.minutes, (minute, i) => ({
    condition: curve.name, minute, mean: numberOrGap(curve.mean[i]), low: numberOrGap(curve.low[i]), high: numberOrGap(curve.high[i]),
  }))
}

/** Lowest and highest value over all curves, so that all panels share their axes. */
const extent = (values: readonly (number | null)[], fallback: readonly [number, number]): [number, number] => {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? [...fallback] : [Math.min(...known), Math.max(...known)]
}

/**
 * Small multiples on common axes: in each panel its own condition as a dark line with points and a 95 % band, the others behind it as thin
 * grey lines, and the chance level as a dashed rule.
 * @throws Bl1Error `figures/columns`, `figures/value`
 */
export const playCurvesFigure = (data: PlayCurvesData): FigureSpec => {
  const { metric, curves, chance, title = `${metric} over time` } = data
  const { chanceOf = 'a random paddle of this size', nothing = 'No rallies', name = 'rally-curves' } = data
  if (chance !== undefined) requireFinite('play curves', 'chance', [chance])
  const points = curves.map(pointsOf)
  const all = points.flat()
  const [lowest, highest] = extent([...all.flatMap(({ mean, low, high }) => [mean, low, high]), chance ?? null], [0, 1])
  const domain = [Math.min(0, lowest), highest + 0.04 * (highest - lowest) || 1]
  const [firstMinute, lastMinute] = extent(all.map(({ minute }) => minute), [0, 1])
  const minutes = [Math.min(0, firstMinute), lastMinute > 0 ? Math.ceil(lastMinute) : 1]

  const panel = (curve: PlayCurve, index: number) => {
    const own = points[index]
    const x = {
      field: 'minute', type: 'quantitative' as const, scale: { domain: minutes, nice: false },
      axis: { title: index + COLUMNS >= curves.length ? 'Time (minutes)' : null, grid: false, tickCount: 5 },
    }
    const y = {
      field: 'mean', type: 'quantitative' as const, scale: { domain, nice: true },
      axis: { title: index % COLUMNS === 0 ? metric : null, tickCount: 5 },
    }
    return {
      title: { text: curve.name, fontSize: 13, anchor: 'middle' as const, offset: 5 },
      width: PANEL_WIDTH,
      height: PANEL_HEIGHT,
      layer: [
        {
          data: { values: all.filter(({ condition }) => condition !== curve.name) },
          mark: { type: 'line' as const, color: COLOURS.muted, strokeWidth: 1 },
          encoding: { x, y, detail: { field: 'condition' } },
        },
        {
          data: { values: own },
          mark: { type: 'area' as const, color: COLOURS.main, opacity: 0.25 },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
        },
        {
          data: { values: chance === undefined ? [] : [{ chance }] },
          mark: { type: 'rule' as const, color: COLOURS.accent, strokeDash: [6, 4], strokeWidth: 1.8 },
          encoding: { y: { ...y, field: 'chance' } },
        },
        {
          data: { values: own },
          mark: {
            type: 'line' as const, color: COLOURS.mainDark, strokeWidth: 2.2, point: { size: 26, filled: true, color: COLOURS.mainDark },
          },
          encoding: { x, y },
        },
        ...(own.some(({ mean }) => mean !== null) ? [] : [emptyNote(nothing, PANEL_WIDTH, PANEL_HEIGHT)]),
      ],
    }
  }

  const key = ['line and band: mean and 95 % interval over cultures; grey: the other conditions']
  if (chance !== undefined) key.push(`dashed: chance level, ${chanceOf} (${readable(chance)})`)
  return {
    name,
    title,
    altText: curves.length === 0 ? 'No conditions to compare.' : `${metric} over time: ${curves.map(lastValue).join('; ')}.`,
    spec: {
      ...themed(title, key),
      columns: COLUMNS,
      concat: curves.length === 0 ? [emptyPanel('No conditions to compare', COLUMNS * PANEL_WIDTH, PANEL_HEIGHT)] : curves.map(panel),
    },
  }
}

const lastValue = (curve: PlayCurve): string => {
  const known = Array.from(curve.mean).filter((value) => Number.isFinite(value))
  return `${curve.name} ends at ${readable(known[known.length - 1] ?? Number.NaN)}`
}
