/** How numbers of ablations are printed: returns with decimals that fit them, intervals or ranges, shares in per cent. */
import { showInterval, showNumber, showP } from '../intervals.js'
import type { MeanInterval } from '../statistics.js'
import { ablationText, type AblationName } from './conditions.js'
import type { AblationContrast, AblationRow, AblationSummary } from './types.js'

/** Decimals of a return: three significant digits of the largest. */
export const digitsOf = ({ rows }: AblationSummary): number => {
  const largest = Math.max(...rows.map(({ mean }) => Math.abs(mean.mean ?? 0)))
  return largest >= 100 ? 0 : largest >= 10 ? 1 : 2
}

/** The sign of a number that rounds to nothing says nothing. */
const withoutSignedZero = (text: string): string => text.replaceAll(/[\u2212+](0(?:\.0+)?)(?=[\],]|$| )/g, '$1')

/** A return, or a difference of returns, with its interval. */
export const showReturn = (interval: MeanInterval, summary: AblationSummary, withSign = false): string =>
  withoutSignedZero(showInterval(interval, digitsOf(summary), withSign))

/** '97 % [90, 103]' */
export const showShare = ({ mean, low, high, n }: MeanInterval): string => {
  const percent = (value: number | null): number | null => (value === null ? null : 100 * value)
  const interval = { mean: percent(mean), low: percent(low), high: percent(high), n }
  const text = withoutSignedZero(showInterval(interval, 0))
  const space = text.indexOf(' ')
  return space < 0 ? `${text} %` : `${text.slice(0, space)} %${text.slice(space)}`
}

/** The share lost; the loss itself where there is no share; 'n/a' for neither. */
export const showLoss = ({ lost, loss }: AblationRow, summary: AblationSummary): string =>
  lost !== null ? showShare(lost) : loss === null ? 'n/a' : showReturn(loss.difference, summary)

/** '+6.1 [5.2, 7.0] (p 0.0078)'; the p value after correction. */
export const showDifference = ({ difference, pHolm }: AblationContrast, summary: AblationSummary): string =>
  `${showReturn(difference, summary, true)}${pHolm === null ? '' : ` (p ${showP(pHolm)})`}`

/** '97 % [90, 103] with spikes rate-matched': one row, as a sentence lists it. */
export const showLossWith = (row: AblationRow, summary: AblationSummary): string => `${showLoss(row, summary)} with ${ablationText(row.name).label}`

/** The row of a way to play, if it was played. */
export const rowOf = ({ rows }: AblationSummary, name: AblationName): AblationRow | undefined => rows.find((row) => row.name === name)

/** 'the trained agent', 'the 8 trained agents'. */
export const agentsInWords = ({ agents }: AblationSummary): string => (agents.length === 1 ? 'the trained agent' : `the ${agents.length} trained agents`)

/** The largest share that the intervals of these rows leave open, per cent; null where one has none. */
export const mostLeftOpen = (rows: readonly AblationRow[]): string | null => {
  const highest = rows.map(({ lost }) => lost?.high ?? null)
  if (highest.length === 0 || highest.includes(null)) return null
  return showNumber(Math.max(0, ...highest.map((high) => 100 * (high ?? 0))), 0)
}
