/** The game's events over a raster: a symbol for each in a strip on top, a rule through the spikes, and the legend of the whole figure. */
import { COLOURS, CROSS_SHAPE, PLOT_WIDTH } from './theme.js'
import type { timeEncoding } from './timeAxis.js'

/** Something that happened in the game. */
export interface GameEvent {
  readonly timeS: number
  readonly kind: 'hit' | 'miss'
}

/** What the two kinds of events are called in a game. */
export interface EventNames {
  readonly hit: string
  readonly miss: string
}
export const HIT_AND_MISS: EventNames = { hit: 'hit', miss: 'miss' }

/** A rule through the raster for each event of a kind: hits solid, misses dashed. */
export const eventRules = (events: readonly GameEvent[], kind: GameEvent['kind']) => ({
  data: { values: events.filter((event) => event.kind === kind).map(({ timeS }) => ({ time: timeS })) },
  mark: { type: 'rule' as const, color: COLOURS[kind], strokeWidth: 1.4, strokeDash: kind === 'hit' ? [1, 0] : [5, 4], opacity: 0.85 },
  encoding: { x: { field: 'time', type: 'quantitative' as const } },
})

const SPIKE_SHAPE = 'M-0.25,-1H0.25V1H-0.25Z'

/** The strip of symbols, with a legend that names only what the figure contains. */
export const eventStrip = (
  events: readonly GameEvent[],
  time: ReturnType<typeof timeEncoding>,
  contains: { readonly cellTypes: boolean; readonly stimulation: boolean; readonly bursts: boolean },
  names: EventNames,
) => {
  const entries = [
    { kind: contains.cellTypes ? 'excitatory spike' : 'spike', colour: COLOURS.excitatory, shape: SPIKE_SHAPE, shown: true },
    { kind: 'inhibitory spike', colour: COLOURS.inhibitory, shape: SPIKE_SHAPE, shown: contains.cellTypes },
    { kind: names.hit, colour: COLOURS.hit, shape: 'triangle-up', shown: events.some(({ kind }) => kind === 'hit') },
    { kind: names.miss, colour: COLOURS.miss, shape: CROSS_SHAPE, shown: events.some(({ kind }) => kind === 'miss') },
    { kind: 'stimulation', colour: COLOURS.stimulationShade, shape: 'square', shown: contains.stimulation },
    { kind: 'burst', colour: COLOURS.burstShade, shape: 'square', shown: contains.bursts },
  ].filter(({ shown }) => shown)
  const domain = entries.map(({ kind }) => kind)
  return {
    width: PLOT_WIDTH,
    height: events.length === 0 ? 1 : 14,
    view: { stroke: null },
    data: { values: events.map(({ timeS, kind }) => ({ time: timeS, kind: names[kind] })) },
    mark: { type: 'point' as const, filled: true, size: 70, opacity: 1 },
    encoding: {
      x: { ...time, axis: null },
      y: { value: 7 },
      color: {
        field: 'kind', type: 'nominal' as const, scale: { domain, range: entries.map(({ colour }) => colour) },
        legend: { orient: 'top' as const, title: null, direction: 'horizontal' as const },
      },
      shape: { field: 'kind', type: 'nominal' as const, scale: { domain, range: entries.map(({ shape }) => shape) } },
    },
  }
}
