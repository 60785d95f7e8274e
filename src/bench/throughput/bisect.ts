/** Bisection: which setting gives a measured quantity that rises with it the value asked for? */
import { Bl1Error } from '../../errors.js'

/** What {@link bisect} looks for. */
export interface BisectOptions {
  readonly target: number
  /** Setting that gives too little. */
  readonly low: number
  /** Setting that gives too much. */
  readonly high: number
  /** Largest relative distance from the target that is near enough. */
  readonly tolerance: number
  /** Measurements before it gives up. @default 20 */
  readonly trials?: number
}

/** Where it ended. */
export interface Bisection {
  readonly setting: number
  /** What was measured there. */
  readonly value: number
  readonly trials: number
}

/**
 * Halves the interval until what is measured in its middle lies near enough to the target.
 * @param measure rises with its argument, on the whole: it may be noisy, as long as the noise is smaller than the tolerance
 * @throws Bl1Error `bench/bisection` where it is not near enough after all trials
 */
export const bisect = (measure: (setting: number) => number, { target, tolerance, trials = 20, ...ends }: BisectOptions): Bisection => {
  let { low, high } = ends
  let value = Number.NaN
  for (let trial = 1; trial <= trials; trial++) {
    const setting = (low + high) / 2
    value = measure(setting)
    if (Math.abs(value - target) <= tolerance * target) return { setting, value, trials: trial }
    if (value < target) low = setting
    else high = setting
  }
  throw new Bl1Error('bench/bisection', { target, low: ends.low, high: ends.high, trials, last: value })
}
