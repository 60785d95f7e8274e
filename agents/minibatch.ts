/** Rows of a rollout as tensors, and how they are dealt into minibatches. */
import * as tf from '@tensorflow/tfjs-core'
import type { Rng } from '../src/rng.js'
import type { Column, Columns } from './policy.js'

/** Which rows of a rollout: their numbers in any order. */
export type Rows = readonly number[]

/** Copies of some rows of an array of rows. */
export const pick = (values: Float32Array, width: number, rows: Rows): Float32Array => {
  const picked = new Float32Array(rows.length * width)
  rows.forEach((row, i) => {
    for (let k = 0; k < width; k++) picked[i * width + k] = values[row * width + k]
  })
  return picked
}

/** Copies of some rows of each column. */
export const pickColumns = (columns: readonly Column[], data: Readonly<Record<string, Float32Array>>, rows: Rows): Record<string, Float32Array> =>
  Object.fromEntries(columns.map(({ name, width }) => [name, pick(data[name], width, rows)]))

/** Rows of columns as tensors. Call it inside `tf.tidy`. */
export const columnTensors = (columns: readonly Column[], data: Readonly<Record<string, Float32Array>>): Columns =>
  Object.fromEntries(columns.map(({ name, width }) => [name, tf.tensor2d(data[name], [data[name].length / width, width])]))

/** The rows 0 to `count` - 1 cut into `parts` of as equal size as they go; fewer where there are fewer rows. */
export const inParts = (count: number, parts: number, order: Rows = Array.from({ length: count }, (_, i) => i)): Rows[] => {
  const used = Math.min(parts, count)
  return Array.from({ length: used }, (_, i) => order.slice(Math.floor((i * count) / used), Math.floor(((i + 1) * count) / used)))
}

/** The rows 0 to `count` - 1 in random order, dealt into `parts`: every row once. */
export const shuffledParts = (count: number, parts: number, rng: Rng): Rows[] =>
  inParts(count, parts, rng.shuffle(Array.from({ length: count }, (_, i) => i)))
