// Thinning: a candidate becomes a target with the true probability over the bound it was found under.
import { distances } from './distance'
import { powerOfTwo } from './functions'
import { nextUniforms } from './generator'
import { decay, scratchA, scratchB, stepsPerUm } from './plan'

/** Delays are stored in a byte. */
const LONGEST_DELAY_STEPS: f32 = 255

/**
 * Keeps the candidates in scratch A that become targets, each as delay << 24 | place, and returns how many they are. The cell itself,
 * at place `own`, is none.
 */
export function thin(candidates: i32, own: i32, xUm: f32, yUm: f32): i32 {
  const x = f32x4.splat(xUm)
  const y = f32x4.splat(yUm)
  const self = i32x4.splat(own)
  const end = <usize>candidates << 2
  let kept = scratchA
  for (let k: usize = 0; k < end; k += 16) {
    const places = v128.load(scratchA + k)
    const distance = distances(
      x, y,
      <usize>i32x4.extract_lane(places, 0), <usize>i32x4.extract_lane(places, 1),
      <usize>i32x4.extract_lane(places, 2), <usize>i32x4.extract_lane(places, 3),
    )
    const fallOff = powerOfTwo(f32x4.mul(distance, f32x4.splat(decay)))
    const isTarget = f32x4.lt(f32x4.mul(nextUniforms(), v128.load(scratchB + k)), fallOff)
    let mask = i32x4.bitmask(v128.andnot(isTarget, i32x4.eq(places, self)))
    // lanes behind the last candidate are none
    if (end - k < 16) mask &= (1 << (<i32>(end - k) >> 2)) - 1
    // delay = round(d / (speed * dt)), 1 to 255
    const rounded = f32x4.floor(f32x4.add(f32x4.mul(distance, f32x4.splat(stepsPerUm)), f32x4.splat(0.5)))
    const delay = f32x4.pmin(f32x4.pmax(rounded, f32x4.splat(1)), f32x4.splat(LONGEST_DELAY_STEPS))
    // adding 2^23 leaves a whole number in the low bits
    const keys = v128.or(i32x4.shl(f32x4.add(delay, f32x4.splat(8388608)), 24), places)
    // never ahead of what is still to be read: at most as many are kept as were found
    store<i32>(kept, i32x4.extract_lane(keys, 0))
    kept += <usize>(mask & 1) << 2
    store<i32>(kept, i32x4.extract_lane(keys, 1))
    kept += <usize>(mask & 2) << 1
    store<i32>(kept, i32x4.extract_lane(keys, 2))
    kept += <usize>(mask & 4)
    store<i32>(kept, i32x4.extract_lane(keys, 3))
    kept += <usize>(mask & 8) >> 1
  }
  return <i32>((kept - scratchA) >> 2)
}
