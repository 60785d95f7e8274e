/** Cells binned on a square grid, so that wiring looks at bins of candidates and not at every pair of cells. */
import type { Population } from './population.js'

/** Bins row by row; the cells of bin k are members[start[k]] up to, not including, members[start[k + 1]]. */
export interface CellGrid {
  readonly side: number
  readonly binUm: number
  readonly start: Int32Array
  readonly members: Int32Array
}

/** Bins all cells. */
export const buildGrid = (population: Population): CellGrid => {
  const { neurons, sideUm, xUm, yUm } = population
  const binUm = Math.max(60, sideUm / 60)
  const side = Math.max(1, Math.ceil(sideUm / binUm))
  const start = new Int32Array(side * side + 1)
  const binOf = (i: number): number =>
    Math.min(side - 1, Math.floor(yUm[i] / binUm)) * side + Math.min(side - 1, Math.floor(xUm[i] / binUm))
  for (let i = 0; i < neurons; i++) start[binOf(i) + 1]++
  for (let bin = 0; bin < side * side; bin++) start[bin + 1] += start[bin]
  const fill = start.slice()
  const members = new Int32Array(neurons)
  for (let i = 0; i < neurons; i++) members[fill[binOf(i)]++] = i
  return { side, binUm, start, members }
}

/** Largest connection probability between cells of two bins that are (dx, dy) bins apart: index dy * side + dx. */
export const probabilityBounds = (grid: CellGrid, peak: number, lengthConstantUm: number): Float64Array =>
  Float64Array.from({ length: grid.side * grid.side }, (_, k) => {
    const gapUm = Math.hypot(Math.max(0, (k % grid.side) - 1), Math.max(0, Math.floor(k / grid.side) - 1)) * grid.binUm
    return peak * Math.exp(-gapUm / lengthConstantUm)
  })
