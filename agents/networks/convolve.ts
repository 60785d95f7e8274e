/** The 3 x 3 convolution with a gradient that every backend has the kernels for: WebAssembly has none for a filter's. */
import * as tf from '@tensorflow/tfjs-core'

/** A tensor of four axes as one by type. */
export const asTensor4d = (x: tf.Tensor): tf.Tensor4D => {
  const [a = 1, b = 1, c = 1, d = 1] = x.shape
  return tf.reshape(x, [a, b, c, d])
}

const forward = (image: tf.Tensor4D, filter: tf.Tensor4D): tf.Tensor4D => tf.conv2d(image, filter, 1, 'same')

/** dL/dx: the flow convolved with the filter turned by half a turn, its channels exchanged. */
const imageGradient = (flow: tf.Tensor4D, filter: tf.Tensor4D): tf.Tensor4D =>
  tf.tidy(() => forward(flow, tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2])))

/** A frame of zeros one pixel wide, and all pixels in a row: [rows x (height + 2) x (width + 2), channels]. */
const framed = (image: tf.Tensor4D): tf.Tensor2D =>
  tf.reshape(tf.pad4d(image, [[0, 0], [1, 1], [1, 1], [0, 0]]), [-1, image.shape[3]])

/**
 * dL/dw: for each place of the filter the image moved by it, times the flow, [channels, pixels] x [pixels, outputs].
 *
 * With both in a frame of zeros, to move by a place is to start some pixels later in the row of all pixels (one block of memory): what a move
 * carries across an edge meets the zeros of the flow's frame.
 */
const filterGradient = (image: tf.Tensor4D, flow: tf.Tensor4D): tf.Tensor4D =>
  tf.tidy(() => {
    const [rows, height, width, channels] = image.shape
    const across = width + 2
    const margin = across + 1
    const length = rows * (height + 2) * across - 2 * margin
    const flows = tf.slice2d(framed(flow), [margin, 0], [length, -1])
    const pixels: tf.Tensor2D = tf.transpose(framed(image))
    const places = Array.from({ length: 9 }, (_, place) => {
      const first = Math.floor(place / 3) * across + (place % 3)
      return tf.tidy(() => tf.matMul(tf.slice2d(pixels, [0, first], [-1, length]), flows))
    })
    return tf.reshape(tf.stack(places), [3, 3, channels, flow.shape[3]])
  })

/** dL/db: the sum of the flow over rows and pixels, as a product with ones (a sum over the first axes would turn the whole tensor around). */
const biasGradient = (flow: tf.Tensor4D): tf.Tensor1D =>
  tf.tidy(() => {
    const flows: tf.Tensor2D = tf.reshape(flow, [-1, flow.shape[3]])
    return tf.reshape(tf.matMul(tf.ones([1, flows.shape[0]]), flows), [-1])
  })

const convolveOp = tf.customGrad((image, filter, biases, save) => {
  const isCall = image instanceof tf.Tensor && filter instanceof tf.Tensor && biases instanceof tf.Tensor && typeof save === 'function'
  if (!isCall) throw new TypeError('convolve takes three tensors')
  save([image, filter])
  return {
    value: tf.add(forward(asTensor4d(image), asTensor4d(filter)), biases),
    gradFunc: (flow, [savedImage, savedFilter]) => {
      const flow4d = asTensor4d(flow)
      return [imageGradient(flow4d, asTensor4d(savedFilter)), filterGradient(asTensor4d(savedImage), flow4d), biasGradient(flow4d)]
    },
  }
})

/**
 * Convolves images with a 3 x 3 filter, stride 1, zeros around the image so that its size stays, and adds a bias to each output.
 * @param image [rows, height, width, channels]
 * @param filter [3, 3, channels, outputs]
 * @param biases [outputs]
 * @returns [rows, height, width, outputs]
 */
export const convolve = (image: tf.Tensor4D, filter: tf.Tensor, biases: tf.Tensor): tf.Tensor4D =>
  tf.tidy(() => asTensor4d(convolveOp(image, filter, biases)))
