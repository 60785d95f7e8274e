/** Maximum pooling, 2 x 2. WebAssembly's own kernel for its gradient (tfjs 4.22.0) gives wrong numbers, so it is made of others here. */
import * as tf from '@tensorflow/tfjs-core'
import { asTensor4d } from './convolve.js'

const doubled = (image: tf.Tensor4D, height: number, width: number): tf.Tensor4D => tf.image.resizeNearestNeighbor(image, [height, width])

const poolOp = tf.customGrad((image, save) => {
  if (!(image instanceof tf.Tensor) || typeof save !== 'function') throw new TypeError('maxPool2 takes one tensor')
  const value = tf.maxPool(asTensor4d(image), 2, 2, 'valid')
  save([image, value])
  return {
    value,
    gradFunc: (flow, [savedImage, savedValue]) =>
      tf.tidy(() => {
        const before = asTensor4d(savedImage)
        const [, height, width] = before.shape
        // The flow goes to the largest pixel of the four; where several are, as in an evenly coloured region, they share it.
        const largest: tf.Tensor4D = tf.cast(tf.equal(before, doubled(asTensor4d(savedValue), height, width)), 'float32')
        const sharers = tf.mul(tf.avgPool(largest, 2, 2, 'valid'), 4)
        return tf.mul(largest, doubled(asTensor4d(tf.div(flow, sharers)), height, width))
      }),
  }
})

/**
 * The largest of each 2 x 2 pixels; an odd last row or column is left out.
 * @param image [rows, height, width, channels]
 * @returns [rows, floor(height / 2), floor(width / 2), channels]
 */
export const maxPool2 = (image: tf.Tensor4D): tf.Tensor4D =>
  tf.tidy(() => {
    const [rows, height, width, channels] = image.shape
    const [evenHeight, evenWidth] = [height - (height % 2), width - (width % 2)]
    const isEven = evenHeight === height && evenWidth === width
    return asTensor4d(poolOp(isEven ? image : tf.slice4d(image, [0, 0, 0, 0], [rows, evenHeight, evenWidth, channels])))
  })
