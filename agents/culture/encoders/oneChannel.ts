/** A choice of one channel out of several: each window pulses the chosen one alone, as a place code does. */
import * as tf from '@tensorflow/tfjs-core'
import { categorical, type ActionDistribution } from '../../distributions/index.js'

/**
 * One of n channels from n logits. The row of a choice holds the current of each channel: `currentUa` at the chosen one, 0 elsewhere.
 * @throws Bl1Error `agents/distribution` for no channel
 */
export const oneChannel = (channels: number, currentUa: number): ActionDistribution => {
  const which = categorical(channels)
  const chosen = new Float32Array(1)
  const write = (out: Float32Array, row: number): void => {
    out.fill(0, row * channels, (row + 1) * channels)
    out[row * channels + chosen[0]] = currentUa
  }
  return {
    ...which,
    name: 'oneChannel',
    width: channels,
    sample: (prepared, row, rng, out, outRow) => {
      which.sample(prepared, row, rng, chosen, 0)
      write(out, outRow)
    },
    mode: (prepared, row, out, outRow) => {
      which.mode(prepared, row, chosen, 0)
      write(out, outRow)
    },
    logProbability: (prepared, rows) =>
      tf.tidy(() => which.logProbability(prepared, tf.expandDims<tf.Tensor2D>(tf.cast(tf.argMax(rows, 1), 'float32'), 1))),
  }
}
