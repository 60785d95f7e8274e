/** Draws the settings of a search from its space. */
import { Rng } from '../../rng.js'
import type { Dimension, SearchSpace } from './space.js'

/** Values of the varied parameters by dotted path, in the config's order. */
export type Setting = Readonly<Record<string, unknown>>

/** Enough to tell values apart, and short enough to read; the last digits of logarithms differ between machines. */
const DIGITS = 4
/** Draws for each setting that is asked for, before a space counts as exhausted. */
const DRAWS_FOR_EACH = 200

const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

const drawNumber = (from: number, to: number, { scale, whole }: Dimension, rng: Rng): number => {
  // x = from^(1 - u) to^u, that is log x uniform; the bounds of whole numbers stand half a number further out, so that each has its share
  const [low, high] = whole ? [Math.ceil(from) - 0.5, Math.floor(to) + 0.5] : [from, to]
  const drawn = scale === 'log' ? Math.exp(rng.between(Math.log(low), Math.log(high))) : rng.between(low, high)
  if (whole) return within(Math.round(drawn), Math.ceil(from), Math.floor(to))
  return within(Number(drawn.toPrecision(DIGITS)), from, to)
}

const drawValue = (dimension: Dimension, rng: Rng): unknown => {
  const { values, from, to } = dimension
  if (values !== undefined) return values[rng.integer(values.length)]
  return drawNumber(from ?? 0, to ?? 0, dimension, rng)
}

/**
 * Different settings at random, in the order in which they were drawn: the same space and seed give the same ones, asking for more adds to
 * them, and every parameter has a stream of its own.
 * @returns as many as asked for, or all there are
 */
export const drawSettings = ({ parameters, search }: SearchSpace): Setting[] => {
  const rng = Rng.fromSeed(search.seed).split('settings')
  const streams = Object.entries(parameters).flatMap(([path, dimension]) => (dimension === undefined ? [] : [{ path, dimension, rng: rng.split(path) }]))
  const settings = new Map<string, Setting>()
  for (let draw = 0; draw < search.settings * DRAWS_FOR_EACH && settings.size < search.settings; draw++) {
    const setting = Object.fromEntries(streams.map(({ path, dimension, rng: stream }) => [path, drawValue(dimension, stream)]))
    const text = JSON.stringify(setting)
    if (!settings.has(text)) settings.set(text, setting)
  }
  return [...settings.values()]
}
