/** What is left of an agent when something is taken from it: one row a way to play, a panel a question, on one axis of return. */
import { requireFinite } from './figureSpec.js'
import type { FigureSpec } from './figureSpec.js'
import { COLOURS, PLOT_WIDTH, emptyPanel, readable, themed } from './theme.js'

/** One way to play. */
export interface AblationBar {
  readonly name: string
  /** One entry an agent; none for one agent. */
  readonly agents: ArrayLike<number>
  readonly mean: number
  /** Ends of the interval; null for none. */
  readonly low: number | null
  readonly high: number | null
}

/** What {@link ablationFigure} draws. */
export interface AblationFigureData {
  /** Questions, each with the ways to play that answer it. */
  readonly panels: readonly { readonly question: string; readonly rows: readonly AblationBar[] }[]
  /** Mean return as trained and at random: a solid and a dashed rule. */
  readonly whole: number
  readonly chance: number
  /** What the bars are: '95 % interval over agents'. */
  readonly interval: string
  readonly title?: string
}

const ROW_HEIGHT = 30
const LABEL_WIDTH = 240
const WIDTH = PLOT_WIDTH - LABEL_WIDTH + 60
/** Share of the span left free at both ends. */
const MARGIN = 0.06

/** All panels share one range, which holds every mark. */
const rangeOf = ({ panels, whole, chance }: AblationFigureData): [number, number] => {
  const values = panels.flatMap(({ rows }) => rows.flatMap(({ agents, mean, low, high }) => [...Array.from(agents), mean, low ?? mean, high ?? mean]))
  const [least, most] = [Math.min(whole, chance, ...values), Math.max(whole, chance, ...values)]
  const margin = most > least ? MARGIN * (most - least) : 0.5
  return [least - margin, most + margin]
}

/**
 * A dot an agent, the mean as a diamond with its interval beneath them; solid rule: as trained, dashed: random actions.
 * @throws Bl1Error `figures/value`
 */
export const ablationFigure = (data: AblationFigureData): FigureSpec => {
  const { whole, chance, interval, title = 'What is left when something is taken' } = data
  requireFinite('ablation', 'whole and chance', [whole, chance])
  for (const { name, agents, mean, low, high } of data.panels.flatMap(({ rows }) => rows)) {
    requireFinite('ablation', `agents of ${name}`, agents)
    requireFinite('ablation', `mean, low and high of ${name}`, [mean, low ?? mean, high ?? mean])
  }
  const panels = data.panels.filter(({ rows }) => rows.length > 0)
  const domain = rangeOf(data)
  const isDotted = panels.some(({ rows }) => rows.some(({ agents }) => agents.length > 0))

  const panel = (index: number) => {
    const { question, rows } = panels[index]
    const isLast = index === panels.length - 1
    const axis = isLast ? { title: 'Return of an episode', tickCount: 7 } : { title: null, labels: false, ticks: false, tickCount: 7 }
    const x = { type: 'quantitative' as const, scale: { domain, nice: false, zero: false }, axis }
    const y = {
      field: 'name', type: 'nominal' as const, scale: { domain: rows.map(({ name }) => name), paddingInner: 0 },
      axis: { title: null, labelFontSize: 12, grid: false, minExtent: LABEL_WIDTH, maxExtent: LABEL_WIDTH },
    }
    const yOffset = { field: 'offset', type: 'quantitative' as const, scale: { domain: [-1, 1] } }
    const means = rows.map(({ name, mean, low, high }) => ({ name, mean, low: low ?? mean, high: high ?? mean, offset: isDotted ? 0.4 : 0 }))
    const dots = rows.flatMap(({ name, agents }) => Array.from(agents, (value) => ({ name, value, offset: -0.3 })))
    const rule = (value: number, strokeDash: readonly number[]) => ({
      data: { values: [{ value }] },
      mark: { type: 'rule' as const, color: COLOURS.ink, strokeWidth: 1.4, strokeDash: [...strokeDash] },
      encoding: { x: { ...x, field: 'value' } },
    })
    return {
      title: { text: question, fontSize: 13, anchor: 'start' as const, offset: 6 },
      width: WIDTH,
      height: rows.length * ROW_HEIGHT,
      layer: [
        rule(whole, [1, 0]),
        rule(chance, [6, 4]),
        {
          data: { values: dots },
          mark: { type: 'circle' as const, size: 34, color: COLOURS.main, opacity: 0.55 },
          encoding: { x: { ...x, field: 'value' }, y, yOffset },
        },
        {
          data: { values: means },
          mark: { type: 'rule' as const, color: COLOURS.accent, strokeWidth: 2.5 },
          encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y, yOffset },
        },
        {
          data: { values: means },
          mark: { type: 'point' as const, shape: 'diamond', filled: true, size: 100, color: COLOURS.accent, opacity: 1 },
          encoding: { x: { ...x, field: 'mean' }, y, yOffset },
        },
      ],
    }
  }
  const inWords = panels.flatMap(({ rows }) => rows.map(({ name, mean }) => `${name} ${readable(mean)}`))
  const key = [`${isDotted ? 'dot: one agent; ' : ''}diamond and bar: mean and ${interval}`, `solid line: as trained (${readable(whole)}); dashed: random actions (${readable(chance)})`]
  return {
    name: 'ablation',
    title,
    altText: `Mean return as trained ${readable(whole)}, with random actions ${readable(chance)}${inWords.length > 0 ? `; ${inWords.join('; ')}` : ''}.`,
    spec: { ...themed(title, key), vconcat: panels.length === 0 ? [emptyPanel('Nothing was taken', WIDTH, 3 * ROW_HEIGHT)] : panels.map((_, index) => panel(index)) },
  }
}
