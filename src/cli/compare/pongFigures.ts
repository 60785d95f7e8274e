/** The figures of a comparison in Pong. */
import { pongTask, ralliesEndingIn, rallyCurve, windowsOf, type PongSummary, type PongTrial } from '../../bench/index.js'
import { playCurvesFigure, rallyDistributionFigure } from '../../figures/index.js'
import { boardLayout } from '../../loop/index.js'
import type { Experiment } from '../experiment.js'
import { activityOf, gainsOf, mainConditions, rasterOf, type ArrayUse, type CaptionedFigure } from './figures.js'

const useOfArray = ({ board: options, protocol: { exchangeUpDown } }: Experiment): ArrayUse => {
  const board = boardLayout(false, options)
  return {
    roleOf: (channel) =>
      board.sensory.includes(channel) ? 'sensory' : board.up.includes(channel) ? 'up' : board.down.includes(channel) ? 'down' : undefined,
    caption: `S sensory, U up, D down${exchangeUpDown ? '; up and down are exchanged in every second culture' : ''}`,
  }
}

/** All figures, in the order of the report. */
export const pongFigures = (results: readonly PongTrial[], summary: PongSummary, experiment: Experiment): CaptionedFigure[] => {
  const { protocol } = experiment
  const curves = mainConditions(summary).map((condition) => ({ name: condition, ...rallyCurve(condition, results) }))
  const meanRally = summary.chance?.meanRally ?? null
  const distributions = summary.conditions.map(({ condition }) => ({
    name: condition,
    rallyHits: results
      .filter((result) => result.condition === condition)
      .flatMap((result) => ralliesEndingIn(result.encounters, windowsOf(protocol, result.durationMs).all)),
  }))
  return [
    ...gainsOf(pongTask, results, summary, experiment, {
      axis: 'Gain in skill (after minus before)',
      caption: 'weights frozen, no answers, the same serves and noise before and after play. This is what decides.',
    }),
    {
      figure: playCurvesFigure({ metric: 'Rally length (hits)', curves, ...(meanRally === null ? {} : { chance: meanRally }) }),
      caption: 'Rally length over the time of play: mean over cultures with 95 % intervals; dashed: a randomly placed paddle of this size.',
    },
    {
      figure: rallyDistributionFigure({ conditions: distributions, chanceHitProbability: summary.chance?.hitRate ?? 0 }),
      caption: 'How long rallies were, all cultures pooled, against the geometric distribution of a randomly placed paddle.',
    },
    ...rasterOf(results, {
      of: ({ encounters }) => encounters.map(({ timeMs, hit }) => ({ timeMs, kind: hit ? ('hit' as const) : ('miss' as const) })),
      caption: 'the hits and misses of the game',
    }),
    ...activityOf(results, summary, experiment, useOfArray(experiment)),
  ]
}
