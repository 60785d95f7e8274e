/** Which cells lie near which electrode, and how strongly. Built once for a dish; columns, so that reading and pulsing allocate nothing. */
import type { ArrayLayout } from './layout.js'

/** Where the cells of a dish lie; um, from its lower left corner. */
export interface CellPositions {
  readonly neurons: number
  readonly sideUm: number
  readonly xUm: Float32Array
  readonly yUm: Float32Array
}

/** Cells within a radius of each electrode: entries start[channel] up to, not including, start[channel + 1]. */
export interface ElectrodeNeighbours {
  readonly start: Int32Array
  readonly neuron: Int32Array
  /** 1 at the electrode, falling linearly to 0 at the radius. */
  readonly nearness: Float32Array
}

/** Cells strictly closer than `radiusUm` to each electrode, by index. Unusable channels have none. */
export const neighboursWithin = (layout: ArrayLayout, cells: CellPositions, radiusUm: number): ElectrodeNeighbours => {
  const start = new Int32Array(layout.channels + 1)
  const neuron: number[] = []
  const nearness: number[] = []
  for (let channel = 0; channel < layout.channels; channel++) {
    if (!layout.unusable.has(channel)) {
      const x = cells.sideUm / 2 + layout.xUm[channel]
      const y = cells.sideUm / 2 + layout.yUm[channel]
      for (let i = 0; i < cells.neurons; i++) {
        const distanceUm = Math.hypot(cells.xUm[i] - x, cells.yUm[i] - y)
        if (distanceUm < radiusUm) {
          neuron.push(i)
          nearness.push(1 - distanceUm / radiusUm)
        }
      }
    }
    start[channel + 1] = neuron.length
  }
  return { start, neuron: Int32Array.from(neuron), nearness: Float32Array.from(nearness) }
}
