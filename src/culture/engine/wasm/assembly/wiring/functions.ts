// Exponential and logarithm, four at a time, by polynomials.

/** 2^y for y <= 0: degree 4 around whole numbers, relative error 3.3e-6; 0 below 2^-126. */
@inline export function powerOfTwo(y: v128): v128 {
  // adding 1.5 * 2^23 rounds to a whole number and leaves it in the low bits
  const shifted = f32x4.add(y, f32x4.splat(12582912))
  const f = f32x4.sub(y, f32x4.sub(shifted, f32x4.splat(12582912)))
  let p = f32x4.add(f32x4.mul(f32x4.splat(0.009570102207362652), f), f32x4.splat(0.05591785907745361))
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.240247443318367))
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.6931217908859253))
  p = f32x4.add(f32x4.mul(p, f), f32x4.splat(0.9999992847442627))
  return v128.and(i32x4.add(p, i32x4.shl(shifted, 23)), f32x4.gt(y, f32x4.splat(-126)))
}

/**
 * -log(1 - v) for v in [0, 1], at most 16.6 = -log(2^-24): 2 atanh(t / (2 + t)) of the mantissa 1 + t, relative error 1e-6, small v
 * included.
 */
@inline export function minusLogOfOneMinus(v: v128): v128 {
  const one = f32x4.splat(1)
  const x = f32x4.pmax(f32x4.sub(one, v), f32x4.splat(5.960464477539063e-8))
  // mantissa in (0.71, 1.42]: the bits of one are an exponent of 0 and no mantissa
  const exponent = i32x4.shr_s(i32x4.sub(x, one), 23)
  const mantissa = i32x4.sub(x, i32x4.shl(exponent, 23))
  const isLarge = f32x4.gt(mantissa, f32x4.splat(1.4142135))
  const centred = v128.bitselect(f32x4.mul(mantissa, f32x4.splat(0.5)), mantissa, isLarge)
  const e = i32x4.sub(exponent, isLarge)
  // 1 - v has lost the last bits of a small v: take t from v itself
  const t = v128.bitselect(f32x4.neg(v), f32x4.sub(centred, one), i32x4.eq(e, i32x4.splat(0)))
  const s = f32x4.div(t, f32x4.add(t, f32x4.splat(2)))
  const square = f32x4.mul(s, s)
  let p = f32x4.add(f32x4.mul(square, f32x4.splat(0.2857142857)), f32x4.splat(0.4))
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(0.6666666667))
  p = f32x4.add(f32x4.mul(p, square), f32x4.splat(2))
  return f32x4.neg(f32x4.add(f32x4.mul(s, p), f32x4.mul(f32x4.convert_i32x4_s(e), f32x4.splat(0.6931471806))))
}
