/**
 * The gradient of matrix products, for WebAssembly: its kernel multiplies by XNNPACK only without transpose flags and falls back to plain loops with
 * them, so both operands are transposed first. Results differ from the flagged ones by rounding alone.
 */
import * as tf from '@tensorflow/tfjs-core'

/** Swaps the last two axes. */
const transposed = (x: tf.Tensor): tf.Tensor => {
  const axes = Array.from({ length: x.rank }, (_, axis) => axis)
  const [first = 0, second = 0] = axes.splice(-2)
  return tf.transpose(x, [...axes, second, first])
}

let registered = false

/** Replaces the gradient of matMul by one without transpose flags (the registry is one for all backends). Again: nothing. */
export const transposeMatMulGradient = (): void => {
  if (registered) return
  registered = true
  tf.registerGradient({
    kernelName: tf.BatchMatMul,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved, attributes) => {
      const [a, b] = saved
      const flow = Array.isArray(dy) ? dy[0] : dy
      const { transposeA, transposeB } = attributes
      // y = A B with A = a or a', B = b or b'. dA = dy B', dB = A' dy; where a' was multiplied, da = (dA)'.
      const left = () => (transposeB === true ? tf.matMul(flow, b) : tf.matMul(flow, transposed(b)))
      const right = () => (transposeA === true ? tf.matMul(a, flow) : tf.matMul(transposed(a), flow))
      return {
        a: () => (transposeA === true ? transposed(left()) : left()),
        b: () => (transposeB === true ? transposed(right()) : right()),
      }
    },
  })
}
