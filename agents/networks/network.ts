/** What every network is: rows of numbers in, rows of numbers out, and the variables in between. */
import type * as tf from '@tensorflow/tfjs-core'

/** A differentiable function of rows. */
export interface Network {
  /** Width of a row that comes in. */
  readonly inputs: number
  /** Width of a row that goes out. */
  readonly outputs: number
  /** What a learner may change, always in the same order. */
  readonly variables: readonly tf.Variable[]
  /** Maps each row on its own: [rows, inputs] -> [rows, outputs]. Differentiable in the variables and in `rows`. */
  apply(rows: tf.Tensor2D): tf.Tensor2D
  /** Frees the variables. */
  dispose(): void
}
