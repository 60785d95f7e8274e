/** Learning curves: what episodes returned over the steps of training, a panel a task, a line and a band a program. */
import { requireFinite, requireSameLength, type FigureSpec } from './figureSpec.js'
import { COLOURS, emptyNote, emptyPanel, readable, themed } from './theme.js'

/** One program's seeds in a task; the columns run side by side, NaN where no episode ended. */
export interface LearningCurve {
  readonly program: string
  /** Steps of training at the middle of each part. */
  readonly steps: ArrayLike<number>
  /** Mean return over seeds. */
  readonly mean: ArrayLike<number>
  /** Ends of its 95 % interval. */
  readonly low: ArrayLike<number>
  readonly high: ArrayLike<number>
  /** Each seed's own curve. */
  readonly seeds: readonly ArrayLike<number>[]
}

/** A task. */
export interface LearningPanel {
  readonly title: string
  readonly curves: readonly LearningCurve[]
  /** What counts as learned. */
  readonly goal?: number
}

/** What {@link learningCurvesFigure} draws. */
export interface LearningCurvesData {
  readonly panels: readonly LearningPanel[]
  readonly title?: string
  /** Name of the files. @default 'learning-curves' */
  readonly name?: string
}

const COLUMNS = 3
const WIDTH = 232
const HEIGHT = 200
/** Told apart by colour, dash and width. */
const STYLES = [
  { color: COLOURS.mainDark, strokeDash: [1, 0], strokeWidth: 2.4 },
  { color: COLOURS.accent, strokeDash: [6, 3], strokeWidth: 1.8 },
  { color: COLOURS.hit, strokeDash: [2, 2], strokeWidth: 1.8 },
] as const

const numberOrGap = (value: number): number | null => (Number.isFinite(value) ? value : null)

const requireColumns = ({ steps, mean, low, high, seeds }: LearningCurve): void => {
  const columns = Object.fromEntries(seeds.map((seed, k) => [`seed ${k}`, seed]))
  requireSameLength('learning curves', { steps, mean, low, high, ...columns })
  requireFinite('learning curves', 'steps', steps)
}

const lastOf = (values: ArrayLike<number>): number => Array.from(values).findLast((value) => Number.isFinite(value)) ?? Number.NaN

const inWords = ({ title, curves }: LearningPanel): string =>
  `${title}: ${curves.map(({ program, mean }) => `${program} ends at ${readable(lastOf(mean))}`).join(', ') || 'nothing was trained'}`

/**
 * Mean over seeds as a line with a 95 % band, each seed as a thin line behind it, the goal as a dotted rule.
 * @throws Bl1Error `figures/columns`, `figures/value`
 */
export const learningCurvesFigure = ({ panels, title = 'Learning curves', name = 'learning-curves' }: LearningCurvesData): FigureSpec => {
  for (const { curves, goal } of panels) {
    for (const curve of curves) requireColumns(curve)
    if (goal !== undefined) requireFinite('learning curves', 'goal', [goal])
  }
  const programs = [...new Set(panels.flatMap(({ curves }) => curves.map(({ program }) => program)))]
  const styleOf = (program: string) => STYLES[programs.indexOf(program) % STYLES.length]

  const panel = ({ title: heading, curves, goal }: LearningPanel, index: number) => {
    const end = Math.max(1, ...curves.flatMap(({ steps }) => Array.from(steps)))
    const x = {
      field: 'step', type: 'quantitative' as const, scale: { domain: [0, end] },
      axis: { title: 'Steps of training', grid: false, tickCount: 4, format: '~s' },
    }
    const y = {
      field: 'mean', type: 'quantitative' as const, scale: { zero: false },
      axis: { title: index % COLUMNS === 0 ? 'Return of an episode' : null, tickCount: 5 },
    }
    const rows = curves.flatMap(({ program, steps, mean, low, high }) =>
      Array.from(steps, (step, i) => ({ program, step, mean: numberOrGap(mean[i]), low: numberOrGap(low[i]), high: numberOrGap(high[i]) })))
    const seeds = curves.flatMap(({ program, steps, seeds: lines }) =>
      lines.flatMap((line, seed) => Array.from(steps, (step, i) => ({ program, seed, step, mean: numberOrGap(line[i]) })).filter((row) => row.mean !== null)))
    const of = <Row extends { readonly program: string }>(all: readonly Row[], program: string): Row[] => all.filter((row) => row.program === program)
    const layers = curves.flatMap(({ program }) => {
      const style = styleOf(program)
      return [
        {
          data: { values: of(seeds, program) },
          mark: { type: 'line' as const, color: style.color, strokeWidth: 0.6, opacity: 0.35 },
          encoding: { x, y, detail: { field: 'seed' } },
        },
        {
          data: { values: of(rows, program).filter((row) => row.low !== null) },
          mark: { type: 'area' as const, color: style.color, opacity: 0.2 },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
        },
        {
          data: { values: of(rows, program).filter((row) => row.mean !== null) },
          mark: { type: 'line' as const, color: style.color, strokeDash: [...style.strokeDash], strokeWidth: style.strokeWidth },
          encoding: { x, y },
        },
      ]
    })
    const rule = { type: 'rule' as const, color: COLOURS.ink, strokeDash: [2, 3], strokeWidth: 1.2 }
    return {
      title: { text: heading, fontSize: 13, anchor: 'middle' as const, offset: 5 },
      width: WIDTH,
      height: HEIGHT,
      layer: [
        { data: { values: goal === undefined ? [] : [{ mean: goal }] }, mark: rule, encoding: { y } },
        ...layers,
        ...(rows.some(({ mean }) => mean !== null) ? [] : [emptyNote('No episode ended', WIDTH, HEIGHT)]),
      ],
    }
  }
  const LINES = ['full line', 'dashed', 'dotted']
  const key = programs.map((program, k) => `${LINES[k % LINES.length]}: ${program}`)
  const legend = [...key, 'band: 95 % interval of the mean over seeds', 'thin: each seed']
  if (panels.some(({ goal }) => goal !== undefined)) legend.push('dotted rule: what counts as learned')
  return {
    name,
    title,
    altText: panels.length === 0 ? 'Nothing was trained.' : `Return of an episode over the steps of training. ${panels.map(inWords).join('; ')}.`,
    spec: {
      ...themed(title, legend.join('; ')),
      columns: COLUMNS,
      concat: panels.length === 0 ? [emptyPanel('Nothing was trained', COLUMNS * WIDTH, HEIGHT)] : panels.map(panel),
    },
  }
}
