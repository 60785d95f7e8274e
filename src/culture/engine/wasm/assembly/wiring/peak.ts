// The sum that p_max is solved from.
import { distances } from './distance'
import { powerOfTwo } from './functions'
import { coordinates, decay, neurons, placeOf } from './plan'

/** sum_j exp(-d_ij / lambda) over all cells j but the cell i itself. The padding behind the last cell lies too far away to count. */
export function sumOfFallOffs(cell: i32): f64 {
  const own = <usize>load<i32>(placeOf + (<usize>cell << 2))
  const x = v128.load32_splat(coordinates + (own << 3))
  const y = v128.load32_splat(coordinates + (own << 3), 4)
  const self = i32x4.splat(<i32>own)
  const scale = f32x4.splat(decay)
  let place = i32x4(0, 1, 2, 3)
  let low = f64x2.splat(0)
  let high = f64x2.splat(0)
  for (let j: usize = 0; j < <usize>neurons; j += 4) {
    const fallOff = powerOfTwo(f32x4.mul(distances(x, y, j, j + 1, j + 2, j + 3), scale))
    const others = v128.andnot(fallOff, i32x4.eq(place, self))
    low = f64x2.add(low, f64x2.promote_low_f32x4(others))
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f32>(others, others, 2, 3, 0, 1)))
    place = i32x4.add(place, i32x4.splat(4))
  }
  const sum = f64x2.add(low, high)
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)
}
