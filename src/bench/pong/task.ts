/** What a comparison in Pong measures, and the words for it. */
import { showInterval, showNumber } from '../intervals.js'
import type { MetricColumn, Task } from '../task.js'
import { chanceRallies, randomPaddleHitProbability } from './chance.js'
import { pongConditions } from './conditions.js'
import { PONG_METRICS, pongOutcomeOf, type PongMetric } from './outcomes.js'
import { pongTrialSchema } from './trialResult.js'
import type { PongSummary, PongTypes } from './types.js'

const column = (name: string, metric: PongMetric, digits = 2, withSign = false): MetricColumn<PongMetric> => ({
  name,
  show: (metrics) => showInterval(metrics[metric], digits, withSign),
})
const change = (name: string, early: PongMetric, late: PongMetric): MetricColumn<PongMetric> => ({
  name,
  show: (metrics) => `${showNumber(metrics[early].mean, 2)} > ${showNumber(metrics[late].mean, 2)}`,
})

const playSentence = (summary: PongSummary): string => {
  const { taught } = summary
  const own = summary.conditions.find(({ condition }) => condition === taught)
  if (own === undefined) return ''
  const { hitRateEarly, hitRateLate } = own.metrics
  const chance = summary.chance === null ? '' : ` (a paddle of this size placed at random: ${showNumber(summary.chance.hitRate, 2)})`
  return (
    `During play under ${taught} the hit rate went from ${showInterval(hitRateEarly)} early to ${showInterval(hitRateLate)} late${chance};` +
    ' hit rates during play depend on the answers themselves and are no evidence of learning.'
  )
}

/** Encounters, rallies and skill. */
export const pongTask: Task<PongTypes> = {
  game: 'Pong',
  conditions: pongConditions,
  resultSchema: pongTrialSchema,
  metrics: PONG_METRICS,
  primaryMetric: 'probeGain',
  contrasted: ['probeGain', 'hitRateGain', 'hitRateLate'],
  outcomeOf: pongOutcomeOf,
  countsOf: (results) => ({ encounters: results.reduce((sum, result) => sum + result.encounters.length, 0) }),
  chanceOf: (results) => {
    const encounter = results.flatMap(({ encounters }) => encounters.slice(0, 1))[0]
    if (encounter === undefined) return null
    const hitRate = randomPaddleHitProbability(encounter.reach, encounter.lowest, encounter.highest)
    return { hitRate, meanRally: chanceRallies(hitRate).meanRallyLength }
  },
  words: {
    sameInAll: 'serves',
    exchanged: ({ exchangeUpDown }) => (exchangeUpDown ? 'up and down' : null),
    primary: 'skill',
    primaryDefined: 'Skill in the frozen probe (hit rate minus what the same paddle would hit had the ball heights been shuffled)',
    opposite: 'miss',
    needed: 'enough encounters',
    play: playSentence,
    digitsOf: () => 3,
    main: {
      columns: [
        column('gain in probe skill', 'probeGain', 3, true),
        column('hit rate early', 'hitRateEarly'),
        column('hit rate late', 'hitRateLate'),
        column('rally length late', 'rallyLate'),
      ],
      note: ({ chance }) =>
        chance === null
          ? null
          : `A paddle of this size placed at random hits ${showNumber(chance.hitRate, 2)} of the balls and has a mean rally of ${showNumber(chance.meanRally, 2)}. Skill is the hit rate minus that of the same positions with the ball heights shuffled. n/a: no cells, so nothing to probe, or no encounter.`,
    },
    further: {
      columns: [
        column('skill early', 'skillEarly', 2, true),
        column('skill late', 'skillLate', 2, true),
        column('probe skill before', 'probeBefore', 2, true),
        column('rally length early', 'rallyEarly'),
        change('aces', 'acesEarly', 'acesLate'),
        change('over 3 hits', 'longEarly', 'longLate'),
        { name: 'at an edge', show: ({ edgeShare }) => showNumber(edgeShare.mean, 2) },
      ],
      note: () => 'Aces are rallies without a hit; early > late. At an edge: share of the encounters with the paddle at an end of its range.',
    },
  },
}
