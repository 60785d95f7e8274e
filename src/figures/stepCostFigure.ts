/** Where the time of a step goes: a stacked bar a culture. */
import { requireFinite } from './figureSpec.js'
import type { FigureSpec } from './figureSpec.js'
import { COLOURS, emptyNote, PLOT_WIDTH, readable, themed } from './theme.js'

/** What {@link stepCostFigure} draws, in ns a neuron and step. */
export interface StepCostData {
  readonly bars: readonly {
    /** '10,000 neurons, 2 Hz' */
    readonly name: string
    readonly update: number
    readonly noise: number
    /** Differences of measurements: a part too small to be told from nothing may come out below 0, and is drawn as nothing. */
    readonly scatter: number
    readonly plasticity: number
    /** The whole step. */
    readonly total: number
  }[]
  readonly title?: string
}

const PARTS = [
  { part: 'update', label: 'update of the cells', color: COLOURS.main },
  { part: 'noise', label: 'noise', color: COLOURS.mainFill },
  { part: 'scatter', label: 'scatter and spikes', color: COLOURS.stimulation },
  { part: 'plasticity', label: 'plasticity', color: COLOURS.accent },
] as const
const BAR_HEIGHT = 34
const WIDTH = PLOT_WIDTH - 140

/**
 * One horizontal bar a culture, its parts in the order of a step.
 * @throws Bl1Error `figures/value`
 */
export const stepCostFigure = (data: StepCostData): FigureSpec => {
  const { bars, title = 'Where the time of a step goes' } = data
  const segments = bars.flatMap((bar) => {
    let end = 0
    requireFinite('step cost', `total of ${bar.name}`, [bar.total])
    return PARTS.map(({ part, label }) => {
      requireFinite('step cost', `${part} of ${bar.name}`, [bar[part]])
      const start = end
      end += Math.max(0, bar[part])
      return { name: bar.name, label, start, end }
    })
  })
  const totals = bars.map(({ name, total }) => ({
    name, text: readable(total), end: Math.max(...segments.filter((one) => one.name === name).map(({ end }) => end)),
  }))
  const y = { field: 'name', type: 'nominal' as const, sort: null, axis: { title: null, grid: false }, scale: { paddingInner: 0.25 } }
  const highest = Math.max(1, ...totals.map(({ end }) => end))
  const x = {
    type: 'quantitative' as const,
    scale: { domain: [0, highest * 1.12], nice: false },
    axis: { title: 'Time of a step (ns a neuron)', tickCount: 8 },
  }
  const color = {
    field: 'label', type: 'nominal' as const, legend: { title: null, orient: 'bottom' as const },
    scale: { domain: PARTS.map(({ label }) => label), range: PARTS.map((one) => one.color) },
  }
  const height = Math.max(2, bars.length) * BAR_HEIGHT
  const layer = [
    {
      data: { values: segments },
      mark: { type: 'bar' as const, stroke: 'white', strokeWidth: 1 },
      encoding: { y, x: { ...x, field: 'start' }, x2: { field: 'end' }, color },
    },
    {
      data: { values: totals },
      mark: { type: 'text' as const, align: 'left' as const, dx: 5 },
      encoding: { y, x: { ...x, field: 'end' }, text: { field: 'text' } },
    },
  ]
  const inWords = bars.map((bar) => `${bar.name}: ${PARTS.map(({ part, label }) => `${label} ${readable(bar[part])}`).join(', ')}`)
  return {
    name: 'step-cost',
    title,
    altText: bars.length === 0 ? 'No step was measured.' : `Time of a step in ns a neuron. ${inWords.join('; ')}.`,
    spec: {
      ...themed(title, 'one thread, driven cultures, plasticity on; the number: the whole step'),
      width: WIDTH,
      height,
      layer: bars.length === 0 ? [emptyNote('No step was measured', WIDTH, height)] : layer,
    },
  }
}
