/** How the hit rate of a session moves: the last balls, a small curve, early and late play. */
import { hitRate, isWithin, windowsOf, type Protocol, type TimeWindow } from '../../bench/index.js'
import type { Encounter } from '../../loop/index.js'

/** Balls that the recent hit rate looks back on. */
const LAST_BALLS = 20
/** Equal parts of the session so far. */
const PARTS = 10

/** From no ball hit to all of them. */
const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
const NO_BALL = '·'

const rateIn = (encounters: readonly Encounter[], window: TimeWindow): number | null =>
  hitRate(encounters.filter(({ timeMs }) => isWithin(timeMs, window)))

/** A share as a table shows it; a dash for none. */
export const percent = (share: number | null): string => (share === null ? '-' : `${Math.round(100 * share)} %`)

/** Hit rate of the last 20 balls, or of those that came. */
export const recentText = (encounters: readonly Encounter[]): string => {
  const last = encounters.slice(-LAST_BALLS)
  return `last ${last.length === 0 ? LAST_BALLS : last.length}: ${percent(hitRate(last))}`
}

/** Hit rates in consecutive tenths of the session so far, a character each; a dot where no ball arrived. */
export const hitRateCurve = (encounters: readonly Encounter[], playedMs: number): string =>
  Array.from({ length: PARTS }, (_, part) => {
    const rate = rateIn(encounters, { fromMs: (part * playedMs) / PARTS, toMs: ((part + 1) * playedMs) / PARTS })
    return rate === null ? NO_BALL : LEVELS[Math.min(LEVELS.length - 1, Math.floor(rate * LEVELS.length))]
  }).join('')

/** Hit rates of early and late play, in the windows of a comparison. */
export interface EarlyAndLate {
  readonly windows: Pick<ReturnType<typeof windowsOf>, 'early' | 'late'>
  /** null where no ball arrived. */
  readonly early: number | null
  readonly late: number | null
}

export const earlyAndLate = (encounters: readonly Encounter[], protocol: Protocol, playedMs: number): EarlyAndLate => {
  const windows = windowsOf(protocol, playedMs)
  return { windows, early: rateIn(encounters, windows.early), late: rateIn(encounters, windows.late) }
}
