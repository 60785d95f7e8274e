/** What a session of Doom amounts to, in numbers and in one paragraph. */
import { mean } from 'simple-statistics'
import { formatDuration } from '../../../io/index.js'
import type { EpisodeRecord, SteppedSession } from '../../../loop/index.js'
import { headingOf, signed, type DoomFacts } from './facts.js'

/** Numbers of a session; null where no episode was played to its end. */
export interface DoomSummary {
  /** Episodes played to their end. */
  readonly episodes: number
  readonly meanReturn: number | null
  readonly meanSteps: number | null
  /** Kills in all episodes, the unfinished one included. */
  readonly kills: number
}

export const doomSummaryOf = (episodes: readonly EpisodeRecord[]): DoomSummary => {
  const complete = episodes.filter((episode) => episode.complete)
  const meanOf = (value: (episode: EpisodeRecord) => number): number | null => (complete.length === 0 ? null : mean(complete.map(value)))
  return {
    episodes: complete.length,
    meanReturn: meanOf((episode) => episode.return),
    meanSteps: meanOf(({ steps }) => steps),
    kills: episodes.reduce((sum, { events }) => sum + (events['kill']?.size ?? 0), 0),
  }
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** What of a session the paragraph speaks of. */
type Played = Pick<SteppedSession, 'episodes' | 'durationMs' | 'interrupted'>

/** One paragraph on a session, finished or ended early. */
export const doomParagraphOf = (facts: DoomFacts, { episodes, durationMs: playedMs, interrupted }: Played): string => {
  const { totalMs } = facts
  const early = interrupted ? `${totalMs === null ? '' : ` of ${formatDuration(totalMs)}`} (ended early)` : ''
  const head = `${headingOf(facts)}, ${formatDuration(playedMs)}${early}:`
  const { episodes: complete, meanReturn, meanSteps, kills } = doomSummaryOf(episodes)
  const played =
    meanReturn === null || meanSteps === null
      ? `no episode was played to its end, ${counted(kills, 'kill')}.`
      : `${counted(complete, 'episode')}, mean return ${signed(meanReturn)} over ${Math.round(meanSteps)} steps, ${counted(kills, 'kill')}.`
  return [head, played, "One session says nothing about learning: 'bl1 compare' does."].join(' ')
}
