/** What one trial amounts to: the numbers that are compared, one per culture and condition. */
import type { Encounter } from '../loop/index.js'
import { MS_PER_SECOND } from '../units.js'
import { acesShare, edgeShare, hitRate, longRalliesShare, meanRallyLength, skill } from './encounters.js'
import type { Protocol } from './protocol.js'
import type { TrialResult } from './trialResult.js'

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

const isInside = ({ timeMs }: Encounter, window: TimeWindow): boolean => timeMs >= window.fromMs && timeMs < window.toMs

/** Hits of each rally that ended inside the window: a rally belongs where its miss falls, whole. */
export const ralliesEndingIn = (encounters: readonly Encounter[], window: TimeWindow): number[] => {
  const lengths: number[] = []
  let hits = 0
  for (const encounter of encounters) {
    if (encounter.hit) {
      hits++
      continue
    }
    if (isInside(encounter, window)) lengths.push(hits)
    hits = 0
  }
  return lengths
}

/** The compared numbers, by name, with what a table calls them. */
export const METRICS = {
  probeGain: 'frozen probe: gain in skill',
  probeBefore: 'frozen probe: skill before',
  probeAfter: 'frozen probe: skill after',
  hitRateGain: 'hit rate, late minus early',
  hitRateEarly: 'hit rate, early',
  hitRateLate: 'hit rate, late',
  skillEarly: 'skill, early',
  skillLate: 'skill, late',
  rallyEarly: 'rally length, early',
  rallyLate: 'rally length, late',
  acesEarly: 'aces, early',
  acesLate: 'aces, late',
  longEarly: 'long rallies, early',
  longLate: 'long rallies, late',
  edgeShare: 'encounters with the paddle at an edge',
} as const
/** The name of an outcome. */
export type Metric = keyof typeof METRICS

/** A record with one value a metric. */
export const forEachMetric = <T>(make: (metric: Metric) => T): Record<Metric, T> => ({
  probeGain: make('probeGain'),
  probeBefore: make('probeBefore'),
  probeAfter: make('probeAfter'),
  hitRateGain: make('hitRateGain'),
  hitRateEarly: make('hitRateEarly'),
  hitRateLate: make('hitRateLate'),
  skillEarly: make('skillEarly'),
  skillLate: make('skillLate'),
  rallyEarly: make('rallyEarly'),
  rallyLate: make('rallyLate'),
  acesEarly: make('acesEarly'),
  acesLate: make('acesLate'),
  longEarly: make('longEarly'),
  longLate: make('longLate'),
  edgeShare: make('edgeShare'),
})

/** Null where the trial does not have the quantity (no encounters in a window, no probe without cells). */
export type Outcome = Readonly<Record<Metric, number | null>>

const difference = (after: number | null, before: number | null): number | null => (after === null || before === null ? null : after - before)

/** The numbers of one trial. */
export const outcomeOf = (result: TrialResult, protocol: Protocol): Outcome => {
  const windows = windowsOf(protocol, result.durationMs)
  const inWindow = (window: TimeWindow) => result.encounters.filter((encounter) => isInside(encounter, window))
  const rallies = (window: TimeWindow) => ({ completed: ralliesEndingIn(result.encounters, window), unfinished: null })
  const [early, late, all] = [inWindow(windows.early), inWindow(windows.late), inWindow(windows.all)]
  const [earlyRallies, lateRallies] = [rallies(windows.early), rallies(windows.late)]
  const probeBefore = result.probeBefore === null ? null : skill(result.probeBefore)
  const probeAfter = result.probeAfter === null ? null : skill(result.probeAfter)
  return {
    probeGain: difference(probeAfter, probeBefore),
    probeBefore,
    probeAfter,
    hitRateGain: difference(hitRate(late), hitRate(early)),
    hitRateEarly: hitRate(early),
    hitRateLate: hitRate(late),
    skillEarly: skill(early),
    skillLate: skill(late),
    rallyEarly: meanRallyLength(earlyRallies),
    rallyLate: meanRallyLength(lateRallies),
    acesEarly: acesShare(earlyRallies),
    acesLate: acesShare(lateRallies),
    longEarly: longRalliesShare(earlyRallies),
    longLate: longRalliesShare(lateRallies),
    edgeShare: edgeShare(all),
  }
}
