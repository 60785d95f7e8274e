/** What episodes returned, a panel a condition on common axes, with the mean of random actions for comparison. */
import { requireFinite } from './figureSpec.js'
import type { FigureSpec } from './figureSpec.js'
import { BAR_MARK, COLOURS, emptyNote, emptyPanel, readable, themed } from './theme.js'

/** What {@link returnDistributionFigure} draws. */
export interface ReturnDistributionData {
  readonly conditions: readonly {
    readonly name: string
    /** Return of each episode, all cultures pooled. */
    readonly returns: ArrayLike<number>
  }[]
  /** Mean return of random actions. */
  readonly chance?: number
  readonly title?: string
}

const COLUMNS = 3
const WIDTH = 222
const HEIGHT = 150
const BINS = 16

/** Edges of equal bins over all returns. */
const edgesOf = (values: readonly number[]): number[] => {
  const lowest = values.reduce((least, value) => Math.min(least, value), Infinity)
  const highest = values.reduce((most, value) => Math.max(most, value), -Infinity)
  const [from, width] = highest > lowest ? [lowest, (highest - lowest) / BINS] : [(Number.isFinite(lowest) ? lowest : 0) - 0.5, 1 / BINS]
  return Array.from({ length: BINS + 1 }, (_, k) => from + k * width)
}

/**
 * Share of the episodes in equal bins of return as bars; chance as a dashed rule.
 * @throws Bl1Error `figures/value`
 */
export const returnDistributionFigure = (data: ReturnDistributionData): FigureSpec => {
  const { conditions, chance, title = 'What episodes returned' } = data
  for (const { name, returns } of conditions) requireFinite('return distribution', `returns of ${name}`, returns)
  if (chance !== undefined) requireFinite('return distribution', 'chance', [chance])
  const edges = edgesOf(conditions.flatMap(({ returns }) => Array.from(returns)))
  const [first, last] = [edges[0], edges[BINS]]
  const bars = conditions.map(({ returns }) => {
    const counts = new Array<number>(BINS).fill(0)
    for (const value of Array.from(returns)) counts[Math.min(BINS - 1, Math.floor((BINS * (value - first)) / (last - first)))]++
    return counts.map((count, k) => ({ from: edges[k], to: edges[k + 1], share: returns.length > 0 ? count / returns.length : 0 }))
  })
  const highest = Math.max(0, ...bars.flat().map(({ share }) => share)) || 1

  const panel = (index: number) => {
    const { name, returns } = conditions[index]
    const x = {
      field: 'from', type: 'quantitative' as const, scale: { domain: [first, last], nice: false, zero: false },
      axis: { title: index + COLUMNS >= conditions.length ? 'Return of an episode' : null, grid: false, tickCount: 5 },
    }
    const y = {
      field: 'share', type: 'quantitative' as const, scale: { domain: [0, highest * 1.05] },
      axis: { title: index % COLUMNS === 0 ? 'Share of episodes' : null, format: '~%', tickCount: 5 },
    }
    const rule = { type: 'rule' as const, color: COLOURS.accent, strokeDash: [6, 4], strokeWidth: 1.8 }
    const isEmpty = returns.length === 0
    return {
      title: { text: `${name} (${returns.length.toLocaleString('en')} episodes)`, fontSize: 13, anchor: 'middle' as const, offset: 5 },
      width: WIDTH,
      height: HEIGHT,
      layer: [
        { data: { values: isEmpty ? [] : bars[index] }, mark: { type: 'bar' as const, ...BAR_MARK }, encoding: { x, x2: { field: 'to' }, y, y2: { datum: 0 } } },
        { data: { values: chance === undefined ? [] : [{ from: chance }] }, mark: rule, encoding: { x } },
        ...(isEmpty ? [emptyNote('No finished episode', WIDTH, HEIGHT)] : []),
      ],
    }
  }
  const key = `bars: finished episodes of all cultures${chance === undefined ? '' : `; dashed: mean of random actions (${readable(chance)})`}`
  const nothing = emptyPanel('No conditions to compare', COLUMNS * WIDTH, HEIGHT)
  return {
    name: 'return-distribution',
    title,
    altText: `Share of episodes by return for ${conditions.map(({ name }) => name).join(', ') || 'no condition'}.`,
    spec: { ...themed(title, key), columns: COLUMNS, concat: conditions.length === 0 ? [nothing] : conditions.map((_, index) => panel(index)) },
  }
}
