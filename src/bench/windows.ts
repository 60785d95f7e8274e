/** Early and late play: the stretches whose numbers are compared. */
import { MS_PER_SECOND } from '../units.js'
import type { Protocol } from './protocol.js'

/** A stretch of play, ms. */
export interface TimeWindow {
  readonly fromMs: number
  readonly toMs: number
}

/** Early and late play, and all of it, without the dropped first seconds. */
export const windowsOf = (protocol: Protocol, durationMs: number): { readonly early: TimeWindow; readonly late: TimeWindow; readonly all: TimeWindow } => {
  const dropMs = Math.min(protocol.dropSeconds * MS_PER_SECOND, durationMs / 2)
  return {
    early: { fromMs: dropMs, toMs: Math.max(dropMs, durationMs * protocol.earlyShare) },
    late: { fromMs: Math.max(dropMs, durationMs * protocol.lateShare), toMs: Infinity },
    all: { fromMs: dropMs, toMs: Infinity },
  }
}

/** Whether a moment lies in a window; its start belongs to it, its end does not. */
export const isWithin = (timeMs: number, window: TimeWindow): boolean => timeMs >= window.fromMs && timeMs < window.toMs

/** After minus before; null where either is missing. */
export const changeOf = (after: number | null, before: number | null): number | null => (after === null || before === null ? null : after - before)
