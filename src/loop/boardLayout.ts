/** Which electrodes show the game and which are read, on the 8 x 8 array, after the DishBrain layout. */
import { z } from 'zod'
import { arrayLayout } from '../mea/index.js'
import { group, quantity, readParameters } from '../parameters.js'

/** Counterbalanced strips: down, up, down, up from left to right (Kagan et al. 2022). */
const STRIP_OF_COLUMN = ['down', 'down', 'up', 'up', 'down', 'down', 'up', 'up'] as const
const COLUMNS = STRIP_OF_COLUMN.length
const rowOfElectrodes = z.int().min(0).max(COLUMNS - 1)

/** Usable electrodes of a column in these rows. */
const electrodesOf = (rows: readonly number[], column: number): number[] =>
  rows.map((row) => row * COLUMNS + column).filter((channel) => !arrayLayout('cl1').unusable.has(channel))

/** The columns of the sensory rows, shared out evenly. */
const placesOf = (count: number, sensoryRows: readonly number[]): readonly (readonly number[])[] =>
  Array.from({ length: count }, (_, place) =>
    STRIP_OF_COLUMN.flatMap((_strip, column) => (Math.floor((column * count) / COLUMNS) === place ? electrodesOf(sensoryRows, column) : [])),
  )

/** Schema of the layout. */
export const boardParameters = group(
  {
    places: quantity({ default: 8, unit: 'places', integer: true, min: 1, max: 8, doc: 'heights that are told apart: the columns of the sensory rows are shared out among them' }),
    sensoryRows: z.array(rowOfElectrodes).min(1).max(7).default([1]).meta({ description: 'rows of electrodes that show the game, 0 at the bottom; all electrodes of a place pulse together' }),
    motorRows: z.array(rowOfElectrodes).min(1).max(7).default([4, 5, 6]).meta({ description: 'rows of electrodes that are read; none of them shows the game' }),
  },
  'which electrodes show the game and which are read',
)
  .refine(({ sensoryRows, motorRows }) => new Set([...sensoryRows, ...motorRows]).size === sensoryRows.length + motorRows.length, {
    path: ['motorRows'],
    message: 'each row once, for one purpose (board.sensoryRows or board.motorRows)',
  })
  .refine(({ places, sensoryRows }) => placesOf(places, sensoryRows).every((electrodes) => electrodes.length > 0), {
    path: ['sensoryRows'],
    message: 'rows that give every place a usable electrode (0, 4, 7, 56 and 63 are not)',
  })
/** What `boardLayout` takes: any part of the table. */
export type BoardOptions = z.input<typeof boardParameters>

/** Channels by purpose. Sensory and motor channels are disjoint, and no motor channel is ever stimulated. */
export interface BoardLayout {
  /** Electrodes of each height of the ball, lowest first. */
  readonly places: readonly (readonly number[])[]
  /** All of them. */
  readonly sensory: readonly number[]
  readonly up: readonly number[]
  readonly down: readonly number[]
}

/**
 * Sensory electrodes in one row by default, motor strips two columns wide and three rows high, 600 um away.
 * @param exchanged exchanges up and down: done in half of the seeds, since strips that are counterbalanced are still not neutral (the
 * lowest sensory site lies next to an outer strip, and plain strengthening of near connections then moves the paddle the right way)
 * @throws Bl1Error `parameter/unknown`, `parameter/invalid`: also where a row stands twice or a place has no usable electrode
 */
export const boardLayout = (exchanged = false, options: BoardOptions = {}): BoardLayout => {
  const { places: count, sensoryRows, motorRows } = readParameters(boardParameters, options, 'board parameters')
  const strip = (wanted: 'up' | 'down'): number[] =>
    motorRows.flatMap((row) => STRIP_OF_COLUMN.flatMap((name, column) => (name === wanted ? electrodesOf([row], column) : [])))
  const [up, down] = [strip('up'), strip('down')]
  const places = placesOf(count, sensoryRows)
  return { places, sensory: places.flat(), up: exchanged ? down : up, down: exchanged ? up : down }
}
