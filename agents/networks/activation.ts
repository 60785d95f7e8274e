/** The bends between layers. */
import * as tf from '@tensorflow/tfjs-core'

/** Activations that a network may have between its layers. */
export const activationNames = ['tanh', 'silu', 'relu', 'elu'] as const
/** tanh, silu (x sigmoid x), relu (max 0 x) or elu (x above 0, e^x - 1 below). */
export type Activation = (typeof activationNames)[number]

/** x sigmoid(x), keeping only x for its gradient s (1 + x (1 - s)), s = sigmoid(x): images leave no memory to spare. */
const silu = <T extends tf.Tensor>(x: T): T =>
  tf.customGrad<T>((input, save) => {
    if (!(input instanceof tf.Tensor) || typeof save !== 'function') throw new TypeError('silu takes one tensor')
    save([input])
    return {
      value: tf.mul(input, tf.sigmoid(input)),
      gradFunc: (flow, [saved]) =>
        tf.tidy(() => {
          const s = tf.sigmoid(saved)
          return tf.mul(flow, tf.mul(s, tf.add(tf.mul(saved, tf.sub(1, s)), 1)))
        }),
    }
  })(x)

/** The functions by name; each keeps the shape. */
export const activations: Readonly<Record<Activation, <T extends tf.Tensor>(x: T) => T>> = {
  tanh: (x) => tf.tanh(x),
  silu,
  relu: (x) => tf.relu(x),
  elu: (x) => tf.elu(x),
}
