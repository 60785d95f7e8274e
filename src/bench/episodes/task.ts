/** What a comparison in a game of episodes measures, and the words for it. */
import { mean } from 'simple-statistics'
import { showInterval, showNumber } from '../intervals.js'
import type { MetricColumn, Task } from '../task.js'
import { windowsOf } from '../windows.js'
import { EPISODE_CONDITIONS } from './conditions.js'
import { EPISODE_METRICS, episodesEndingIn, episodesOutcomeOf, isWon, meanOf, type EpisodeMetric } from './outcomes.js'
import { episodesTrialSchema } from './trialResult.js'
import type { EpisodesSummary, EpisodeTypes } from './types.js'

/** Decimals: returns run in the hundreds, all else in ones. */
const digitsOf = (metric: EpisodeMetric): number => (/^(probe|return)/.test(metric) ? 1 : 2)

const column = (name: string, metric: EpisodeMetric, withSign = false): MetricColumn<EpisodeMetric> => ({
  name,
  show: (metrics) => showInterval(metrics[metric], digitsOf(metric), withSign),
})
const change = (name: string, early: EpisodeMetric, late: EpisodeMetric): MetricColumn<EpisodeMetric> => ({
  name,
  show: (metrics) => `${showNumber(metrics[early].mean, digitsOf(early))} > ${showNumber(metrics[late].mean, digitsOf(late))}`,
})

const playSentence = (summary: EpisodesSummary): string => {
  const { taught } = summary
  const own = summary.conditions.find(({ condition }) => condition === taught)
  if (own === undefined) return ''
  const { returnEarly, returnLate } = own.metrics
  const chance = summary.chance === null ? '' : ` (random actions in the same games: ${showNumber(summary.chance.return, 1)})`
  return (
    `During play under ${taught} the return per episode went from ${showInterval(returnEarly, 1)} early to ${showInterval(returnLate, 1)} late${chance};` +
    ' returns during play depend on the answers themselves and are no evidence of learning.'
  )
}

const average = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null)
  return known.length > 0 ? mean(known) : null
}

/**
 * Returns, kills and episodes won.
 * @param game its name, as a sentence has it: 'Doom'. Kills, damage and ammunition are read from its events `kill`, `damageTaken`, `ammoUsed`
 * @param isExchanged whether left and right are exchanged in every second culture
 */
export const episodesTask = (game: string, isExchanged: boolean): Task<EpisodeTypes> => ({
  game,
  conditions: () => EPISODE_CONDITIONS,
  resultSchema: episodesTrialSchema,
  metrics: EPISODE_METRICS,
  primaryMetric: 'probeGain',
  contrasted: ['probeGain', 'returnGain', 'returnLate'],
  outcomeOf: episodesOutcomeOf,
  countsOf: (results) => ({ episodes: results.reduce((sum, { episodes }) => sum + episodes.filter(({ complete }) => complete).length, 0) }),
  chanceOf: (results, protocol) => {
    const perCulture = results
      .filter(({ condition }) => condition === 'random_actions')
      .map(({ episodes, durationMs }) => episodesEndingIn(episodes, windowsOf(protocol, durationMs).all))
    const returned = average(perCulture.map((episodes) => meanOf(episodes, (episode) => episode.return)))
    const kills = average(perCulture.map((episodes) => meanOf(episodes, ({ events }) => events['kill']?.size ?? 0)))
    const won = average(perCulture.map((episodes) => meanOf(episodes, (episode) => (isWon(episode) ? 1 : 0))))
    return returned === null || kills === null || won === null ? null : { return: returned, kills, won }
  },
  words: {
    sameInAll: 'games',
    exchanged: () => (isExchanged ? 'left and right' : null),
    primary: 'return per episode',
    primaryDefined: 'The return per episode in the frozen probe (the same games before and after play)',
    opposite: 'lose',
    needed: 'a finished episode',
    play: playSentence,
    digitsOf,
    main: {
      columns: [
        column('gain in probe return', 'probeGain', true),
        column('return early', 'returnEarly'),
        column('return late', 'returnLate'),
        column('kills late', 'killsLate'),
        column('won late', 'wonLate'),
      ],
      note: ({ chance }) =>
        `Return, kills and share won are per finished episode; it belongs to early or late play by its end. Won: it ended with its goal, not with the player's death or the time limit.${
          chance === null
            ? ' No random_actions, so no chance level.'
            : ` Random actions in the same games: return ${showNumber(chance.return, 1)}, kills ${showNumber(chance.kills, 2)}, won ${showNumber(chance.won, 2)}.`
        } n/a: no cells, so nothing to probe, or no finished episode.`,
    },
    further: {
      columns: [
        column('probe return before', 'probeBefore'),
        column('probe return after', 'probeAfter'),
        change('kills', 'killsEarly', 'killsLate'),
        change('won', 'wonEarly', 'wonLate'),
        column('damage taken', 'damageTaken'),
        column('ammunition a kill', 'ammoPerKill'),
        change('seconds', 'secondsEarly', 'secondsLate'),
      ],
      note: () => 'Early > late where two numbers stand. Damage and ammunition over all of play; ammunition a kill is of the cultures that killed, n/a for none. Seconds: length of an episode on the culture\'s clock.',
    },
  },
})
