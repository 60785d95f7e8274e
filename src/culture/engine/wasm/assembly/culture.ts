// The fast engine's kernel: the model of reference.ts over columns in WebAssembly memory. The host fills the records (fields.ts).
import { Field } from './fields'
import { address, integer } from './context'
import { advance } from './step'
import { sumNoise, updateCells } from './cells'

/** First byte that the kernel itself does not use. */
export function heapBase(): usize {
  return __heap_base
}

/** Advances a culture of one partition from `first` to `end`. */
export function run(culture: usize, first: i32, end: i32): void {
  for (let step = first; step < end; step++) advance(culture, 0, step)
}

/** For measurements: the update of the cells, noise included, on its own, from `step` on. */
export function repeatUpdate(culture: usize, step: i32, times: i32): void {
  for (let k = 0; k < times; k++) updateCells(culture, 0, step + k)
}

/** For measurements: the noise on its own, from `step` on. The mean of what was drawn, in thousandths, so that none of it can be left out. */
export function repeatNoise(culture: usize, step: i32, times: i32): i32 {
  let sum: f64 = 0
  for (let k = 0; k < times; k++) sum += <f64>sumNoise(culture, 0, step + k)
  return <i32>(1000.0 * sum / (<f64>times * <f64>integer(culture, Field.neurons)))
}

/** Index of the first cell whose potential is not a finite number; -1 where all are. */
export function notFinite(culture: usize): i32 {
  const v = address(culture, Field.v)
  const neurons = integer(culture, Field.neurons)
  // x - x is 0 for every finite number and NaN for all others
  let sum = f32x4.splat(0)
  const whole = neurons & ~3
  for (let cell = 0; cell < whole; cell += 4) {
    const four = v128.load(v + (<usize>cell << 2))
    sum = f32x4.add(sum, f32x4.sub(four, four))
  }
  let total = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)
  for (let cell = whole; cell < neurons; cell++) {
    const one = load<f32>(v + (<usize>cell << 2))
    total += one - one
  }
  if (total == 0) return -1
  for (let cell = 0; cell < neurons; cell++) if (!isFinite<f32>(load<f32>(v + (<usize>cell << 2)))) return cell
  return -1
}
