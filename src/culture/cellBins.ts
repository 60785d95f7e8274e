/** Cells in square bins: wiring looks at bins and not at every pair of cells. */
import type { Population } from './population.js'

/** Bins are no smaller than to hold this many cells on average: so many bins at most cost less than the cells. */
const FEWEST_CELLS = 2
/** Bins so far away that the probability has fallen to this share of its peak are not looked at. */
const NEGLIGIBLE_FALL_OFF = 1e-6

/** Bins row by row; the cells of bin k stand at the places start[k] up to, not including, start[k + 1]. */
export interface CellBins {
  /** Bins a side of the dish. */
  readonly side: number
  readonly binUm: number
  readonly start: Int32Array
  readonly cellAt: Int32Array
  readonly placeOf: Int32Array
}

/** Puts the cells into bins as wide as the length constant, or larger where few cells would lie in one. */
export const binCells = (population: Population, lengthConstantUm: number): CellBins => {
  const { neurons, sideUm, xUm, yUm } = population
  const binUm = Math.max(lengthConstantUm, sideUm * Math.sqrt(FEWEST_CELLS / neurons))
  const side = Math.max(1, Math.ceil(sideUm / binUm))
  const along = (um: number): number => Math.min(side - 1, Math.floor(um / binUm))
  const start = new Int32Array(side * side + 1)
  for (let i = 0; i < neurons; i++) start[along(yUm[i]) * side + along(xUm[i]) + 1]++
  for (let bin = 0; bin < side * side; bin++) start[bin + 1] += start[bin]
  const next = start.slice()
  const cellAt = new Int32Array(neurons)
  const placeOf = new Int32Array(neurons)
  for (let i = 0; i < neurons; i++) {
    const place = next[along(yUm[i]) * side + along(xUm[i])]++
    cellAt[place] = i
    placeOf[i] = place
  }
  return { side, binUm, start, cellAt, placeOf }
}

/** The furthest bins to look at, in bins along x or y. */
export const reachOf = ({ side, binUm }: CellBins, lengthConstantUm: number): number =>
  Math.min(side - 1, Math.floor((-Math.log(NEGLIGIBLE_FALL_OFF) * lengthConstantUm) / binUm) + 1)
