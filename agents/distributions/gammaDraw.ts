/** Draws from gamma distributions, and beta distributions by them. */
import type { Rng } from '../../src/rng.js'

/**
 * A draw from a gamma distribution of scale 1 (Marsaglia & Tsang 2000, doi:10.1145/358407.358414, section 3).
 * @param shape 1 or more
 */
export const drawGamma = (shape: number, rng: Rng): number => {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = rng.normal()
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - rng.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** A draw from a beta distribution, 0 to 1. @param alpha, beta 1 or more */
export const drawBeta = (alpha: number, beta: number, rng: Rng): number => {
  const a = drawGamma(alpha, rng)
  return a / (a + drawGamma(beta, rng))
}
