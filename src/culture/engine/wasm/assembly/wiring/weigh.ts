// Second pass: weights, when the in-degrees are known; targets and delays go to columns of their own.
import { nextNormals, startStream } from './generator'
import { delaySteps, excitatory, excitatoryScale, inhibitoryScale, post, rowStart, weight, weightKey, weightSd } from './plan'

/** Relative weights max(0, 1 + sd n), n standard normal, for `count` rows from `to` on; up to three more are overwritten. */
function drawRelativeWeights(to: usize, count: i32): void {
  const end = to + (<usize>count << 2)
  for (; to < end; to += 16) {
    const drawn = f32x4.add(f32x4.splat(1), f32x4.mul(f32x4.splat(weightSd), nextNormals()))
    v128.store(to, f32x4.pmax(f32x4.splat(0), drawn))
  }
}

function weighRowsOf(cell: i32): void {
  const first = load<i32>(rowStart + (<usize>cell << 2))
  const end = load<i32>(rowStart + (<usize>cell << 2), 4)
  const scale = cell < excitatory ? excitatoryScale : inhibitoryScale
  startStream(weightKey, cell)
  drawRelativeWeights(weight + (<usize>first << 2), end - first)
  for (let row = <usize>first; row < <usize>end; row++) {
    const key = load<u32>(post + (row << 2))
    const target = key & 0x00ffffff
    store<u32>(post + (row << 2), target)
    store<u8>(delaySteps + row, key >> 24)
    const at = weight + (row << 2)
    store<f32>(at, load<f32>(at) * load<f32>(scale + (<usize>target << 2)))
  }
}

/** Weighs the rows of the cells from `first` on up to, not including, `last`. Cells must be weighed in order. */
export function weighRows(first: i32, last: i32): void {
  for (let cell = first; cell < last; cell++) weighRowsOf(cell)
}
