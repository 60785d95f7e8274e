/**
 * The power note: which paired effect could this many cultures have detected? A null result means little without it.
 *
 * The test is the two-sided sign-flip test at alpha / comparisons (the first step of Holm's procedure), the differences are normal with
 * SD 1 and mean d (so d is the paired effect size d_z).
 *
 * Instead of testing many data sets at many effect sizes, each simulated data set z is solved for the smallest shift d at which the test
 * rejects; that the `power` share of data sets has been reached is then a quantile of those shifts:
 *  - exact (n <= 14). Flipping the signs of a set A of cultures changes the sum of z + d by -2 sum over A of (z + d), so the flipped sum
 *    reaches the observed one iff d <= -mean over A of z. With K = floor(alpha' 2^(n-1)) patterns allowed in the upper tail, the observed
 *    one among them, the test rejects iff d exceeds the K-th largest of -mean_A(z) over all non-empty A.
 *  - above n = 14 the sign-flip test is replaced by the paired t test it converges to, which rejects iff d exceeds
 *    t_crit SD(z) / sqrt(n) - mean(z). Counted at n = 15, the exact d_z is 0 % larger for 1 comparison, 1 % for 8 and 3 % for 30.
 */
import { mean, quantile, quickselect, sampleStandardDeviation } from 'simple-statistics'
import { Bl1Error } from '../errors.js'
import { group, quantity, readParameters } from '../parameters.js'
import type { Rng } from '../rng.js'
import { smallestSignFlipP } from './statistics.js'

/** Sets of cultures are counted one by one up to here: 2^14 sets a data set, about 0.3 s in all. */
const COUNTED_UP_TO = 14
/** Simulated data sets; the standard error of the power they represent is sqrt(.8 x .2 / 2000) = 0.009. */
const DATA_SETS = 2000

/** Table of {@link smallestDetectableEffect}'s options. */
export const powerParameters = group(
  {
    alpha: quantity({ default: 0.05, unit: '1', above: 0, max: 0.5, doc: 'Chance of any false positive over all comparisons.' }),
    power: quantity({ default: 0.8, unit: '1', min: 0.5, max: 0.99, doc: 'Chance of detecting an effect of the size sought.' }),
  },
  'Power of a paired comparison',
)

/** Options of {@link smallestDetectableEffect}. */
export interface PowerOptions {
  readonly alpha?: number
  readonly power?: number
}

/** The effect size sought, or why there is none. */
export type DetectableEffect = { readonly dz: number; readonly reason: null } | { readonly dz: null; readonly reason: string }

/**
 * Two-sided tail P(|T| > t) of Student's t with whole degrees of freedom: the finite sums of Abramowitz & Stegun 26.7.3 (odd) and
 * 26.7.4 (even), with theta = atan(t / sqrt(df)).
 */
export const studentTail = (t: number, degreesOfFreedom: number): number => {
  const theta = Math.atan(t / Math.sqrt(degreesOfFreedom))
  const sine = Math.sin(theta)
  const cosine = Math.cos(theta)
  const odd = degreesOfFreedom % 2 === 1
  // Each term is the one before times cos^2 (k - 1) / k; odd sums begin with cos, even ones with 1, and end at the power df - 2.
  let term = odd ? cosine : 1
  let sum = degreesOfFreedom === 1 ? 0 : term
  for (let k = odd ? 3 : 2; k <= degreesOfFreedom - 2; k += 2) {
    term *= cosine * cosine * ((k - 1) / k)
    sum += term
  }
  return 1 - (odd ? (2 / Math.PI) * (theta + sine * sum) : sine * sum)
}

/** The t that `level` of the two-sided distribution lies beyond: bisection on {@link studentTail}. */
const studentCritical = (level: number, degreesOfFreedom: number): number => {
  let low = 0
  let high = 1
  while (studentTail(high, degreesOfFreedom) > level) high *= 2
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (studentTail(middle, degreesOfFreedom) > level) low = middle
    else high = middle
  }
  return high
}

/** Smallest shift at which the exact sign-flip test rejects, given that it may count `allowed` patterns in the upper tail. */
const shiftForSignFlip = (z: readonly number[], allowed: number, minusMeans: number[], sums: Float64Array, sizes: Uint8Array): number => {
  const sets = 2 ** z.length
  for (let set = 1; set < sets; set++) {
    const lowest = 31 - Math.clz32(set & -set)
    const rest = set & (set - 1)
    sums[set] = sums[rest] + z[lowest]
    sizes[set] = sizes[rest] + 1
    minusMeans[set - 1] = -sums[set] / sizes[set]
  }
  const place = minusMeans.length - allowed
  quickselect(minusMeans, place)
  return minusMeans[place]
}

/**
 * The paired effect size d_z that n cultures would have detected with the given power, after Bonferroni over the comparisons.
 * @param n cultures
 * @param comparisons tests made side by side (1 or more)
 * @param rng a stream of its own; it is drawn from
 * @returns `dz: null` with the reason when even the clearest result could not have reached significance
 * @throws Bl1Error `statistics/input`, `parameter/invalid`, `parameter/unknown`
 */
export const smallestDetectableEffect = (n: number, comparisons: number, rng: Rng, options: PowerOptions = {}): DetectableEffect => {
  const { alpha, power } = readParameters(powerParameters, options, 'smallestDetectableEffect')
  for (const [what, value, lowest] of [['cultures', n, 0], ['comparisons', comparisons, 1]] as const) {
    if (Number.isInteger(value) && value >= lowest) continue
    const expected = `a whole number from ${lowest}`
    throw new Bl1Error('statistics/input', { what: `smallestDetectableEffect: the number of ${what}`, expected, received: String(value) })
  }
  const level = alpha / comparisons
  const smallest = smallestSignFlipP(n)
  if (smallest > level) {
    const reason =
      `the smallest p that ${n} ${n === 1 ? 'culture' : 'cultures'} can give is ${smallest.toPrecision(2)}, ` +
      `above ${alpha} / ${comparisons} = ${level.toPrecision(2)}: no effect of any size could have been significant`
    return { dz: null, reason }
  }

  const sample = (): number[] => Array.from({ length: n }, () => rng.normal())
  let shifts: number[]
  if (n <= COUNTED_UP_TO) {
    // The allowance keeps a level that is a whole number of patterns (1/8, say) from losing one to rounding.
    const allowed = Math.floor(level * 2 ** (n - 1) * (1 + 1e-12))
    const minusMeans = Array.from({ length: 2 ** n - 1 }, () => 0)
    const sums = new Float64Array(2 ** n)
    const sizes = new Uint8Array(2 ** n)
    shifts = Array.from({ length: DATA_SETS }, () => shiftForSignFlip(sample(), allowed, minusMeans, sums, sizes))
  } else {
    const critical = studentCritical(level, n - 1)
    shifts = Array.from({ length: DATA_SETS }, () => {
      const z = sample()
      return (critical * sampleStandardDeviation(z)) / Math.sqrt(n) - mean(z)
    })
  }
  return { dz: quantile(shifts, power), reason: null }
}
