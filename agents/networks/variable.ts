/** Variables with names of their own: tfjs wants names that are unique in the process, saved weights want names that are the same in every one. */
import * as tf from '@tensorflow/tfjs-core'

let made = 0

/**
 * A trainable float32 variable.
 * @param name as it stands in saved weights, for example 'decoder/0/weights'
 */
export const makeVariable = (name: string, shape: readonly number[], values: Float32Array): tf.Variable =>
  tf.tidy(() => tf.variable(tf.tensor(values, [...shape], 'float32'), true, `${name}#${made++}`))

/** The name that a variable was made with. */
export const variableName = (variable: tf.Variable): string => variable.name.replace(/#\d+$/, '')

/** A variable of weights seen as a matrix. */
export const asMatrix = (variable: tf.Variable, rows: number, columns: number): tf.Tensor2D => tf.reshape(variable, [rows, columns])
