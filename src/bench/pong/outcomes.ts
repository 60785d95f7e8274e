/** What one trial of Pong amounts to: the numbers that are compared, one per culture and condition. */
import type { Encounter } from '../../loop/index.js'
import type { ConditionName } from '../conditions.js'
import { curveOf, type Curve } from '../curves.js'
import type { Protocol } from '../protocol.js'
import type { Outcome } from '../task.js'
import { changeOf, isWithin, windowsOf, type TimeWindow } from '../windows.js'
import { acesShare, edgeShare, hitRate, longRalliesShare, meanRallyLength, skill } from './encounters.js'
import type { PongTrial } from './trialResult.js'

const isInside = ({ timeMs }: Encounter, window: TimeWindow): boolean => isWithin(timeMs, window)

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
export const PONG_METRICS = {
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
/** The name of a compared number of Pong. */
export type PongMetric = keyof typeof PONG_METRICS

/** The numbers of one trial. */
export const pongOutcomeOf = (result: PongTrial, protocol: Protocol): Outcome<PongMetric> => {
  const windows = windowsOf(protocol, result.durationMs)
  const inWindow = (window: TimeWindow) => result.encounters.filter((encounter) => isInside(encounter, window))
  const rallies = (window: TimeWindow) => ({ completed: ralliesEndingIn(result.encounters, window), unfinished: null })
  const [early, late, all] = [inWindow(windows.early), inWindow(windows.late), inWindow(windows.all)]
  const [earlyRallies, lateRallies] = [rallies(windows.early), rallies(windows.late)]
  const probeBefore = result.probeBefore === null ? null : skill(result.probeBefore)
  const probeAfter = result.probeAfter === null ? null : skill(result.probeAfter)
  return {
    probeGain: changeOf(probeAfter, probeBefore),
    probeBefore,
    probeAfter,
    hitRateGain: changeOf(hitRate(late), hitRate(early)),
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

/** Mean rally length per culture in equal bins of play, then mean and 95 % interval over cultures. */
export const rallyCurve = (condition: ConditionName, results: readonly PongTrial[]): Curve =>
  curveOf(condition, results, ({ encounters }, window) => ralliesEndingIn(encounters, window))
