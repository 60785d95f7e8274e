/** Gradients against central differences: the check that every network and every density passes. */
import * as tf from '@tensorflow/tfjs-core'
import { expect } from 'vitest'

const at = (f: (x: tf.Tensor) => tf.Tensor, shape: readonly number[], values: Float32Array): number =>
  tf.tidy(() => f(tf.tensor(values, [...shape])).dataSync()[0])

/**
 * Expects the gradient of a scalar function to be its central difference along a few axes, all axes where there are no more than `most`.
 * float32: the difference over 2h carries an error of about eps |f| / h and h^2 f''' / 6; the caller's tolerance covers both.
 */
export const expectGradient = (
  f: (x: tf.Tensor) => tf.Tensor,
  x: tf.Tensor,
  { h = 1e-2, tolerance = 5e-3, most = 10 }: { h?: number; tolerance?: number; most?: number } = {},
): void => {
  const values = Float32Array.from(x.dataSync())
  const gradient = tf.tidy(() => tf.grad((inner: tf.Tensor) => f(inner))(x).dataSync())
  const stride = Math.max(1, Math.floor(values.length / most))
  for (let i = 0; i < values.length; i += stride) {
    const up = values.slice()
    const down = values.slice()
    up[i] += h
    down[i] -= h
    const difference = (at(f, x.shape, up) - at(f, x.shape, down)) / (up[i] - down[i])
    expect(Math.abs(gradient[i] - difference), `entry ${i}: gradient ${gradient[i]}, difference ${difference}`).toBeLessThan(
      tolerance * Math.max(1, Math.abs(difference)),
    )
  }
}

/** The same for each variable of a network, whose values are moved and put back. */
export const expectVariableGradients = (
  loss: () => tf.Scalar,
  variables: readonly tf.Variable[],
  { h = 1e-2, tolerance = 5e-3, most = 5 }: { h?: number; tolerance?: number; most?: number } = {},
): void => {
  const { value, grads } = tf.variableGrads(loss, [...variables])
  value.dispose()
  for (const variable of variables) {
    const values = Float32Array.from(variable.dataSync())
    const gradient = grads[variable.name].dataSync()
    const lossWith = (i: number, offset: number): number =>
      tf.tidy(() => {
        const moved = values.slice()
        moved[i] += offset
        variable.assign(tf.tensor(moved, variable.shape))
        return loss().dataSync()[0]
      })
    const stride = Math.max(1, Math.floor(values.length / most))
    for (let i = 0; i < values.length; i += stride) {
      const difference = (lossWith(i, h) - lossWith(i, -h)) / (2 * h)
      expect(Math.abs(gradient[i] - difference), `${variable.name} ${i}: gradient ${gradient[i]}, difference ${difference}`).toBeLessThan(
        tolerance * Math.max(1, Math.abs(difference)),
      )
    }
    tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)))
  }
  tf.dispose(grads)
}

/** Runs `f` and expects as many tensors after it as before. */
export const expectNoLeak = (f: () => void): void => {
  const before = tf.memory().numTensors
  f()
  expect(tf.memory().numTensors - before).toBe(0)
}

/** The code of the error that `f` throws. */
export const codeOf = (f: () => unknown): unknown => {
  try {
    f()
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
  return 'no error'
}
