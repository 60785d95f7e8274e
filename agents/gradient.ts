/** Numbers and gradients out of tensors, as arrays. Nothing is left in the backend's memory. */
import * as tf from '@tensorflow/tfjs-core'

/** A loss and its gradients. */
export interface LossGradients {
  readonly loss: number
  /** An array a variable, in their order; zeros where the loss does not depend on it. */
  readonly gradients: readonly Float32Array[]
}

/** The numbers of a tensor that is computed for them. (`tf.tidy` would look for tensors in every element of an array it returns.) */
export const numbersOf = (compute: () => tf.Tensor): Float32Array => {
  const tensor = tf.tidy(compute)
  try {
    return Float32Array.from(tensor.dataSync())
  } finally {
    tensor.dispose()
  }
}

/**
 * The loss and its gradients with respect to `variables`.
 * @param variables none: nothing can be learned, and the loss is not asked for
 * @param lossOf a scalar that depends on one of them at least
 */
export const gradientsOf = (variables: readonly tf.Variable[], lossOf: () => tf.Scalar): LossGradients => {
  let loss = 0
  const gradients: Float32Array[] = []
  if (variables.length === 0) return { loss, gradients }
  tf.tidy(() => {
    const { value, grads } = tf.variableGrads(lossOf, [...variables])
    loss = value.dataSync()[0]
    // A variable that the loss does not depend on has no entry, whatever the declaration says.
    const found: Readonly<Record<string, tf.Tensor | null | undefined>> = grads
    for (const { name, size } of variables) gradients.push(Float32Array.from(found[name]?.dataSync() ?? new Float32Array(size)))
  })
  return { loss, gradients }
}
