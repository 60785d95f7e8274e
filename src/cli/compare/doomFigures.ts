/** The figures of a comparison in Doom. */
import { DOOM_MOTOR_BUTTONS, doomCultureLayout } from '../../../envs/doom/culture/layout.js'
import { episodesEndingIn, isWon, returnCurve, returnsOf, windowsOf, type EpisodesSummary, type EpisodesTrial, type EpisodeTypes, type Task } from '../../bench/index.js'
import { playCurvesFigure, returnDistributionFigure } from '../../figures/index.js'
import type { Experiment } from '../experiment.js'
import { activityOf, gainsOf, mainConditions, rasterOf, type ArrayUse, type CaptionedFigure } from './figures.js'

/** Letters of the groups of electrodes on the map of the array. */
const LETTERS: Readonly<Record<string, string>> = {
  encoding: 'S',
  moveForward: 'F',
  moveBackward: 'B',
  moveLeft: 'l',
  moveRight: 'r',
  turnLeft: 'L',
  turnRight: 'R',
  attack: 'A',
  good: '+',
  bad: '\u2212',
}
const GOOD: readonly string[] = ['rewardGood', 'kill', 'armorGained']
const BAD: readonly string[] = ['rewardBad', 'damageTaken', 'ammoWasted']
const KEY = 'S: sensory; F, B, l, r: step forward, back, left, right; L, R: turn; A: attack; +, \u2212: answers to good and bad'

const useOfArray = (exchanged: boolean): ArrayUse => {
  const layout = doomCultureLayout()
  const groups: readonly (readonly [role: string, channels: readonly number[]])[] = [
    ['encoding', layout.encoding],
    ...Object.values(DOOM_MOTOR_BUTTONS).map((group) => [group, layout.motor[group]] as const),
    ...Object.entries(layout.feedback).flatMap(([group, channels]) => {
      const role = GOOD.includes(group) ? 'good' : BAD.includes(group) ? 'bad' : undefined
      return role === undefined ? [] : [[role, channels] as const]
    }),
  ]
  return {
    roleOf: (channel) => groups.find(([, channels]) => channels.includes(channel))?.[0],
    caption: `${KEY}${exchanged ? '; left and right are exchanged in every second culture' : ''}`,
    roles: { letters: LETTERS, key: KEY },
  }
}

/** All figures, in the order of the report. */
export const doomFigures = (
  task: Task<EpisodeTypes>,
  results: readonly EpisodesTrial[],
  summary: EpisodesSummary,
  experiment: Experiment,
): CaptionedFigure[] => {
  const { protocol, doom } = experiment
  const curves = mainConditions(summary).map((condition) => ({ name: condition, ...returnCurve(condition, results) }))
  const chance = summary.chance === null ? {} : { chance: summary.chance.return }
  const conditions = summary.conditions.map(({ condition }) => ({
    name: condition,
    returns: results
      .filter((result) => result.condition === condition)
      .flatMap(({ episodes, durationMs }) => returnsOf(episodesEndingIn(episodes, windowsOf(protocol, durationMs).all))),
  }))
  return [
    ...gainsOf(task, results, summary, experiment, {
      axis: 'Gain in return per episode (after minus before)',
      caption: 'weights frozen, no answers, the same games and noise before and after play. This is what decides.',
    }),
    {
      figure: playCurvesFigure({
        metric: 'Return of an episode', curves, ...chance, chanceOf: 'random actions in the same games', nothing: 'No finished episode', name: 'return-curves',
      }),
      caption: 'Return of the episodes that ended in each eighth of play: mean over cultures with 95 % intervals; dashed: random actions in the same games.',
    },
    {
      figure: returnDistributionFigure({ conditions, ...chance }),
      caption: 'What finished episodes returned, all cultures pooled; dashed: the mean of random actions in the same games.',
    },
    ...rasterOf(results, {
      of: ({ episodes }) =>
        episodes
          .filter(({ complete }) => complete)
          .map((episode) => ({ timeMs: episode.startMs + episode.durationMs, kind: isWon(episode) ? ('hit' as const) : ('miss' as const) })),
      names: { hit: 'episode won', miss: 'episode not won' },
      caption: 'the ends of episodes',
    }),
    ...activityOf(results, summary, experiment, useOfArray(doom.exchangeLeftRight)),
  ]
}
