// Draws the targets of cells.
import { findCandidates } from './candidates'
import { startStream } from './generator'
import { coordinates, excitatory, excitatoryDegrees, inhibitoryDegrees, neurons, placeOf, post, rowStart, targetKey } from './plan'
import { sortTargets } from './sort'
import { thin } from './thinning'

function countTargets(from: usize, end: usize, degrees: usize): void {
  for (let at = from; at < end; at += 4) {
    const counter = degrees + (<usize>(load<u32>(at) & 0x00ffffff) << 2)
    store<i32>(counter, load<i32>(counter) + 1)
  }
}

function drawRowsOf(cell: i32, from: usize): usize {
  startStream(targetKey, cell)
  const own = load<i32>(placeOf + (<usize>cell << 2))
  const x = load<f32>(coordinates + (<usize>own << 3))
  const y = load<f32>(coordinates + (<usize>own << 3), 4)
  const count = thin(findCandidates(x, y), own, x, y)
  sortTargets(count, from)
  const end = from + (<usize>count << 2)
  countTargets(from, end, cell < excitatory ? excitatoryDegrees : inhibitoryDegrees)
  return end
}

/**
 * Draws the rows of the cells from `first` on up to, not including, `last`, and stops before a cell whose rows could reach beyond the
 * address `limit`. Returns the first cell that is left.
 */
export function drawRows(first: i32, last: i32, limit: usize): i32 {
  let at = post + (<usize>load<i32>(rowStart + (<usize>first << 2)) << 2)
  let cell = first
  for (; cell < last && limit - at >= <usize>neurons << 2; cell++) {
    at = drawRowsOf(cell, at)
    store<i32>(rowStart + (<usize>(cell + 1) << 2), <i32>((at - post) >> 2))
  }
  return cell
}
