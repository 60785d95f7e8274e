/** How fast several programs take the same steps: under every setting a bar a program, with the span of its rounds. */
import { requireFinite } from './figureSpec.js'
import type { FigureSpec } from './figureSpec.js'
import { COLOURS, emptyNote, PLOT_WIDTH, readable, themed } from './theme.js'

/** What {@link stepRateFigure} draws, in steps a second. */
export interface StepRateData {
  readonly title: string
  /** On a line under the title. */
  readonly subtitle: string
  readonly bars: readonly {
    /** '160 x 120 grey, 4 tics, 1 game' */
    readonly setting: string
    readonly program: string
    readonly perSecond: number
    /** The slowest and the fastest round. */
    readonly low: number
    readonly high: number
    /** Behind the bar. @default the rate */
    readonly text?: string
  }[]
}

const BAR_HEIGHT = 18
const WIDTH = PLOT_WIDTH - 180
/** Colours of the programs in their order. */
const RANGE = [COLOURS.main, COLOURS.mainFill, COLOURS.muted, COLOURS.stimulation, COLOURS.hit]

/**
 * Horizontal bars, in groups.
 * @throws Bl1Error `figures/value`
 */
export const stepRateFigure = ({ title, subtitle, bars }: StepRateData): FigureSpec => {
  const programs = [...new Set(bars.map(({ program }) => program))]
  const settings = [...new Set(bars.map(({ setting }) => setting))]
  for (const column of ['perSecond', 'low', 'high'] as const) requireFinite('step rates', column, bars.map((bar) => bar[column]))
  const values = bars.map((bar) => ({ ...bar, text: bar.text ?? readable(bar.perSecond) }))
  const y = { field: 'setting', type: 'nominal' as const, sort: null, axis: { title: null, grid: false }, scale: { paddingInner: 0.3 } }
  const yOffset = { field: 'program', type: 'nominal' as const, sort: programs }
  const x = {
    type: 'quantitative' as const,
    scale: { domain: [0, Math.max(1, ...bars.map(({ high }) => high)) * 1.2], nice: false },
    axis: { title: 'Steps a second', tickCount: 8 },
  }
  const color = {
    field: 'program', type: 'nominal' as const, legend: { title: null, orient: 'bottom' as const },
    scale: { domain: programs, range: RANGE.slice(0, programs.length) },
  }
  const height = Math.max(2, settings.length * (programs.length + 1)) * BAR_HEIGHT
  const layer = [
    { mark: { type: 'bar' as const }, encoding: { y, yOffset, x: { ...x, field: 'perSecond' }, color } },
    { mark: { type: 'rule' as const, color: COLOURS.ink }, encoding: { y, yOffset, x: { ...x, field: 'low' }, x2: { field: 'high' } } },
    {
      mark: { type: 'text' as const, align: 'left' as const, dx: 5 },
      encoding: { y, yOffset, x: { ...x, field: 'high' }, text: { field: 'text' } },
    },
  ]
  const inWords = values.map(({ setting, program, text }) => `${setting}, ${program}: ${text}`)
  return {
    name: 'step-rates',
    title,
    altText: bars.length === 0 ? 'Nothing was measured.' : `Steps a second. ${inWords.join('; ')}.`,
    spec: {
      ...themed(title, subtitle),
      width: WIDTH,
      height,
      ...(bars.length === 0 ? { layer: [emptyNote('Nothing was measured', WIDTH, height)] } : { data: { values }, layer }),
    },
  }
}
