/** Real numbers without bounds, each on its own: the distribution of continuous control. */
import * as tf from '@tensorflow/tfjs-core'
import { Bl1Error } from '../../src/errors.js'
import { makeVariable } from '../networks/variable.js'
import type { ActionDistribution } from './distribution.js'
import { requireDrawable } from './drawable.js'

/** Options of a diagonal Gaussian. */
export interface DiagonalGaussianOptions {
  /** ln of the standard deviation at first: 0 is SD 1, as in Stable-Baselines3 and CleanRL. */
  readonly initialLogSd: number
}

const HALF_LN_TWO_PI = 0.5 * Math.log(2 * Math.PI)

/**
 * Independent normal distributions. The network puts out means; ln SD is a variable (`distribution/logSd`) that does not depend on the observation
 * (Schulman et al. 2017). A prepared row holds the means, then ln SDs.
 * @param width how many numbers an action has
 * @throws Bl1Error `agents/distribution`
 */
export const diagonalGaussian = (width: number, options: DiagonalGaussianOptions): ActionDistribution => {
  const name = 'diagonalGaussian'
  const { initialLogSd } = options
  if (!Number.isSafeInteger(width) || width < 1) {
    throw new Bl1Error('agents/distribution', { name, expected: 'a whole number of 1 or more as width', received: String(width) })
  }
  if (!Number.isFinite(initialLogSd)) {
    throw new Bl1Error('agents/distribution', { name, expected: 'a finite initialLogSd', received: String(initialLogSd) })
  }
  const logSd = makeVariable('distribution/logSd', [width], new Float32Array(width).fill(initialLogSd))
  const logSdOf = (prepared: tf.Tensor2D): tf.Tensor2D => tf.slice2d(prepared, [0, width], [-1, width])
  return {
    name,
    inputs: width,
    parameters: 2 * width,
    width,
    variables: [logSd],
    prepare: (output) => tf.tidy(() => tf.concat2d([output, tf.add(tf.zerosLike(output), logSd)], 1)),
    sample: (prepared, row, rng, out, outRow) => {
      requireDrawable(name, prepared, row, 2 * width)
      const first = row * 2 * width
      for (let i = 0; i < width; i++) out[outRow * width + i] = prepared[first + i] + Math.exp(prepared[first + width + i]) * rng.normal()
    },
    mode: (prepared, row, out, outRow) => {
      requireDrawable(name, prepared, row, 2 * width)
      for (let i = 0; i < width; i++) out[outRow * width + i] = prepared[row * 2 * width + i]
    },
    // ln p(x) = - sum (z^2 / 2 + ln s + ln(2 pi) / 2), z = (x - m) / s
    logProbability: (prepared, actions) =>
      tf.tidy(() => {
        const logSds = logSdOf(prepared)
        const z = tf.mul(tf.sub(actions, tf.slice2d(prepared, [0, 0], [-1, width])), tf.exp(tf.neg(logSds)))
        return tf.neg(tf.sum(tf.add(tf.add(tf.mul(tf.square(z), 0.5), logSds), HALF_LN_TWO_PI), 1))
      }),
    // H = sum (ln s + ln(2 pi e) / 2)
    entropy: (prepared) => tf.tidy(() => tf.sum(tf.add(logSdOf(prepared), HALF_LN_TWO_PI + 0.5), 1)),
  }
}
