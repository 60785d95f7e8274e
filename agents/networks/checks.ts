/** What the numbers of a network must be. */
import { Bl1Error } from '../../src/errors.js'

/** @throws Bl1Error `agents/network` unless `value` is a whole number of `least` or more */
export const requireWidth = (name: string, what: string, value: number, least = 1): void => {
  if (Number.isSafeInteger(value) && value >= least) return
  throw new Bl1Error('agents/network', { name, what, expected: `a whole number of ${least} or more`, received: String(value) })
}

/** @throws Bl1Error `agents/network` unless `gain` is finite and 0 or more */
export const requireGain = (name: string, gain: number): void => {
  if (Number.isFinite(gain) && gain >= 0) return
  throw new Bl1Error('agents/network', { name, what: 'gain of the first weights', expected: 'finite and 0 or more', received: String(gain) })
}
