/** A saved game of Pong as plain JSON, checked when it is read back. */
import { z } from 'zod'
import { lifecycleJSON } from '../../src/env/index.js'
import type { PongState } from './state.js'

const offset = z.number().min(-0.5).max(0.5)
const count = z.int().min(0)

const gameJSON = z.strictObject({
  ballX: z.number().min(0).max(1),
  ballOffset: offset,
  ballVx: z.number(),
  ballVy: z.number(),
  paddleOffset: offset,
  hits: count,
  misses: count,
  rally: count,
  history: z.array(count),
  event: z.enum(['hit', 'miss']).nullable(),
  crossingOffset: offset,
})

/** A whole environment: the game, its streams and its place in the episode. */
export const savedPong = z.strictObject({ lifecycle: lifecycleJSON, game: gameJSON })
/** A saved game: plain JSON. */
export type SavedPong = z.output<typeof savedPong>

/** The game as JSON. Only the part of the history that has been written is kept. */
export const saveGame = (state: PongState): SavedPong['game'] => ({
  ...state,
  history: Array.from(state.history.subarray(0, Math.min(state.misses, state.history.length))),
})

/** Puts a saved game into `into`. */
export const loadGame = (saved: SavedPong['game'], into: PongState): void => {
  const { history, ...rest } = saved
  Object.assign(into, rest)
  into.history.fill(0)
  into.history.set(history)
}
