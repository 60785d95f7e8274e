/**
 * Running mean and SD of the spike features: what makes counts of busy and quiet electrodes comparable for a decoder.
 *
 * They change only when they are told to, between updates, so that the features that a decision was made from and those that an update
 * sees are the same.
 */
import * as tf from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { Bl1Error } from '../../src/errors.js'

/** Saved moments: exponentially weighted sums of 1, x and x^2. */
export interface SavedMoments {
  readonly weight: number
  readonly sums: Float64Array
  readonly squares: Float64Array
}

const finite = z.instanceof(Float64Array).refine((values) => values.every(Number.isFinite), 'numbers that are not finite')
const savedMoments = z.strictObject({ weight: z.number().min(0).max(1), sums: finite, squares: finite })

/** An electrode that is silent nearly always must not shout: a feature's SD counts as no less than this many spikes. */
const SMALLEST_SD = 0.5
/** A network burst is ten times the ordinary count: beyond this many SDs a feature says no more. */
const LARGEST_FEATURE = 5

/** z = (x - mean) / SD, clipped. */
export class Moments {
  readonly width: number
  readonly #memory: number
  #weight = 0
  readonly #sums: Float64Array
  readonly #squares: Float64Array
  readonly #means: Float32Array
  readonly #gains: Float32Array

  /** @param memory share of the old that each row leaves */
  constructor(width: number, memory: number) {
    this.width = width
    this.#memory = memory
    this.#sums = new Float64Array(width)
    this.#squares = new Float64Array(width)
    this.#means = new Float32Array(width)
    this.#gains = new Float32Array(width).fill(1)
  }

  /** Whether no row was seen yet: features are then plain counts. */
  get isEmpty(): boolean {
    return this.#weight === 0
  }

  /** Mean of each feature. */
  get means(): Readonly<Float32Array> {
    return this.#means
  }

  /**
   * Takes in rows of features, one after the other:
   *  S_k <- memory S_k + (1 - memory) x^k,  mean = S_1 / S_0,  SD^2 = S_2 / S_0 - mean^2
   * Division by S_0 makes the first rows a plain average.
   */
  add(rows: Float32Array): void {
    const gain = 1 - this.#memory
    for (let at = 0; at < rows.length; at += this.width) {
      this.#weight = this.#weight * this.#memory + gain
      for (let k = 0; k < this.width; k++) {
        const x = rows[at + k]
        this.#sums[k] = this.#sums[k] * this.#memory + gain * x
        this.#squares[k] = this.#squares[k] * this.#memory + gain * x * x
      }
    }
    this.#renew()
  }

  /** Centred and scaled features: [rows, width] -> [rows, width]. */
  apply(features: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() =>
      tf.clipByValue(tf.mul(tf.sub(features, tf.tensor1d(this.#means)), tf.tensor1d(this.#gains)), -LARGEST_FEATURE, LARGEST_FEATURE),
    )
  }

  /** The sums, copied. */
  save(): SavedMoments {
    return { weight: this.#weight, sums: this.#sums.slice(), squares: this.#squares.slice() }
  }

  /** @throws Bl1Error `agents/weights`, `agents/architecture` */
  load(saved: unknown): void {
    const read = savedMoments.safeParse(saved)
    if (!read.success) {
      throw new Bl1Error('agents/weights', { reason: `moments of the features: ${read.error.issues[0]?.message ?? 'unreadable'}` })
    }
    const { weight, sums, squares } = read.data
    if (sums.length !== this.width || squares.length !== this.width) {
      const received = `${sums.length} and ${squares.length}`
      throw new Bl1Error('agents/architecture', { expected: `moments of ${this.width} features`, received })
    }
    this.#weight = weight
    this.#sums.set(sums)
    this.#squares.set(squares)
    this.#renew()
  }

  #renew(): void {
    for (let k = 0; k < this.width; k++) {
      const mean = this.isEmpty ? 0 : this.#sums[k] / this.#weight
      const variance = this.isEmpty ? 1 : Math.max(0, this.#squares[k] / this.#weight - mean * mean)
      this.#means[k] = mean
      this.#gains[k] = 1 / Math.max(SMALLEST_SD, Math.sqrt(variance))
    }
  }
}
