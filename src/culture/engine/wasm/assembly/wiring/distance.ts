// Distances from one point to four cells.
import { coordinates } from './plan'

/** Distances in um from (x, y), each in all lanes, to the cells at four places. */
@inline export function distances(x: v128, y: v128, place0: usize, place1: usize, place2: usize, place3: usize): v128 {
  const pairs01 = v128.load64_lane(coordinates + (place1 << 3), v128.load64_zero(coordinates + (place0 << 3)), 1)
  const pairs23 = v128.load64_lane(coordinates + (place3 << 3), v128.load64_zero(coordinates + (place2 << 3)), 1)
  const dx = f32x4.sub(v128.shuffle<f32>(pairs01, pairs23, 0, 2, 4, 6), x)
  const dy = f32x4.sub(v128.shuffle<f32>(pairs01, pairs23, 1, 3, 5, 7), y)
  return f32x4.sqrt(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)))
}
