// Four generators side by side, one a lane: xoshiro128** (Blackman & Vigna 2018), the generator of src/rng.ts. They are started anew for
// each presynaptic cell from (key, cell, lane), so that a cell's draws do not depend on what was drawn before.

let s0: v128 = i32x4.splat(0)
let s1: v128 = i32x4.splat(0)
let s2: v128 = i32x4.splat(0)
let s3: v128 = i32x4.splat(0)

/** lowbias32 (Ellis Hilton 2018): a one-to-one mixer of 32 bits with low avalanche bias. */
@inline function mix(word: v128): v128 {
  let x = i32x4.mul(v128.xor(word, i32x4.shr_u(word, 16)), i32x4.splat(0x7feb352d))
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(<i32>0x846ca68b))
  return v128.xor(x, i32x4.shr_u(x, 16))
}

@inline function stateWord(counter: v128, key: usize, word: usize): v128 {
  const mixed = mix(v128.xor(counter, v128.load32_splat(key + (word << 2))))
  return mix(i32x4.add(mixed, v128.load32_splat(key + (((word + 1) & 3) << 2))))
}

/** Starts the stream of one cell. Mixing is one to one in (cell, lane): no two streams of a key begin alike. */
export function startStream(key: usize, cell: i32): void {
  const lane = i32x4.add(i32x4.splat(cell << 2), i32x4(0, 1, 2, 3))
  const counter = i32x4.mul(lane, i32x4.splat(<i32>0x9e3779b9))
  s0 = stateWord(counter, key, 0)
  s1 = stateWord(counter, key, 1)
  s2 = stateWord(counter, key, 2)
  s3 = stateWord(counter, key, 3)
}

/** Four 32-bit words. */
@inline export function nextWords(): v128 {
  // rotl(s1 * 5, 7) * 9
  const times5 = i32x4.add(i32x4.shl(s1, 2), s1)
  const rotated = v128.or(i32x4.shl(times5, 7), i32x4.shr_u(times5, 25))
  const words = i32x4.add(i32x4.shl(rotated, 3), rotated)
  const shifted = i32x4.shl(s1, 9)
  const t2 = v128.xor(s2, s0)
  const t3 = v128.xor(s3, s1)
  s1 = v128.xor(s1, t2)
  s0 = v128.xor(s0, t3)
  s2 = v128.xor(t2, shifted)
  s3 = v128.or(i32x4.shl(t3, 11), i32x4.shr_u(t3, 21))
  return words
}

/** Four uniform variates over [0, 1], multiples of 2^-31 in single precision. */
@inline export function nextUniforms(): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(nextWords(), 1)), f32x4.splat(4.656612873077393e-10))
}

/**
 * Four standard normal variates: the sum of the 8 bytes of two words, centred and scaled (Irwin-Hall of order 8: unit variance, tails
 * to 4.9 SD, excess kurtosis -0.15), as the background noise has it.
 */
@inline export function nextNormals(): v128 {
  const first = i16x8.extadd_pairwise_i8x16_u(nextWords())
  const second = i16x8.extadd_pairwise_i8x16_u(nextWords())
  const sum = i32x4.extadd_pairwise_i16x8_u(i16x8.add(first, second))
  // mean 8 * 127.5, SD sqrt(8 (256^2 - 1) / 12)
  return f32x4.mul(f32x4.sub(f32x4.convert_i32x4_s(sum), f32x4.splat(1020)), f32x4.splat(0.004784196154532612))
}
