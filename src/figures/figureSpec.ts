/**
 * What a figure is: a name, words for those who cannot see it, and a Vega-Lite specification that holds its own data.
 *
 * Builders in this room are pure functions from plain arrays to {@link FigureSpec}; they draw nothing. Any Vega-Lite 6 renderer shows the
 * result: in a browser vega-embed, in Node the room `io` (`drawSvg`, `drawPng`).
 */
import type { TopLevelSpec } from 'vega-lite'
import { Bl1Error } from '../errors.js'

/** A figure ready to be drawn. */
export interface FigureSpec {
  /** Name for files, in kebab case (`raster`). */
  readonly name: string
  /** Heading, also drawn above the figure. */
  readonly title: string
  /** What the figure shows, in one or two sentences with its main numbers. */
  readonly altText: string
  /** Vega-Lite specification with the data inside; plain JSON. */
  readonly spec: TopLevelSpec
}

/** A span of time in seconds. */
export interface TimeSpan {
  readonly fromS: number
  readonly toS: number
}

/**
 * Refuses columns that should run side by side and do not.
 * @throws Bl1Error `figures/columns`
 */
export const requireSameLength = (figure: string, columns: Readonly<Record<string, ArrayLike<unknown>>>): void => {
  const lengths = Object.entries(columns).map(([name, column]) => ({ name, length: column.length }))
  if (lengths.some(({ length }) => length !== lengths[0]?.length)) {
    throw new Bl1Error('figures/columns', { figure, lengths: lengths.map(({ name, length }) => `${name} ${length}`) })
  }
}

/**
 * Refuses a value that cannot be placed on an axis.
 * @throws Bl1Error `figures/value`
 */
export const requireFinite = (figure: string, name: string, values: ArrayLike<number>): void => {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new Bl1Error('figures/value', { figure, name: `${name}[${i}]`, expected: 'a finite number', received: String(values[i]) })
    }
  }
}

/**
 * Refuses an index that names nothing: not a whole number from 0 to `count` - 1.
 * @throws Bl1Error `figures/value`
 */
export const requireIndices = (figure: string, name: string, indices: ArrayLike<number>, count: number): void => {
  for (let i = 0; i < indices.length; i++) {
    if (!(Number.isInteger(indices[i]) && indices[i] >= 0 && indices[i] < count)) {
      const expected = `a whole number from 0 to ${count - 1}`
      throw new Bl1Error('figures/value', { figure, name: `${name}[${i}]`, expected, received: String(indices[i]) })
    }
  }
}

/**
 * Refuses a time axis that does not run forward.
 * @throws Bl1Error `figures/value`
 */
export const requireSpan = (figure: string, fromS: number, toS: number): void => {
  if (!(Number.isFinite(fromS) && Number.isFinite(toS) && toS > fromS)) {
    throw new Bl1Error('figures/value', { figure, name: 'toS', expected: 'a time after fromS', received: `${toS} (fromS is ${fromS})` })
  }
}
