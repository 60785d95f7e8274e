/** The figures of a comparison's report. */
import {
  arrayActivityFigure,
  probeGainFigure,
  rallyCurvesFigure,
  rallyDistributionFigure,
  rasterFigure,
  type FigureSpec,
} from '../../figures/index.js'
import { CONDITIONS, metricName, outcomeOf, ralliesEndingIn, rallyCurve, windowsOf, type ConditionName, type Summary, type TrialResult } from '../../bench/index.js'
import { boardLayout } from '../../loop/index.js'
import { arrayLayout } from '../../mea/index.js'
import { MS_PER_SECOND } from '../../units.js'
import type { Experiment } from '../experiment.js'

/** A figure and the sentence under it. */
export interface CaptionedFigure {
  readonly figure: FigureSpec
  readonly caption: string
}

const RATE_BIN_MS = 100

/** Mean rate of a cell in bins of the raster's stretch. */
const rateOf = (raster: NonNullable<TrialResult['raster']>) => {
  const bins = Math.max(1, Math.round((raster.toMs - raster.fromMs) / RATE_BIN_MS))
  const counts = new Float64Array(bins)
  for (const timeMs of raster.timesMs) counts[Math.min(bins - 1, Math.max(0, Math.floor((timeMs - raster.fromMs) / RATE_BIN_MS)))]++
  return {
    timesS: Float64Array.from({ length: bins }, (_, bin) => (raster.fromMs + (bin + 0.5) * RATE_BIN_MS) / MS_PER_SECOND),
    rateHz: counts.map((count) => (count * MS_PER_SECOND) / RATE_BIN_MS / raster.neuronCount),
  }
}

const rasterOf = (results: readonly TrialResult[]): CaptionedFigure[] => {
  const result = results.find(({ raster }) => raster !== null)
  if (result === undefined || result.raster === null) return []
  const { raster, encounters } = result
  const [fromS, toS] = [raster.fromMs / MS_PER_SECOND, raster.toMs / MS_PER_SECOND]
  const events = encounters
    .map(({ timeMs, hit }) => ({ timeS: timeMs / MS_PER_SECOND, kind: hit ? ('hit' as const) : ('miss' as const) }))
    .filter(({ timeS }) => timeS >= fromS && timeS <= toS)
  const figure = rasterFigure({
    timesS: raster.timesMs.map((timeMs) => timeMs / MS_PER_SECOND),
    sources: raster.neurons,
    sourceCount: raster.neuronCount,
    sourceKind: 'neuron',
    inhibitory: Uint8Array.from({ length: raster.neuronCount }, (_, i) => (i < raster.excitatory ? 0 : 1)),
    fromS,
    toS,
    events,
    populationRate: rateOf(raster),
    title: `Spikes and game events: culture ${result.seed} under ${result.condition}`,
  })
  return [{ figure, caption: `The last ${Math.round(toS - fromS)} s of play of culture ${result.seed} under ${result.condition}: every spike, and the hits and misses of the game.` }]
}

const activityOf = (results: readonly TrialResult[], experiment: Experiment, condition: ConditionName): CaptionedFigure[] => {
  const own = results.filter((result) => result.condition === condition)
  if (own.length === 0) return []
  const layout = arrayLayout(experiment.mea.layout)
  const board = boardLayout()
  const roleOf = (channel: number): 'sensory' | 'up' | 'down' | undefined =>
    board.sensory.includes(channel) ? 'sensory' : board.up.includes(channel) ? 'up' : board.down.includes(channel) ? 'down' : undefined
  const electrodes = Array.from({ length: layout.channels }, (_, channel) => {
    const role = roleOf(channel)
    return {
      channel,
      row: layout.rows - 1 - Math.floor(channel / layout.columns),
      column: channel % layout.columns,
      value: own.reduce((sum, result) => sum + (result.electrodeSpikes[channel] * MS_PER_SECOND) / result.durationMs, 0) / own.length,
      usable: !layout.unusable.has(channel),
      ...(role === undefined ? {} : { role }),
    }
  })
  const exchanged = experiment.protocol.exchangeUpDown ? '; up and down are exchanged in every second culture' : ''
  return [
    {
      figure: arrayActivityFigure({ electrodes, quantity: 'Spikes per second', title: `Mean activity of the array under ${condition}` }),
      caption: `Recorded spikes per second of each electrode during play under ${condition}, mean over ${own.length} cultures (S sensory, U up, D down${exchanged}).`,
    },
  ]
}

const gainsOf = (results: readonly TrialResult[], summary: Summary, experiment: Experiment): CaptionedFigure[] => {
  const conditions = summary.conditions.flatMap(({ condition, metrics }) => {
    const { mean, low, high } = metrics.probeGain
    if (!CONDITIONS[condition].cells || mean === null) return []
    const gains = results
      .filter((result) => result.condition === condition)
      .flatMap((result) => outcomeOf(result, experiment.protocol).probeGain ?? [])
    return [{ name: condition, gains, mean, low: low ?? mean, high: high ?? mean }]
  })
  if (conditions.length === 0) return []
  return [
    {
      figure: probeGainFigure({ metric: 'Gain in skill (after minus before)', conditions }),
      caption: `${metricName('probeGain')}: weights frozen, no answers, the same serves and noise before and after play. This is what decides.`,
    },
  ]
}

/** All figures, in the order of the report. */
export const comparisonFigures = (results: readonly TrialResult[], summary: Summary, experiment: Experiment): CaptionedFigure[] => {
  const { protocol } = experiment
  const shown = summary.conditions.map(({ condition }) => condition)
  const main = shown.filter((condition) => CONDITIONS[condition].role === 'condition')
  const curves = (main.length > 0 ? main : shown).map((condition) => {
    const { minutes, mean, low, high } = rallyCurve(condition, results)
    return { name: condition, minutes, mean, low, high }
  })
  const meanRally = summary.chance?.meanRally ?? null
  const distributions = shown.map((condition) => ({
    name: condition,
    rallyHits: results
      .filter((result) => result.condition === condition)
      .flatMap((result) => ralliesEndingIn(result.encounters, windowsOf(protocol, result.durationMs).all)),
  }))
  return [
    ...gainsOf(results, summary, experiment),
    {
      figure: rallyCurvesFigure({ metric: 'Rally length (hits)', curves, ...(meanRally === null ? {} : { chance: meanRally }) }),
      caption: 'Rally length over the time of play: mean over cultures with 95 % intervals; dashed: a randomly placed paddle of this size.',
    },
    {
      figure: rallyDistributionFigure({ conditions: distributions, chanceHitProbability: summary.chance?.hitRate ?? 0 }),
      caption: 'How long rallies were, all cultures pooled, against the geometric distribution of a randomly placed paddle.',
    },
    ...rasterOf(results),
    ...activityOf(results, experiment, shown[0] ?? 'fep'),
  ]
}
