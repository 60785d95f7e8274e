/** Real numbers between two bounds: the distribution of stimulation, whose frequencies and currents have hard limits. */
import * as tf from '@tensorflow/tfjs-core'
import { Bl1Error } from '../../src/errors.js'
import type { ActionDistribution } from './distribution.js'
import { requireDrawable } from './drawable.js'
import { drawBeta } from './gammaDraw.js'
import { binet, digammaRest } from './gammaFunctions.js'

/** A draw is taken as this far from 0 and 1 at least, in parts of the range, as the density is 0 or infinite there. */
const EDGE = 1e-6
const HALF_LN_TWO_PI = 0.5 * Math.log(2 * Math.PI)
const name = 'scaledBeta'

const requireBounds = (low: readonly number[], high: readonly number[]): void => {
  const refuse = (expected: string, received: string): never => {
    throw new Bl1Error('agents/distribution', { name, expected, received })
  }
  if (low.length === 0 || low.length !== high.length) refuse('as many upper as lower bounds, one or more', `${low.length} and ${high.length}`)
  for (const [i, from] of low.entries()) {
    const to = high[i]
    if (!Number.isFinite(from) || !Number.isFinite(to) || from >= to) refuse('finite bounds, each low below its high', `${from} to ${to} at entry ${i}`)
  }
}

/** f of each of three tensors, computed as one (fewer and larger kernels). */
const ofEach = (f: (x: tf.Tensor) => tf.Tensor, a: tf.Tensor2D, b: tf.Tensor2D, c: tf.Tensor2D): tf.Tensor[] =>
  tf.unstack(f(tf.stack([a, b, c])))

/**
 * Independent beta distributions, each stretched from 0..1 to its bounds. The network puts out a row of numbers for the alphas, then one for the
 * betas; alpha = softplus(z) + 1, beta likewise, so each has one peak. A prepared row holds alphas, then betas. Actions are in units of the bounds.
 * Log-densities and entropies are of the stretched values: ln(high - low) is taken off and added.
 *
 * Without chance it gives the mean, alpha / (alpha + beta), not the peak.
 * @throws Bl1Error `agents/distribution`
 */
export const scaledBeta = (low: readonly number[], high: readonly number[]): ActionDistribution => {
  requireBounds(low, high)
  const width = low.length
  const lows = [...low]
  const ranges = lows.map((from, i) => high[i] - from)
  const logRange = ranges.reduce((sum, range) => sum + Math.log(range), 0)

  const shapesOf = (prepared: tf.Tensor2D) => {
    const alpha = tf.slice2d(prepared, [0, 0], [-1, width])
    const beta = tf.slice2d(prepared, [0, width], [-1, width])
    const total: tf.Tensor2D = tf.add(alpha, beta)
    return { alpha, beta, total }
  }

  const write = (out: Float32Array, outRow: number, i: number, u: number): void => {
    out[outRow * width + i] = lows[i] + ranges[i] * Math.min(1 - EDGE, Math.max(EDGE, u))
  }

  return {
    name,
    inputs: 2 * width,
    parameters: 2 * width,
    width,
    variables: [],
    prepare: (output) => tf.tidy(() => tf.add(tf.softplus(output), 1)),
    sample: (prepared, row, rng, out, outRow) => {
      requireDrawable(name, prepared, row, 2 * width)
      const first = row * 2 * width
      for (let i = 0; i < width; i++) write(out, outRow, i, drawBeta(prepared[first + i], prepared[first + width + i], rng))
    },
    mode: (prepared, row, out, outRow) => {
      requireDrawable(name, prepared, row, 2 * width)
      const first = row * 2 * width
      for (let i = 0; i < width; i++) write(out, outRow, i, prepared[first + i] / (prepared[first + i] + prepared[first + width + i]))
    },
    logProbability: (prepared, actions) =>
      tf.tidy(() => {
        const { alpha, beta, total } = shapesOf(prepared)
        const u = tf.clipByValue(tf.div(tf.sub(actions, tf.tensor2d(lows, [1, width])), tf.tensor2d(ranges, [1, width])), EDGE, 1 - EDGE)
        const v = tf.sub(1, u)
        const [ofAlpha, ofBeta, ofTotal] = ofEach(binet, alpha, beta, total)
        // ln p = a ln(u s / a) + b ln(v s / b) - ln(u v) + (ln(a b / s) - ln 2 pi) / 2 - J(a) - J(b) + J(s), s = a + b, v = 1 - u:
        // (a - 1) ln u + (b - 1) ln v - ln B(a, b), with ln Gamma(x) = (x - 1/2) ln x - x + ln(2 pi) / 2 + J(x) put in.
        const peaks = tf.add(
          tf.mul(alpha, tf.log(tf.div(tf.mul(u, total), alpha))),
          tf.mul(beta, tf.log(tf.div(tf.mul(v, total), beta))),
        )
        const volume = tf.sub(tf.mul(tf.log(tf.div(tf.mul(alpha, beta), total)), 0.5), HALF_LN_TWO_PI)
        const rest = tf.sub(ofTotal, tf.add(ofAlpha, ofBeta))
        const density = tf.sub(tf.addN([peaks, volume, rest]), tf.log(tf.mul(u, v)))
        return tf.sub(tf.sum(density, 1), logRange)
      }),
    entropy: (prepared) =>
      tf.tidy(() => {
        const { alpha, beta, total } = shapesOf(prepared)
        const [ofAlpha, ofBeta, ofTotal] = ofEach(binet, alpha, beta, total)
        const [restAlpha, restBeta, restTotal] = ofEach(digammaRest, alpha, beta, total)
        // H = ln(a b / s^3) / 2 + ln(2 pi) / 2 + J(a) + J(b) - J(s) - (a - 1) D(a) - (b - 1) D(b) + (s - 2) D(s), D(x) = psi(x) - ln x:
        // ln B(a, b) - (a - 1) psi(a) - (b - 1) psi(b) + (s - 2) psi(s), written so that nothing large cancels.
        const volume = tf.add(tf.mul(tf.sub(tf.log(tf.div(tf.mul(alpha, beta), total)), tf.mul(tf.log(total), 2)), 0.5), HALF_LN_TWO_PI)
        const rest = tf.sub(tf.add(ofAlpha, ofBeta), ofTotal)
        const spread = tf.sub(
          tf.mul(tf.sub(total, 2), restTotal),
          tf.add(tf.mul(tf.sub(alpha, 1), restAlpha), tf.mul(tf.sub(beta, 1), restBeta)),
        )
        return tf.add(tf.sum(tf.addN([volume, rest, spread]), 1), logRange)
      }),
  }
}
