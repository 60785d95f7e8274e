/** Which electrodes show the game and which are read, on the 8 x 8 array, after the DishBrain layout. */

/** Channels by purpose. Sensory and motor channels are disjoint, and no motor channel is ever stimulated. */
export interface BoardLayout {
  /** Electrode of each height of the ball, lowest first. */
  readonly sensory: readonly number[]
  readonly up: readonly number[]
  readonly down: readonly number[]
}

const COLUMNS = 8
/** Row above the bottom one: eight usable electrodes. */
const SENSORY_ROW = 1
const MOTOR_ROWS = [4, 5, 6] as const
/** Counterbalanced strips: down, up, down, up from left to right (Kagan et al. 2022). */
const STRIP_OF_COLUMN = ['down', 'down', 'up', 'up', 'down', 'down', 'up', 'up'] as const

/**
 * Sensory electrodes in one row, motor strips two columns wide and three rows high, 600 um away.
 * @param exchanged exchanges up and down: done in half of the seeds, since strips that are counterbalanced are still not neutral (the
 * lowest sensory site lies next to an outer strip, and plain strengthening of near connections then moves the paddle the right way)
 */
export const boardLayout = (exchanged = false): BoardLayout => {
  const strip = (wanted: 'up' | 'down'): number[] =>
    MOTOR_ROWS.flatMap((row) => STRIP_OF_COLUMN.flatMap((name, column) => (name === wanted ? [row * COLUMNS + column] : [])))
  const [up, down] = [strip('up'), strip('down')]
  return {
    sensory: Array.from({ length: COLUMNS }, (_, column) => SENSORY_ROW * COLUMNS + column),
    up: exchanged ? down : up,
    down: exchanged ? up : down,
  }
}
