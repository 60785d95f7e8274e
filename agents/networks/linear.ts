/** One matrix product: the decoder that can add nothing of its own to the spikes. */
import * as tf from '@tensorflow/tfjs-core'
import type { Rng } from '../../src/rng.js'
import { requireGain, requireWidth } from './checks.js'
import { xavierUniform } from './initialise.js'
import type { Network } from './network.js'
import { asMatrix, makeVariable } from './variable.js'

/** What a linear network is built from. */
export interface LinearOptions {
  /** Stands in front of the names of its variables in saved weights. */
  readonly name: string
  readonly inputs: number
  readonly outputs: number
  /** Whether a number that does not depend on the input is learned for each output (0 at first). */
  readonly bias: boolean
  /** Whether weights go through softplus, ln(1 + e^w), so that more of an input never means less of an output. */
  readonly nonNegative: boolean
  /** Factor on the first weights, 1 as published. */
  readonly gain: number
}

/**
 * Builds one: y = x W + b. First weights are Xavier-uniform times `gain` (before softplus).
 * Variables: `name/0/weights` [inputs, outputs] and, with bias, `name/0/biases` [outputs].
 * @throws Bl1Error `agents/network` for widths or a gain that cannot be
 */
export const linear = (options: LinearOptions, rng: Rng): Network => {
  const { name, inputs, outputs, bias, nonNegative, gain } = options
  requireWidth(name, 'input width', inputs)
  requireWidth(name, 'output width', outputs)
  requireGain(name, gain)
  const weights = makeVariable(`${name}/0/weights`, [inputs, outputs], xavierUniform(inputs, outputs, gain, rng))
  const biases = bias ? makeVariable(`${name}/0/biases`, [outputs], new Float32Array(outputs)) : undefined
  const variables = biases === undefined ? [weights] : [weights, biases]
  return {
    inputs,
    outputs,
    variables,
    apply: (rows) =>
      tf.tidy(() => {
        const matrix = asMatrix(weights, inputs, outputs)
        const y: tf.Tensor2D = tf.matMul(rows, nonNegative ? tf.softplus(matrix) : matrix)
        return biases === undefined ? y : tf.add(y, biases)
      }),
    dispose: () => {
      tf.dispose(variables)
    },
  }
}
