/** What every distribution of actions is: a network's output row in; draws, log-probabilities and entropies out. */
import type * as tf from '@tensorflow/tfjs-core'
import type { Rng } from '../../src/rng.js'

/**
 * A distribution of actions, given a row that a network put out.
 *
 * `prepare` makes the row that all else reads, once for a whole batch: on tensors for learning, and as plain numbers for drawing.
 */
export interface ActionDistribution {
  /** 'categorical', 'multiCategorical', 'diagonalGaussian' or 'scaledBeta'. */
  readonly name: string
  /** Width of the network's output row. */
  readonly inputs: number
  /** Width of a prepared row. */
  readonly parameters: number
  /** Numbers in an action row. */
  readonly width: number
  /** What it learns beside the network. Its owner frees them with `tf.dispose`. */
  readonly variables: readonly tf.Variable[]
  /** [rows, inputs] -> [rows, parameters]. Differentiable. */
  prepare(output: tf.Tensor2D): tf.Tensor2D
  /**
   * Draws an action from prepared row `row` into row `outRow` of `out`.
   * @throws Bl1Error `agents/draw` where the prepared row is not finite
   */
  sample(prepared: ArrayLike<number>, row: number, rng: Rng, out: Float32Array, outRow: number): void
  /** Writes the action without chance: the most probable one, or the mean. @throws Bl1Error `agents/draw` */
  mode(prepared: ArrayLike<number>, row: number, out: Float32Array, outRow: number): void
  /** ln of the probability (density, for real numbers) of each action row, [rows]: a sum over its elements. Differentiable in `prepared`. */
  logProbability(prepared: tf.Tensor2D, actions: tf.Tensor2D): tf.Tensor1D
  /** Entropy in nats of each row's distribution, [rows]: a sum over its elements. Differentiable. */
  entropy(prepared: tf.Tensor2D): tf.Tensor1D
}
