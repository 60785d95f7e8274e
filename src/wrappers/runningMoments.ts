/** Mean and variance of numbers that come one after the other or in batches, without keeping them. */
import { z } from 'zod'

/** Saved moments: plain JSON. */
export type MomentsJSON = { count: number; mean: number[]; variance: number[] }

/** Reads saved moments of rows of `size` numbers. */
export const momentsJSON = (size: number): z.ZodType<MomentsJSON> => {
  const row = z.array(z.number()).length(size)
  return z.strictObject({ count: z.number().min(0), mean: row, variance: row })
}

/** What is known of a set of rows of numbers: how many rows, and for each place their mean and their variance (divided by the count). */
export interface Moments {
  readonly count: number
  readonly mean: ArrayLike<number>
  readonly variance: ArrayLike<number>
}

/** How much the assumed beginning, mean 0 and variance 1, weighs against one row: Gymnasium's. */
const PRIOR_COUNT = 1e-4

/**
 * Running mean and variance of rows of `size` numbers, place by place, by the method of Chan, Golub and LeVeque (1979, "Updating formulae
 * and a pairwise algorithm for computing sample variances"), which does not lose small variances beside large means.
 *
 * @example
 * ```ts
 * const moments = new RunningMoments({ size: 1, priorCount: 0 })
 * moments.update([2])
 * moments.updateBatch([4, 6], 2)
 * console.log(moments.mean[0], moments.count) // 4 3
 * ```
 */
export class RunningMoments implements Moments {
  readonly mean: Float64Array
  readonly variance: Float64Array
  #count: number
  readonly #batchMean: Float64Array
  readonly #batchVariance: Float64Array

  /** @param options size: numbers a row; priorCount: what the beginning, mean 0 and variance 1, weighs, in rows, 1e-4 where left out */
  constructor({ size, priorCount = PRIOR_COUNT }: { readonly size: number; readonly priorCount?: number }) {
    this.mean = new Float64Array(size)
    this.variance = new Float64Array(size).fill(1)
    this.#count = priorCount
    this.#batchMean = new Float64Array(size)
    this.#batchVariance = new Float64Array(size)
  }

  /** Rows so far, the beginning's weight included. */
  get count(): number {
    return this.#count
  }

  /** Takes in one row. */
  update(values: ArrayLike<number>): void {
    this.updateBatch(values, 1)
  }

  /** Takes in `rows` rows that lie one after the other in `values`. */
  updateBatch(values: ArrayLike<number>, rows: number): void {
    const size = this.mean.length
    const [mean, variance] = [this.#batchMean, this.#batchVariance]
    for (let i = 0; i < size; i++) {
      let sum = 0
      for (let at = i; at < rows * size; at += size) sum += values[at]
      mean[i] = sum / rows
      let squares = 0
      for (let at = i; at < rows * size; at += size) squares += (values[at] - mean[i]) ** 2
      variance[i] = squares / rows
    }
    this.#take(rows, mean, variance)
  }

  /** Takes in all that other moments have seen: those of another worker, say. */
  merge({ count, mean, variance }: Moments): void {
    this.#take(count, mean, variance)
  }

  #take(count: number, mean: ArrayLike<number>, variance: ArrayLike<number>): void {
    const total = this.#count + count
    if (total === 0) return
    for (let i = 0; i < this.mean.length; i++) {
      // delta = m_b - m_a;  m = m_a + delta n_b / n;  M2 = v_a n_a + v_b n_b + delta^2 n_a n_b / n;  v = M2 / n
      const delta = mean[i] - this.mean[i]
      const squares = this.variance[i] * this.#count + variance[i] * count + (delta * delta * this.#count * count) / total
      this.mean[i] += (delta * count) / total
      this.variance[i] = squares / total
    }
    this.#count = total
  }

  /** The moments as plain JSON. */
  save(): MomentsJSON {
    return { count: this.#count, mean: [...this.mean], variance: [...this.variance] }
  }

  /** Puts saved moments of the same size back. */
  load({ count, mean, variance }: MomentsJSON): void {
    this.#count = count
    this.mean.set(mean)
    this.variance.set(variance)
  }
}
