/** Counts of independent events. */
import type { Rng } from '../rng.js'

/** Beyond this the product of uniforms becomes too small to be exact. */
const LARGEST_PART = 30

/** A Poisson draw: uniforms are multiplied until they fall below exp(-mean) (Knuth 1969); a large mean is drawn as the sum of small ones. */
export const poisson = (mean: number, rng: Rng): number => {
  let count = 0
  for (let left = mean; left > 0; left -= LARGEST_PART) {
    const limit = Math.exp(-Math.min(left, LARGEST_PART))
    for (let product = rng.uniform(); product > limit; product *= rng.uniform()) count++
  }
  return count
}
