/** Weights as plain data: what checkpoints hold. */
import * as tf from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { Bl1Error } from '../../src/errors.js'
import { variableName } from './variable.js'

/** Saved tensors, in the order of the variables they came from. */
export const savedTensors = z.array(
  z.strictObject({ name: z.string(), shape: z.array(z.int().min(0)), values: z.instanceof<typeof Float32Array>(Float32Array) }),
)

/** One variable: its name, its shape, its values in row-major order. */
export type SavedTensor = z.output<typeof savedTensors>[number]

/** Copies the values of variables out. */
export const saveVariables = (variables: readonly tf.Variable[]): SavedTensor[] =>
  variables.map((variable) => ({ name: variableName(variable), shape: [...variable.shape], values: Float32Array.from(variable.dataSync()) }))

const titleOf = (name: string, shape: readonly number[]): string => `${name} [${shape.join(', ')}]`
const titles = (tensors: readonly { readonly name: string; readonly shape: readonly number[] }[]): string =>
  tensors.map(({ name, shape }) => titleOf(name, shape)).join('; ') || 'no weights'

/**
 * Puts saved values back into variables of the same names, shapes and order. All are checked first: where one does not fit, none is changed.
 * @param saved what `saveVariables` returned, or read back from a file
 * @throws Bl1Error `agents/weights` for anything else and for numbers that are not finite, `agents/architecture` for another network's weights
 */
export const loadVariables = (variables: readonly tf.Variable[], saved: unknown): void => {
  const read = savedTensors.safeParse(saved)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new Bl1Error('agents/weights', { reason: `at '${issue?.path.join('.') ?? ''}': ${issue?.message ?? 'unreadable'}` })
  }
  const present = variables.map((variable) => ({ name: variableName(variable), shape: variable.shape }))
  const expected = titles(present)
  const received = titles(read.data)
  if (expected !== received) throw new Bl1Error('agents/architecture', { expected, received })
  for (const { name, shape, values } of read.data) {
    const size = shape.reduce((product, length) => product * length, 1)
    if (values.length !== size) throw new Bl1Error('agents/weights', { reason: `${titleOf(name, shape)} has ${values.length} values` })
    const wrong = values.findIndex((value) => !Number.isFinite(value))
    if (wrong >= 0) throw new Bl1Error('agents/weights', { reason: `${name} holds ${values[wrong]} at entry ${wrong}` })
  }
  tf.tidy(() => {
    for (const [i, { shape, values }] of read.data.entries()) variables[i]?.assign(tf.tensor(values, shape, 'float32'))
  })
}
