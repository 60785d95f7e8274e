/** The figures that the reports of all games share. */
import { CONDITIONS, type GameTypes, type Raster, type Summary, type Task, type TrialBase } from '../../bench/index.js'
import { arrayActivityFigure, probeGainFigure, rasterFigure, type ElectrodeRoles, type FigureSpec } from '../../figures/index.js'
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
const rateOf = (raster: Raster) => {
  const bins = Math.max(1, Math.round((raster.toMs - raster.fromMs) / RATE_BIN_MS))
  const counts = new Float64Array(bins)
  for (const timeMs of raster.timesMs) counts[Math.min(bins - 1, Math.max(0, Math.floor((timeMs - raster.fromMs) / RATE_BIN_MS)))]++
  return {
    timesS: Float64Array.from({ length: bins }, (_, bin) => (raster.fromMs + (bin + 0.5) * RATE_BIN_MS) / MS_PER_SECOND),
    rateHz: counts.map((count) => (count * MS_PER_SECOND) / RATE_BIN_MS / raster.neuronCount),
  }
}

/** A game's events in the stretch of a raster. */
export interface RasterEvents<Result> {
  /** When good (`hit`) and bad (`miss`) things happened, ms since play began. */
  readonly of: (result: Result) => readonly { readonly timeMs: number; readonly kind: 'hit' | 'miss' }[]
  /** What they are, for the caption: 'the hits and misses of the game'. */
  readonly caption: string
  readonly names?: { readonly hit: string; readonly miss: string }
}

/** The spikes of the one trial that kept them. */
export const rasterOf = <Result extends TrialBase & { readonly raster: Raster | null }>(
  results: readonly Result[],
  events: RasterEvents<Result>,
): CaptionedFigure[] => {
  const result = results.find(({ raster }) => raster !== null)
  if (result === undefined || result.raster === null) return []
  const { raster } = result
  const [fromS, toS] = [raster.fromMs / MS_PER_SECOND, raster.toMs / MS_PER_SECOND]
  const figure = rasterFigure({
    timesS: raster.timesMs.map((timeMs) => timeMs / MS_PER_SECOND),
    sources: raster.neurons,
    sourceCount: raster.neuronCount,
    sourceKind: 'neuron',
    inhibitory: Uint8Array.from({ length: raster.neuronCount }, (_, i) => (i < raster.excitatory ? 0 : 1)),
    fromS,
    toS,
    events: events
      .of(result)
      .map(({ timeMs, kind }) => ({ timeS: timeMs / MS_PER_SECOND, kind }))
      .filter(({ timeS }) => timeS >= fromS && timeS <= toS),
    ...(events.names === undefined ? {} : { eventNames: events.names }),
    populationRate: rateOf(raster),
    title: `Spikes and game events: culture ${result.seed} under ${result.condition}`,
  })
  return [{ figure, caption: `The last ${Math.round(toS - fromS)} s of play of culture ${result.seed} under ${result.condition}: every spike, and ${events.caption}.` }]
}

/** What a game uses the array for. */
export interface ArrayUse {
  readonly roleOf: (channel: number) => string | undefined
  /** In brackets behind the caption. */
  readonly caption: string
  readonly roles?: ElectrodeRoles
}

/** Mean activity of the array during play under the first condition shown. */
export const activityOf = (
  results: readonly (TrialBase & { readonly durationMs: number; readonly electrodeSpikes: readonly number[] })[],
  summary: Summary<GameTypes>,
  experiment: Experiment,
  { roleOf, caption, roles }: ArrayUse,
): CaptionedFigure[] => {
  const condition = summary.conditions[0]?.condition
  const own = results.filter((result) => result.condition === condition)
  if (own.length === 0) return []
  const layout = arrayLayout(experiment.mea.layout)
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
  const title = `Mean activity of the array under ${condition}`
  return [
    {
      figure: arrayActivityFigure({ electrodes, quantity: 'Spikes per second', title, ...(roles === undefined ? {} : { roles }) }),
      caption: `Recorded spikes per second of each electrode during play under ${condition}, mean over ${own.length} cultures (${caption}).`,
    },
  ]
}

/** What decides: each culture's gain in the frozen probe. */
export const gainsOf = <G extends GameTypes>(
  task: Task<G>,
  results: readonly G['result'][],
  summary: Summary<G>,
  experiment: Experiment,
  words: { readonly axis: string; readonly caption: string },
): CaptionedFigure[] => {
  const conditions = summary.conditions.flatMap(({ condition, metrics }) => {
    const { mean, low, high } = metrics[task.primaryMetric]
    if (!CONDITIONS[condition].cells || mean === null) return []
    const gains = results
      .filter((result) => result.condition === condition)
      .flatMap((result) => task.outcomeOf(result, experiment.protocol)[task.primaryMetric] ?? [])
    return [{ name: condition, gains, mean, low: low ?? mean, high: high ?? mean }]
  })
  if (conditions.length === 0) return []
  return [{ figure: probeGainFigure({ metric: words.axis, conditions }), caption: `${task.metrics[task.primaryMetric]}: ${words.caption}` }]
}

/** Conditions whose curves are worth a panel: all but the controls, or all where there are only controls. */
export const mainConditions = (summary: Summary<GameTypes>) => {
  const shown = summary.conditions.map(({ condition }) => condition)
  const main = shown.filter((condition) => CONDITIONS[condition].role === 'condition')
  return main.length > 0 ? main : shown
}
