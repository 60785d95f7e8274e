/** A network for images with scalars beside them. */
import * as tf from '@tensorflow/tfjs-core'
import type { Rng } from '../../src/rng.js'
import { activations, type Activation } from './activation.js'
import { requireWidth } from './checks.js'
import { convolve } from './convolve.js'
import { orthogonal } from './initialise.js'
import { HIDDEN_GAIN, mlp } from './mlp.js'
import type { Network } from './network.js'
import { maxPool2 } from './pool.js'
import { makeVariable } from './variable.js'

/** What a convolution network is built from. */
export interface ConvolutionOptions {
  /** Stands in front of the names of its variables in saved weights. */
  readonly name: string
  /** Pixels of the image, top to bottom. 4 or more. */
  readonly height: number
  /** Pixels of the image, left to right. 4 or more. */
  readonly width: number
  /** Numbers a pixel, side by side in the row. */
  readonly channels: number
  /** Numbers in front of the image in each row. */
  readonly scalars: number
  /** Width c of the first convolution; the next have 2 c and 4 c. 64 in the published trainer, 16 in its local variant. */
  readonly baseWidth: number
  /** Widths of the layers behind the convolutions. */
  readonly hidden: readonly number[]
  readonly outputs: number
  readonly activation: Activation
  /** Gain of the last layer's first weights. */
  readonly outputGain: number
}

/** Two poolings by 2 must leave something. */
const LEAST_PIXELS = 4
const KERNEL = 3

/**
 * Builds one. A row is the scalars, then the image row by row. Three 3 x 3 convolutions (stride 1, padding 1) of widths c, 2c and 4c, the
 * activation after each, 2 x 2 maximum pooling after the first two (an odd last row or column is left out), then the mean over the image: 4c
 * features, joined to the scalars in front of an `mlp`. First weights are orthogonal with gain sqrt 2, biases 0.
 * Variables: `name/image/0/weights` [3, 3, channels, c], `name/image/0/biases` [c], ..., then those of the mlp, `name/0/weights` ...
 *
 * Memory: of each row about 10 height x width x c numbers at once while gradients are computed (60 x 80 pixels, c = 16, 256 rows: 0.8 GB), of
 * which WebAssembly has 4 GB: with wider ones, take smaller minibatches.
 * @throws Bl1Error `agents/network` for sizes that cannot be
 */
export const convolution = (options: ConvolutionOptions, rng: Rng): Network => {
  const { name, height, width, channels, scalars, baseWidth, hidden, outputs, activation, outputGain } = options
  requireWidth(name, 'image height', height, LEAST_PIXELS)
  requireWidth(name, 'image width', width, LEAST_PIXELS)
  requireWidth(name, 'number of channels', channels)
  requireWidth(name, 'number of scalars', scalars, 0)
  requireWidth(name, 'base width', baseWidth)
  const bend = activations[activation]
  const widths = [channels, baseWidth, 2 * baseWidth, 4 * baseWidth]
  const features = 4 * baseWidth
  const head = mlp({ name, inputs: scalars + features, hidden, outputs, activation, outputGain }, rng.split('head'))
  const layers = widths.slice(1).map((to, k) => {
    const from = widths[k]
    const first = orthogonal(KERNEL * KERNEL * from, to, HIDDEN_GAIN, rng.split(`image/${k}`))
    return {
      weights: makeVariable(`${name}/image/${k}/weights`, [KERNEL, KERNEL, from, to], first),
      biases: makeVariable(`${name}/image/${k}/biases`, [to], new Float32Array(to)),
    }
  })
  const variables = [...layers.flatMap(({ weights, biases }) => [weights, biases]), ...head.variables]
  const inputs = scalars + height * width * channels

  const featuresOf = (image: tf.Tensor4D): tf.Tensor2D => {
    const maps = layers.reduce((x, { weights, biases }, k) => {
      const y = bend(convolve(x, weights, biases))
      return k < layers.length - 1 ? maxPool2(y) : y
    }, image)
    return tf.mean(maps, [1, 2])
  }

  return {
    inputs,
    outputs,
    variables,
    apply: (rows) =>
      tf.tidy(() => {
        const image: tf.Tensor4D = tf.reshape(tf.slice2d(rows, [0, scalars], [-1, inputs - scalars]), [-1, height, width, channels])
        const found = featuresOf(image)
        if (scalars === 0) return head.apply(found)
        return head.apply(tf.concat2d([tf.slice2d(rows, [0, 0], [-1, scalars]), found], 1))
      }),
    dispose: () => {
      tf.dispose(variables)
    },
  }
}
