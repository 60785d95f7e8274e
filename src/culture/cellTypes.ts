/** Which cell is of which type: contiguous blocks in a fixed order, counts by the original's rounding rule. */
import type { CultureParameters } from './parameters.js'

/** The five types in the order of their blocks; the first three are excitatory. */
export const CELL_TYPES = ['regularSpiking', 'intrinsicallyBursting', 'chattering', 'fastSpiking', 'lowThresholdSpiking'] as const
export type CellType = (typeof CELL_TYPES)[number]
/** Excitatory types stand first, so a cell is excitatory if its index is below the excitatory count. */
export const EXCITATORY_TYPES = 3

/** Rounds halves to the even neighbour, as NumPy does. */
const roundHalfToEven = (value: number): number => {
  const floor = Math.floor(value)
  const rest = value - floor
  if (rest !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}

/**
 * Cells of each type, in the order of {@link CELL_TYPES}: round-half-even of share x N, and whatever rounding leaves over is
 * regular-spiking, so the counts always add up to N. Shares are relative to their sum.
 */
export const cellCounts = (parameters: CultureParameters): readonly number[] => {
  const { neurons, cells } = parameters
  const shares = CELL_TYPES.map((type) => cells[type].share)
  const total = shares.reduce((sum, share) => sum + share, 0)
  const counts = shares.map((share) => (total > 0 ? roundHalfToEven((share / total) * neurons) : 0))
  // halves that round up together can exceed a tiny culture: the last types then get what room is left
  let room = neurons
  for (let k = 1; k < counts.length; k++) {
    counts[k] = Math.min(counts[k], room)
    room -= counts[k]
  }
  counts[0] = room
  return counts
}
