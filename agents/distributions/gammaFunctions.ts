/**
 * What is left of ln Gamma and of its derivative once their large terms are taken off, in float32.
 *
 * ln Gamma(x) grows like x ln x, so in float32 the differences of it that a Beta density is made of lose all digits at large shapes. The
 * remainders below stay between 0 and 1 for x >= 1, and the large terms are combined exactly where they are used. Both are computed three up,
 * where Stirling's series is exact to float32, and brought down by recurrence (Abramowitz & Stegun 1964: 6.1.41, 6.3.18, 6.4.12; 6.1.15, 6.3.5, 6.4.6).
 */
import * as tf from '@tensorflow/tfjs-core'

/** Steps up before the series is used. */
const UP = 3

/** c0 + c1 t + c2 t^2 + ..., t a tensor. */
const polynomial = (coefficients: readonly number[], t: tf.Tensor): tf.Tensor => {
  const [highest = 0, ...rest] = coefficients.toReversed()
  return rest.reduce<tf.Tensor>((sum, c) => tf.add(tf.mul(sum, t), c), tf.fill(t.shape, highest))
}

/** Keeps 0 / 0 from being one where 1 + t is 1 in float32; below the last digit of everything else. */
const TINY = 1e-30

/** ln(1 + t) to the last digits for small t too (Kahan; WebAssembly's log1p rounds 1 + t): t ln(w) / (w - 1), w = 1 + t as rounded. */
const logOnePlus = (t: tf.Tensor): tf.Tensor => {
  const w = tf.add(t, 1)
  return tf.mul(t, tf.div(tf.add(tf.log(w), TINY), tf.add(tf.sub(w, 1), TINY)))
}

/** psi'(x) - 1 / x. */
const trigammaRest = (x: tf.Tensor): tf.Tensor =>
  tf.tidy(() => {
    const inverse = tf.reciprocal(x)
    const r = tf.reciprocal(tf.add(x, UP))
    // psi'(y) = 1/y + 1/(2 y^2) + 1/(6 y^3) - 1/(30 y^5) + 1/(42 y^7) - 1/(30 y^9)
    const squared = tf.square(r)
    const odd = tf.mul(polynomial([1, 1 / 6, -1 / 30, 1 / 42, -1 / 30], squared), r)
    const series = tf.add(odd, tf.mul(squared, 0.5))
    // psi'(x) = psi'(x + 3) + 1/x^2 + 1/(x + 1)^2 + 1/(x + 2)^2
    const recurrence = tf.addN([tf.square(inverse), tf.square(tf.reciprocal(tf.add(x, 1))), tf.square(tf.reciprocal(tf.add(x, 2)))])
    return tf.sub(tf.add(series, recurrence), inverse)
  })

const digammaRestValue = (x: tf.Tensor): tf.Tensor =>
  tf.tidy(() => {
    const inverse = tf.reciprocal(x)
    const r = tf.reciprocal(tf.add(x, UP))
    // psi(y) - ln y = - 1/(2 y) - 1/(12 y^2) + 1/(120 y^4) - 1/(252 y^6) + 1/(240 y^8)
    const squared = tf.square(r)
    const series = tf.sub(tf.mul(polynomial([-1 / 12, 1 / 120, -1 / 252, 1 / 240], squared), squared), tf.mul(r, 0.5))
    // psi(x) = psi(x + 3) - 1/x - 1/(x + 1) - 1/(x + 2)
    const recurrence = tf.addN([inverse, tf.reciprocal(tf.add(x, 1)), tf.reciprocal(tf.add(x, 2))])
    return tf.add(logOnePlus(tf.mul(inverse, UP)), tf.sub(series, recurrence))
  })

const binetValue = (x: tf.Tensor): tf.Tensor =>
  tf.tidy(() => {
    const inverse = tf.reciprocal(x)
    const r = tf.reciprocal(tf.add(x, UP))
    // J(y) = 1/(12 y) - 1/(360 y^3) + 1/(1260 y^5) - 1/(1680 y^7)
    const series = tf.mul(polynomial([1 / 12, -1 / 360, 1 / 1260, -1 / 1680], tf.square(r)), r)
    // J(x) = J(x + 3) - 3 + (x + 5/2) ln(1 + 3/x) - ln(1 + 1/x) - ln(1 + 2/x), from Gamma(x + 3) = x (x + 1) (x + 2) Gamma(x)
    const shift = tf.sub(tf.mul(tf.add(x, 2.5), logOnePlus(tf.mul(inverse, UP))), UP)
    const factors = logOnePlus(tf.mul(tf.add(tf.mul(inverse, 2), 3), inverse))
    return tf.add(series, tf.sub(shift, factors))
  })

const digammaRestOp = tf.customGrad((x, save) => {
  if (!(x instanceof tf.Tensor) || typeof save !== 'function') throw new TypeError('digammaRest takes one tensor')
  save([x])
  return { value: digammaRestValue(x), gradFunc: (flow, [saved]) => tf.tidy(() => tf.mul(flow, trigammaRest(saved))) }
})

/**
 * psi(x) - ln x, the digamma function without its large term. Gradient: psi'(x) - 1 / x.
 * @param x 0.1 to 1e6
 */
export const digammaRest = (x: tf.Tensor): tf.Tensor => digammaRestOp(x)

const binetOp = tf.customGrad((x, save) => {
  if (!(x instanceof tf.Tensor) || typeof save !== 'function') throw new TypeError('binet takes one tensor')
  save([x])
  // J'(x) = psi(x) - ln x + 1 / (2 x)
  return {
    value: binetValue(x),
    gradFunc: (flow, [saved]) => tf.tidy(() => tf.mul(flow, tf.add(digammaRestValue(saved), tf.div(0.5, saved)))),
  }
})

/**
 * Binet's function J(x) = ln Gamma(x) - (x - 1/2) ln x + x - ln(2 pi) / 2. Gradient: psi(x) - ln x + 1 / (2 x).
 * @param x 0.1 to 1e6
 */
export const binet = (x: tf.Tensor): tf.Tensor => binetOp(x)
