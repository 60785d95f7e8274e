/** What training changed: every culture's frozen-probe score after minus before, one row a condition. */
import { requireFinite } from './figureSpec.js'
import type { FigureSpec } from './figureSpec.js'
import { COLOURS, PLOT_WIDTH, emptyNote, readable, themed } from './theme.js'

/** What {@link probeGainFigure} draws. */
export interface ProbeGainData {
  /** The gain with its unit, for the axis: 'Gain in skill (hit rate above shuffled)'. */
  readonly metric: string
  readonly conditions: readonly {
    readonly name: string
    /** After minus before, one entry a culture. */
    readonly gains: ArrayLike<number>
    readonly mean: number
    /** Lower end of the 95 % interval of the mean. */
    readonly low: number
    /** Upper end of the 95 % interval of the mean. */
    readonly high: number
  }[]
  readonly title?: string
}

const ROW_HEIGHT = 48
const WIDTH = PLOT_WIDTH - 60

/**
 * One dot a culture, scattered a little so that equal gains do not hide each other; beneath them the mean (diamond) with its 95 % interval;
 * a solid rule at zero, no change.
 * @throws Bl1Error `figures/value`
 */
export const probeGainFigure = (data: ProbeGainData): FigureSpec => {
  const { metric, conditions, title = 'Frozen probe: after training minus before' } = data
  const names = conditions.map(({ name }) => name)
  const dots = conditions.flatMap(({ name, gains }) => {
    requireFinite('probe gain', `gains of ${name}`, gains)
    return Array.from(gains, (gain, culture) => ({ name, gain, offset: -0.45 + 0.3 * ((culture % 3) - 1) }))
  })
  const means = conditions
    .filter(({ gains }) => gains.length > 0)
    .map(({ name, mean, low, high }) => {
      requireFinite('probe gain', `mean, low and high of ${name}`, [mean, low, high])
      return { name, mean, low, high, offset: 0.5 }
    })
  const x = { type: 'quantitative' as const, axis: { title: metric, tickCount: 7 }, scale: { zero: true } }
  const y = {
    field: 'name', type: 'nominal' as const, scale: { domain: names, paddingInner: 0 },
    axis: { title: null, labelFontSize: 13, grid: false },
  }
  const yOffset = { field: 'offset', type: 'quantitative' as const, scale: { domain: [-1, 1] } }
  const height = Math.max(2, conditions.length) * ROW_HEIGHT
  const layer = [
    {
      data: { values: [{ zero: 0 }] },
      mark: { type: 'rule' as const, color: COLOURS.ink, strokeWidth: 1.4 },
      encoding: { x: { ...x, field: 'zero' } },
    },
    {
      data: { values: dots },
      mark: { type: 'circle' as const, size: 42, color: COLOURS.main, opacity: 0.55 },
      encoding: { x: { ...x, field: 'gain' }, y, yOffset },
    },
    {
      data: { values: means },
      mark: { type: 'rule' as const, color: COLOURS.accent, strokeWidth: 2.5 },
      encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y, yOffset },
    },
    {
      data: { values: means },
      mark: { type: 'point' as const, shape: 'diamond', filled: true, size: 110, color: COLOURS.accent, opacity: 1 },
      encoding: { x: { ...x, field: 'mean' }, y, yOffset },
    },
  ]
  const inWords = means.map(({ name, mean, low, high }) => `${name} ${readable(mean)} [${readable(low)}, ${readable(high)}]`)
  return {
    name: 'probe-gain',
    title,
    altText: dots.length === 0 ? 'No frozen probe was played.' : `${metric}: ${inWords.join('; ')}.`,
    spec: {
      ...themed(title, 'dot: one culture; diamond and bar: mean and 95 % interval over cultures; line at zero: no change'),
      width: WIDTH,
      height,
      layer: dots.length === 0 ? [emptyNote('No frozen probe was played', WIDTH, height)] : layer,
    },
  }
}
