/** How cost grows: straight lines through measured points, with the uncertainty of their slope. */
import { linearRegression, mean } from 'simple-statistics'
import { Bl1Error } from '../../errors.js'

/** y = intercept + slope x, by least squares. */
export interface LineFit {
  readonly intercept: number
  readonly slope: number
  /** Standard error of the slope; null for two points, through which every line goes. */
  readonly slopeError: number | null
  /** Share of the variance of y that the line explains; 1 where y does not vary. */
  readonly explained: number
  readonly points: number
}

/** y = factor x^exponent. */
export interface PowerLawFit {
  readonly factor: number
  readonly exponent: number
  /** Standard error of the exponent; null for two points. */
  readonly exponentError: number | null
  /** Of the logarithms. */
  readonly explained: number
  readonly points: number
}

const sumOf = (values: readonly number[], of: (value: number, k: number) => number): number =>
  values.reduce((sum, value, k) => sum + of(value, k), 0)

/**
 * Least squares; the slope's standard error is sqrt(residual sum of squares / (n - 2) / sum (x - mean x)^2).
 * @param x two different values or more
 * @param y as many
 * @throws Bl1Error `bench/fit`
 */
export const fitLine = (x: readonly number[], y: readonly number[]): LineFit => {
  const isUsable = x.length === y.length && new Set(x).size >= 2 && [...x, ...y].every((value) => Number.isFinite(value))
  if (!isUsable) throw new Bl1Error('bench/fit', { expected: 'two or more different finite x, and as many finite y', x: [...x], y: [...y] })
  const { b: intercept, m: slope } = linearRegression(x.map((value, k) => [value, y[k]]))
  const [meanX, meanY] = [mean([...x]), mean([...y])]
  const residual = sumOf(x, (value, k) => (y[k] - intercept - slope * value) ** 2)
  const total = sumOf(y, (value) => (value - meanY) ** 2)
  const spread = sumOf(x, (value) => (value - meanX) ** 2)
  return {
    intercept,
    slope,
    slopeError: x.length < 3 ? null : Math.sqrt(residual / (x.length - 2) / spread),
    explained: total === 0 ? 1 : 1 - residual / total,
    points: x.length,
  }
}

/**
 * A straight line through the logarithms.
 * @param x two different values or more, above 0
 * @param y as many, above 0
 * @throws Bl1Error `bench/fit`
 */
export const fitPowerLaw = (x: readonly number[], y: readonly number[]): PowerLawFit => {
  if (![...x, ...y].every((value) => value > 0)) throw new Bl1Error('bench/fit', { expected: 'values above 0', x: [...x], y: [...y] })
  const { intercept, slope, slopeError, ...rest } = fitLine(x.map(Math.log), y.map(Math.log))
  return { factor: Math.exp(intercept), exponent: slope, exponentError: slopeError, ...rest }
}
