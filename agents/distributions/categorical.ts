/** Choices: one of n, or several side by side. The distribution of buttons. */
import * as tf from '@tensorflow/tfjs-core'
import { Bl1Error } from '../../src/errors.js'
import type { Rng } from '../../src/rng.js'
import type { ActionDistribution } from './distribution.js'
import { requireDrawable } from './drawable.js'

/** The index that a uniform number falls on, given log-probabilities; the last one where rounding leaves a gap. */
const drawIndex = (logProbabilities: ArrayLike<number>, first: number, n: number, uniform: number): number => {
  let left = uniform
  for (let i = 0; i < n - 1; i++) {
    left -= Math.exp(logProbabilities[first + i])
    if (left < 0) return i
  }
  return n - 1
}

const largestIndex = (values: ArrayLike<number>, first: number, n: number): number => {
  let best = 0
  for (let i = 1; i < n; i++) if (values[first + i] > values[first + best]) best = i
  return best
}

/**
 * Several choices, each on its own, from one row of logits with the heads side by side. The action row holds one index a head, from 0.
 * A prepared row holds log-probabilities: ln p_i = z_i - ln sum e^z, head by head.
 * @param nvec how many options each head has
 * @throws Bl1Error `agents/distribution` for no head, or a head without options
 */
export const multiCategorical = (nvec: readonly number[]): ActionDistribution => choices('multiCategorical', nvec)

/** One choice of n from n logits. The action row holds its index, from 0. @throws Bl1Error `agents/distribution` */
export const categorical = (n: number): ActionDistribution => choices('categorical', [n])

const choices = (name: string, heads: readonly number[]): ActionDistribution => {
  if (heads.length === 0 || !heads.every((n) => Number.isSafeInteger(n) && n >= 1)) {
    throw new Bl1Error('agents/distribution', { name, expected: 'one head or more, each with a whole number of options', received: `[${heads.join(', ')}]` })
  }
  const nvec = [...heads]
  const total = nvec.reduce((sum, n) => sum + n, 0)
  const firsts = nvec.map((_, head) => nvec.slice(0, head).reduce((sum, n) => sum + n, 0))

  const each = (prepared: ArrayLike<number>, row: number, choose: (first: number, n: number) => number, out: Float32Array, outRow: number) => {
    requireDrawable(name, prepared, row, total)
    for (let head = 0; head < nvec.length; head++) out[outRow * nvec.length + head] = choose(row * total + firsts[head], nvec[head])
  }

  /** 1 at the options taken: [rows, total]. */
  const taken = (actions: tf.Tensor2D): tf.Tensor2D => {
    const places = tf.cast(tf.add(actions, tf.tensor2d(firsts, [1, nvec.length])), 'int32')
    const oneHots = tf.reshape(tf.oneHot(tf.reshape(places, [-1]), total), [-1, nvec.length, total])
    return tf.cast(tf.sum(oneHots, 1), 'float32')
  }

  return {
    name,
    inputs: total,
    parameters: total,
    width: nvec.length,
    variables: [],
    prepare: (output) =>
      tf.tidy(() => {
        if (nvec.length === 1) return tf.logSoftmax(output)
        return tf.concat2d(
          nvec.map((n, head) => tf.logSoftmax(tf.slice2d(output, [0, firsts[head]], [-1, n]))),
          1,
        )
      }),
    sample: (prepared, row, rng: Rng, out, outRow) => {
      each(prepared, row, (first, n) => drawIndex(prepared, first, n, rng.uniform()), out, outRow)
    },
    mode: (prepared, row, out, outRow) => {
      each(prepared, row, (first, n) => largestIndex(prepared, first, n), out, outRow)
    },
    // ln p(a) = sum over heads of ln p_a
    logProbability: (prepared, actions) => tf.tidy(() => tf.sum(tf.mul(taken(actions), prepared), 1)),
    // H = - sum p ln p
    entropy: (prepared) => tf.tidy(() => tf.neg(tf.sum(tf.mul(tf.exp(prepared), prepared), 1))),
  }
}
