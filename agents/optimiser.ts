/**
 * Adam over groups of weights, on plain arrays.
 *
 * The optimiser of tfjs keeps its state in tensors, saves it with a promise and not to the last bit, and takes a dozen kernels a variable.
 * Here the gradients come out as arrays (where they are looked at for NaN anyway), the moments are arrays, and a saved optimiser goes on bit
 * for bit.
 */
import * as tf from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { Bl1Error } from '../src/errors.js'
import type { ParameterGroup } from './policy.js'

/** Decay of the running mean of the gradient and of its square: Kingma & Ba 2015, algorithm 1. */
const BETA_1 = 0.9
const BETA_2 = 0.999

const array = z.instanceof(Float32Array)
const savedAdam = z.strictObject({
  step: z.int().min(0),
  moments: z.array(z.strictObject({ name: z.string(), first: array, second: array })),
})
/** Saved moments: plain JSON and typed arrays. */
export type SavedAdam = z.output<typeof savedAdam>

interface Slot {
  readonly variable: tf.Variable
  readonly name: string
  readonly scale: number
  readonly first: Float32Array
  readonly second: Float32Array
}

/** The numbers of a variable, to keep and to change. */
export const valuesOf = (variable: tf.Variable): Float32Array => Float32Array.from(variable.dataSync())

/** Gives a variable new numbers. */
export const assignValues = (variable: tf.Variable, values: Float32Array): void => {
  tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)))
}

/** Learning rate at `progress` (0 to 1) of the training: constant, or falling to 0 in a straight line. */
export const scheduledRate = (learningRate: number, schedule: 'constant' | 'linear', progress: number): number =>
  schedule === 'constant' ? learningRate : learningRate * (1 - Math.min(1, Math.max(0, progress)))

/** Euclidean norm over all gradients together. NaN or infinity in one of them makes it not finite. */
export const gradientNorm = (gradients: readonly Float32Array[]): number => {
  let sum = 0
  for (const gradient of gradients) for (let i = 0; i < gradient.length; i++) sum += gradient[i] * gradient[i]
  return Math.sqrt(sum)
}

/** What gradients of this norm are multiplied by so that it is at most `maxNorm` (Pascanu, Mikolov, Bengio 2013). */
export const clipScale = (norm: number, maxNorm: number): number => (norm > maxNorm ? maxNorm / norm : 1)

/** Adam for all weights of some groups. */
export class Adam {
  /** The weights in the order in which their gradients are given. */
  readonly variables: readonly tf.Variable[]
  readonly #slots: readonly Slot[]
  readonly #epsilon: number
  #step = 0

  constructor(groups: readonly ParameterGroup[], epsilon: number) {
    this.#epsilon = epsilon
    this.#slots = groups.flatMap(({ name, variables, learningRateScale }) =>
      variables.map((variable, i) => ({
        variable,
        name: `${name}/${i}`,
        scale: learningRateScale,
        first: new Float32Array(variable.size),
        second: new Float32Array(variable.size),
      })))
    this.variables = this.#slots.map(({ variable }) => variable)
  }

  /**
   * One step against the gradients (Kingma & Ba 2015, algorithm 1).
   * @param gradients an array a variable, in their order
   * @param gradientScale what they are multiplied by, for clipping
   * @param learningRate of groups with scale 1
   */
  apply(gradients: readonly Float32Array[], gradientScale: number, learningRate: number): void {
    this.#step++
    const correction1 = 1 - BETA_1 ** this.#step
    const correction2 = 1 - BETA_2 ** this.#step
    const epsilon = this.#epsilon
    this.#slots.forEach(({ variable, scale, first, second }, s) => {
      const rate = learningRate * scale
      const gradient = gradients[s]
      const weights = valuesOf(variable)
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i] * gradientScale
        // m = b1 m + (1 - b1) g;  v = b2 v + (1 - b2) g^2;  w -= rate * m^ / (sqrt(v^) + epsilon)
        first[i] = BETA_1 * first[i] + (1 - BETA_1) * g
        second[i] = BETA_2 * second[i] + (1 - BETA_2) * g * g
        weights[i] -= (rate * (first[i] / correction1)) / (Math.sqrt(second[i] / correction2) + epsilon)
      }
      assignValues(variable, weights)
    })
  }

  /** Keeps weights and moments; the returned function puts them back. */
  keep(): () => void {
    const saved = this.save()
    const weights = this.variables.map(valuesOf)
    return () => {
      this.variables.forEach((variable, i) => assignValues(variable, weights[i]))
      this.load(saved)
    }
  }

  /** The moments as they are now, without the weights. */
  save(): SavedAdam {
    return { step: this.#step, moments: this.#slots.map(({ name, first, second }) => ({ name, first: first.slice(), second: second.slice() })) }
  }

  /** @throws Bl1Error `agents/saved` */
  load(saved: unknown): void {
    const result = savedAdam.safeParse(saved)
    if (!result.success) throw new Bl1Error('agents/saved', { what: 'optimiser', reason: result.error.issues[0].message })
    const { step, moments } = result.data
    const fits = moments.length === this.#slots.length && this.#slots.every(({ name, first }, i) =>
      moments[i].name === name && moments[i].first.length === first.length && moments[i].second.length === first.length)
    if (!fits) throw new Bl1Error('agents/saved', { what: 'optimiser', reason: 'it belongs to other weights' })
    this.#step = step
    this.#slots.forEach(({ first, second }, i) => {
      first.set(moments[i].first)
      second.set(moments[i].second)
    })
  }
}
