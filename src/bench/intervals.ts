/** Numbers as a report prints them: intervals, signs, p values, and what stands for a missing one. */
import type { MeanInterval } from './statistics.js'

const MINUS = '\u2212'

/** A number with that many decimals; 'n/a' for none. */
export const showNumber = (value: number | null, digits: number): string => (value === null ? 'n/a' : value.toFixed(digits).replace('-', MINUS))

const signed = (value: number | null, digits: number): string => (value !== null && value > 0 ? `+${showNumber(value, digits)}` : showNumber(value, digits))

/** 'mean [low, high]', or the mean alone where there is no interval. */
export const showInterval = ({ mean, low, high }: MeanInterval, digits = 2, withSign = false): string => {
  const show = withSign ? signed : showNumber
  return low === null ? show(mean, digits) : `${show(mean, digits)} [${show(low, digits)}, ${show(high, digits)}]`
}

/** A p value as print shows it. */
export const showP = (p: number | null): string => (p === null ? 'n/a' : p < 0.0001 ? '< 0.0001' : p.toPrecision(2))
