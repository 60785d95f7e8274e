/** What one trial of a game of episodes amounts to: the numbers that are compared, one per culture and condition. */
import { mean } from 'simple-statistics'
import { MS_PER_SECOND } from '../../units.js'
import type { ConditionName } from '../conditions.js'
import { curveOf, type Curve } from '../curves.js'
import type { Protocol } from '../protocol.js'
import type { Outcome } from '../task.js'
import { changeOf, isWithin, windowsOf, type TimeWindow } from '../windows.js'
import type { Episode, EpisodesTrial } from './trialResult.js'

/** The compared numbers, by name, with what a table calls them. */
export const EPISODE_METRICS = {
  probeGain: 'frozen probe: gain in return per episode',
  probeBefore: 'frozen probe: return per episode before',
  probeAfter: 'frozen probe: return per episode after',
  returnGain: 'return per episode, late minus early',
  returnEarly: 'return per episode, early',
  returnLate: 'return per episode, late',
  killsGain: 'kills per episode, late minus early',
  killsEarly: 'kills per episode, early',
  killsLate: 'kills per episode, late',
  wonGain: 'share of episodes won, late minus early',
  wonEarly: 'share of episodes won, early',
  wonLate: 'share of episodes won, late',
  damageTaken: 'damage taken per episode',
  ammoPerKill: 'ammunition used per kill',
  secondsEarly: 'length of an episode (s), early',
  secondsLate: 'length of an episode (s), late',
} as const
/** The name of a compared number of a game of episodes. */
export type EpisodeMetric = keyof typeof EPISODE_METRICS

/** Mean over episodes; null for none. */
export const meanOf = (episodes: readonly Episode[], value: (episode: Episode) => number): number | null =>
  episodes.length > 0 ? mean(episodes.map(value)) : null

/** Whether an episode reached its goal: the task was done, and the player lived. */
export const isWon = ({ endReason }: Episode): boolean => endReason === 'goal'

const kills = ({ events }: Episode): number => events['kill']?.size ?? 0
const sizeOf = (name: string) => ({ events }: Episode): number => events[name]?.size ?? 0

/** Finished episodes that ended inside the window: an episode belongs where its end falls, whole. */
export const episodesEndingIn = (episodes: readonly Episode[], window: TimeWindow): Episode[] =>
  episodes.filter(({ complete, startMs, durationMs }) => complete && isWithin(startMs + durationMs, window))

/** Return of each finished episode. */
export const returnsOf = (episodes: readonly Episode[]): number[] => episodes.filter(({ complete }) => complete).map((episode) => episode.return)

const sumOf = (episodes: readonly Episode[], value: (episode: Episode) => number): number => episodes.reduce((sum, episode) => sum + value(episode), 0)

/** The numbers of one trial. */
export const episodesOutcomeOf = (result: EpisodesTrial, protocol: Protocol): Outcome<EpisodeMetric> => {
  const windows = windowsOf(protocol, result.durationMs)
  const [early, late, all] = [windows.early, windows.late, windows.all].map((window) => episodesEndingIn(result.episodes, window))
  const probed = (probe: readonly Episode[] | null): number | null => {
    const returns = returnsOf(probe ?? [])
    return returns.length > 0 ? mean(returns) : null
  }
  const probeBefore = probed(result.probeBefore)
  const probeAfter = probed(result.probeAfter)
  const both = (value: (episode: Episode) => number): { early: number | null; late: number | null; gain: number | null } => {
    const [before, after] = [meanOf(early, value), meanOf(late, value)]
    return { early: before, late: after, gain: changeOf(after, before) }
  }
  const returns = both((episode) => episode.return)
  const killed = both(kills)
  const won = both((episode) => (isWon(episode) ? 1 : 0))
  const seconds = both(({ durationMs }) => durationMs / MS_PER_SECOND)
  const allKills = sumOf(all, kills)
  return {
    probeGain: changeOf(probeAfter, probeBefore),
    probeBefore,
    probeAfter,
    returnGain: returns.gain,
    returnEarly: returns.early,
    returnLate: returns.late,
    killsGain: killed.gain,
    killsEarly: killed.early,
    killsLate: killed.late,
    wonGain: won.gain,
    wonEarly: won.early,
    wonLate: won.late,
    damageTaken: meanOf(all, sizeOf('damageTaken')),
    ammoPerKill: allKills > 0 ? sumOf(all, sizeOf('ammoUsed')) / allKills : null,
    secondsEarly: seconds.early,
    secondsLate: seconds.late,
  }
}

/** Mean return of each culture's episodes in equal bins of play, then mean and 95 % interval over cultures. */
export const returnCurve = (condition: ConditionName, results: readonly EpisodesTrial[]): Curve =>
  curveOf(condition, results, ({ episodes }, window) => returnsOf(episodesEndingIn(episodes, window)))
