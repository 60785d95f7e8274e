/**
 * Which electrode was pulsed, read from the spikes at all others: the directions in the features that answer to stimulation.
 *
 * Fifty electrodes see mostly what the culture does by itself. Before the first step of a training the dishes are pulsed at random, and a
 * ridge regression finds, for each number of a stimulation, the sum of the features that tells it best. A decoder of these sums learns
 * from a few numbers that matter in place of many that do not. No game is known here: only what was sent and what came back.
 */
import * as tf from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { Bl1Error } from '../../src/errors.js'

/** The fitted directions; no numbers before the first fit. */
export interface SavedCalibration {
  readonly weights: Float32Array
}

const savedCalibration = z.strictObject({ weights: z.instanceof(Float32Array).refine((values) => values.every(Number.isFinite), 'numbers that are not finite') })

/** Ridge, as a share of the features' variance: keeps chance correlations small. */
const RIDGE = 0.02
/** Share of a stimulation's variance below which what the features tell of it is rounding. */
const NO_TRACE = 1e-12

/**
 * Solves A x = B for a symmetric positive definite A, [n, n], and several right sides, [n, m], in place of B.
 * A = L L', then L y = B, then L' x = y (Cholesky).
 */
const solveSymmetric = (a: Float64Array, b: Float64Array, n: number, m: number): void => {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]
      for (let k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k]
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / a[j * n + j]
    }
  }
  for (let column = 0; column < m; column++) {
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < i; k++) b[i * m + column] -= a[i * n + k] * b[k * m + column]
      b[i * m + column] /= a[i * n + i]
    }
    for (let i = n - 1; i >= 0; i--) {
      for (let k = i + 1; k < n; k++) b[i * m + column] -= a[k * n + i] * b[k * m + column]
      b[i * m + column] /= a[i * n + i]
    }
  }
}

/** Features -> as many sums of them as a stimulation has numbers, each of SD 1 over what it was fitted to. */
export class Calibration {
  readonly inputs: number
  readonly outputs: number
  readonly #weights: Float32Array
  #isFitted = false

  constructor(inputs: number, outputs: number) {
    this.inputs = inputs
    this.outputs = outputs
    this.#weights = new Float32Array(inputs * outputs)
  }

  /** Whether it was fitted: before, all sums are 0. */
  get isFitted(): boolean {
    return this.#isFitted
  }

  /**
   * Fits to rows of centred features and the stimulations that they followed:
   *  w_k = (Z'Z + ridge n I)^-1 Z' (u_k - mean u_k), scaled to SD(Z w_k) = 1
   * Where the features or the stimulation never vary, weights are 0. A channel that is pulsed and not answered gets a direction of chance.
   */
  fit(features: Float32Array, stimulations: Float32Array): void {
    const { inputs, outputs } = this
    const rows = features.length / inputs
    const gram = new Float64Array(inputs * inputs)
    const cross = new Float64Array(inputs * outputs)
    const means = new Float64Array(outputs)
    const variances = new Float64Array(outputs)
    // divided at the end: the mean of equal numbers is then that number, to the last bit
    for (let at = 0; at < stimulations.length; at++) means[at % outputs] += stimulations[at]
    for (let k = 0; k < outputs; k++) means[k] /= rows
    for (let at = 0; at < stimulations.length; at++) variances[at % outputs] += (stimulations[at] - means[at % outputs]) ** 2 / rows
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < inputs; i++) {
        const x = features[row * inputs + i]
        for (let j = 0; j < inputs; j++) gram[i * inputs + j] += x * features[row * inputs + j]
        for (let k = 0; k < outputs; k++) cross[i * outputs + k] += x * (stimulations[row * outputs + k] - means[k])
      }
    }
    for (let i = 0; i < inputs; i++) gram[i * inputs + i] += RIDGE * rows
    solveSymmetric(gram, cross, inputs, outputs)
    for (let k = 0; k < outputs; k++) {
      let squares = 0
      for (let row = 0; row < rows; row++) {
        let sum = 0
        for (let i = 0; i < inputs; i++) sum += features[row * inputs + i] * cross[i * outputs + k]
        squares += sum * sum
      }
      const scale = 1 / Math.sqrt(squares / rows)
      const isTrace = squares / rows > NO_TRACE * variances[k]
      for (let i = 0; i < inputs; i++) this.#weights[i * outputs + k] = isTrace ? cross[i * outputs + k] * scale : 0
    }
    this.#isFitted = true
  }

  /** [rows, inputs] -> [rows, outputs]. */
  apply(features: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => tf.matMul(features, tf.tensor2d(this.#weights, [this.inputs, this.outputs])))
  }

  save(): SavedCalibration {
    return { weights: this.#isFitted ? this.#weights.slice() : new Float32Array(0) }
  }

  /** @throws Bl1Error `agents/weights`, `agents/architecture` */
  load(saved: unknown): void {
    const read = savedCalibration.safeParse(saved)
    if (!read.success) throw new Bl1Error('agents/weights', { reason: `calibration of the read-out: ${read.error.issues[0]?.message ?? 'unreadable'}` })
    const { weights } = read.data
    if (weights.length !== 0 && weights.length !== this.#weights.length) {
      throw new Bl1Error('agents/architecture', { expected: `a calibration of ${this.#weights.length} numbers`, received: `${weights.length}` })
    }
    this.#isFitted = weights.length > 0
    this.#weights.fill(0)
    this.#weights.set(weights)
  }
}
