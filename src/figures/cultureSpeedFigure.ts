/** How many times faster than life cultures of different sizes are computed, one line a way of computing them. */
import { Bl1Error } from '../errors.js'
import { requireFinite, requireSameLength } from './figureSpec.js'
import type { FigureSpec } from './figureSpec.js'
import { COLOURS, CROSS_SHAPE, emptyNote, PLOT_WIDTH, readable, themed } from './theme.js'

/** What {@link cultureSpeedFigure} draws. */
export interface CultureSpeedData {
  readonly lines: readonly {
    /** For the key: 'wasm, 2 threads'. */
    readonly name: string
    /** Cells of the culture, ascending, above 0. */
    readonly neurons: ArrayLike<number>
    /** Simulated over wall time, as many, above 0. */
    readonly realTimeFactor: ArrayLike<number>
    /** Of other programs: drawn thinner. */
    readonly isPeer: boolean
  }[]
  readonly title?: string
}

const HEIGHT = 400
const WIDTH = PLOT_WIDTH - 200
/** Told apart by colour, by shape and by dashes. */
const LOOKS = [
  { color: COLOURS.main, shape: 'circle', dash: [1, 0] },
  { color: COLOURS.mainFill, shape: 'square', dash: [8, 3] },
  { color: COLOURS.ink, shape: 'diamond', dash: [2, 3] },
  { color: COLOURS.accent, shape: 'triangle-up', dash: [1, 0] },
  { color: COLOURS.accent, shape: 'triangle-down', dash: [8, 3] },
  { color: COLOURS.hit, shape: 'cross', dash: [1, 0] },
  { color: COLOURS.hit, shape: 'triangle-right', dash: [8, 3] },
  { color: COLOURS.stimulation, shape: 'triangle-left', dash: [1, 0] },
  { color: COLOURS.stimulation, shape: CROSS_SHAPE, dash: [8, 3] },
] as const

const decades = (from: number, to: number): number[] => {
  const values: number[] = []
  for (let power = Math.floor(Math.log10(from)); power <= Math.ceil(Math.log10(to)); power++) values.push(10 ** power)
  return values
}

/**
 * Real-time factor against neurons, both on logarithmic axes, with a rule where simulated time runs as fast as the clock.
 * @throws Bl1Error `figures/columns`, `figures/value`
 */
export const cultureSpeedFigure = (data: CultureSpeedData): FigureSpec => {
  const { lines, title = 'How fast cultures are computed' } = data
  const points = lines.flatMap(({ name, neurons, realTimeFactor, isPeer }) => {
    requireSameLength('culture speed', { neurons, realTimeFactor })
    for (const [column, values] of Object.entries({ neurons, realTimeFactor })) {
      requireFinite('culture speed', `${column} of ${name}`, values)
      const low = Array.from(values).find((value) => value <= 0)
      if (low === undefined) continue
      const received = String(low)
      throw new Bl1Error('figures/value', { figure: 'culture speed', name: `${column} of ${name}`, expected: 'above 0', received })
    }
    return Array.from(neurons, (count, k) => ({ name, neurons: count, factor: realTimeFactor[k], width: isPeer ? 1.4 : 2.6 }))
  })
  const names = lines.map(({ name }) => name)
  const looks = names.map((_, k) => LOOKS[k % LOOKS.length])
  const factors = points.map(({ factor }) => factor)
  const domain = [Math.min(0.5, ...factors) / 1.3, Math.max(2, ...factors) * 1.3]
  const counts = points.map(({ neurons }) => neurons)
  const reach = points.length === 0 ? [100, 100_000] : [Math.min(...counts) / 1.15, Math.max(...counts) * 1.15]
  const x = {
    field: 'neurons', type: 'quantitative' as const, scale: { type: 'log' as const, domain: reach, nice: false },
    axis: { title: 'Neurons', format: ',', values: [...new Set(counts)].sort((a, b) => a - b) },
  }
  const y = {
    field: 'factor', type: 'quantitative' as const, scale: { type: 'log' as const, domain, nice: false },
    axis: { title: 'Real-time factor (simulated / wall time)', format: '~g', values: decades(domain[0], domain[1]) },
  }
  const legend = { title: null, orient: 'right' as const, symbolDash: [1, 0] }
  const color = { field: 'name', type: 'nominal' as const, scale: { domain: names, range: looks.map((look) => look.color) }, legend }
  const dashes = looks.map(({ dash }) => [...dash])
  const shapes = looks.map(({ shape }) => shape)
  const layer = [
    {
      data: { values: [{ factor: 1 }] },
      mark: { type: 'rule' as const, color: COLOURS.ink, strokeWidth: 1.4, strokeDash: [4, 4] },
      encoding: { y },
    },
    {
      data: { values: points },
      mark: { type: 'line' as const },
      encoding: {
        x, y, color,
        strokeDash: { field: 'name', type: 'nominal' as const, scale: { domain: names, range: dashes }, legend: null },
        strokeWidth: { field: 'width', type: 'quantitative' as const, scale: null },
      },
    },
    {
      data: { values: points },
      mark: { type: 'point' as const, filled: true, size: 70, opacity: 1 },
      encoding: { x, y, color, shape: { field: 'name', type: 'nominal' as const, scale: { domain: names, range: shapes }, legend } },
    },
  ]
  const inWords = lines.map(({ name, neurons, realTimeFactor }) => {
    const last = neurons.length - 1
    const at = (k: number): string => `${readable(realTimeFactor[k])} at ${readable(neurons[k])}`
    return `${name} ${at(0)} to ${at(last)} neurons`
  })
  return {
    name: 'culture-speed',
    title,
    altText: points.length === 0 ? 'No culture was measured.' : `Real-time factor against neurons: ${inWords.join('; ')}.`,
    spec: {
      ...themed(title, 'median of the rounds; dashed rule: as fast as the clock'),
      width: WIDTH,
      height: HEIGHT,
      layer: points.length === 0 ? [emptyNote('No culture was measured', WIDTH, HEIGHT)] : layer,
    },
  }
}
