/** A multilayer perceptron: matrix products with a bend between each two. */
import * as tf from '@tensorflow/tfjs-core'
import type { Rng } from '../../src/rng.js'
import { activations, type Activation } from './activation.js'
import { requireGain, requireWidth } from './checks.js'
import { orthogonal } from './initialise.js'
import type { Network } from './network.js'
import { asMatrix, makeVariable } from './variable.js'

/** What an mlp is built from. */
export interface MlpOptions {
  /** Stands in front of the names of its variables in saved weights. */
  readonly name: string
  readonly inputs: number
  /** Widths of the layers between, none for one matrix product. */
  readonly hidden: readonly number[]
  readonly outputs: number
  readonly activation: Activation
  /** Gain of the last layer's first weights: 0.01 for policies (all actions alike at first), 1 for critics. */
  readonly outputGain: number
}

/** Gain of layers that an activation follows, as in Stable-Baselines3 and CleanRL. */
export const HIDDEN_GAIN = Math.SQRT2

/**
 * Builds one. First weights are orthogonal (gain sqrt 2, `outputGain` for the last), biases 0.
 * Variables: `name/0/weights` [inputs, width], `name/0/biases` [width], and so on by layer.
 * @throws Bl1Error `agents/network` for widths or a gain that cannot be
 */
export const mlp = (options: MlpOptions, rng: Rng): Network => {
  const { name, inputs, hidden, outputs, activation, outputGain } = options
  const widths = [inputs, ...hidden, outputs]
  for (const width of widths) requireWidth(name, 'layer width', width)
  requireGain(name, outputGain)
  const bend = activations[activation]
  const layers = widths.slice(1).map((width, k) => {
    const from = widths[k]
    const gain = k === hidden.length ? outputGain : HIDDEN_GAIN
    return {
      from,
      width,
      weights: makeVariable(`${name}/${k}/weights`, [from, width], orthogonal(from, width, gain, rng.split(k))),
      biases: makeVariable(`${name}/${k}/biases`, [width], new Float32Array(width)),
    }
  })
  const variables = layers.flatMap(({ weights, biases }) => [weights, biases])
  return {
    inputs,
    outputs,
    variables,
    apply: (rows) =>
      tf.tidy(() =>
        layers.reduce((x, { from, width, weights, biases }, k) => {
          // y = x W + b
          const y: tf.Tensor2D = tf.add(tf.matMul(x, asMatrix(weights, from, width)), biases)
          return k < hidden.length ? bend(y) : y
        }, rows),
      ),
    dispose: () => {
      tf.dispose(variables)
    },
  }
}
