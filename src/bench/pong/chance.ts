/**
 * The chance level: what a paddle of this size hits that knows nothing of the ball, and the rallies that follow from it.
 *
 * A paddle of 1/3 of the field that stays inside it has p = 1/3: mean rally 0.5, aces 67 %, long rallies (> 3 hits) 1.2 %.
 */
import { Bl1Error } from '../../errors.js'

/** Integral from 0 of min(1, u), for u >= 0. */
const integralOfCapped = (u: number): number => (u <= 1 ? (u * u) / 2 : u - 0.5)
/** Integral up to u of max(0, u). */
const integralOfPositive = (u: number): number => (u > 0 ? (u * u) / 2 : 0)

/**
 * Chance that a paddle at a random height hits a ball at a random height. The centre c is uniform over [lowest, highest], the ball
 * uniform over the field [0, 1], independent of it.
 *
 *   p = 1 / (highest - lowest) x integral over c of [ min(1, c + reach) - max(0, c - reach) ]
 *
 * the bracket being the part of the field within reach; it is 2 reach while the reach stays inside the field. For a paddle that cannot
 * move (lowest = highest) p is the bracket itself.
 * @param reach half the paddle's height, as a fraction of the field
 * @throws Bl1Error `statistics/input` unless reach >= 0 and 0 <= lowest <= highest <= 1
 */
export const randomPaddleHitProbability = (reach: number, lowest: number, highest: number): number => {
  if (!(Number.isFinite(reach) && reach >= 0)) {
    throw new Bl1Error('statistics/input', { what: 'The reach', expected: 'zero or more', received: String(reach) })
  }
  if (!(lowest >= 0 && lowest <= highest && highest <= 1)) {
    const received = `${lowest} to ${highest}`
    throw new Bl1Error('statistics/input', { what: 'The range of the paddle', expected: 'ascending inside [0, 1]', received })
  }
  if (lowest === highest) return Math.min(1, lowest + reach) - Math.max(0, lowest - reach)
  const upper = integralOfCapped(highest + reach) - integralOfCapped(lowest + reach)
  const lower = integralOfPositive(highest - reach) - integralOfPositive(lowest - reach)
  return (upper - lower) / (highest - lowest)
}

/** Rallies when every encounter is a hit with the same probability, independently of the others. */
export interface ChanceRallies {
  readonly hitProbability: number
  /** p / (1 - p); null for p = 1, where no rally ends. */
  readonly meanRallyLength: number | null
  /** P(0) = 1 - p. */
  readonly acesShare: number
  /** P(more than 3 hits) = p^4. */
  readonly longRalliesShare: number
  /** P(k) = p^k (1 - p) for rallies of k hits. */
  readonly probabilityOf: (length: number) => number
}

/**
 * The geometric law of rally lengths for a hit probability p.
 * @throws Bl1Error `statistics/input` unless p is in [0, 1]
 */
export const chanceRallies = (hitProbability: number): ChanceRallies => {
  const p = hitProbability
  if (!(p >= 0 && p <= 1)) throw new Bl1Error('statistics/input', { what: 'A hit probability', expected: 'in [0, 1]', received: String(p) })
  return {
    hitProbability: p,
    meanRallyLength: p < 1 ? p / (1 - p) : null,
    acesShare: 1 - p,
    longRalliesShare: p ** 4,
    probabilityOf: (length) => p ** length * (1 - p),
  }
}
