/** Pong as text and as a picture. */
import type { Frame } from '../../src/env/index.js'
import { Picture, type Color } from '../../src/env/picture.js'
import type { PongConstants } from './constants.js'
import type { PongState } from './state.js'

/** Characters of the text, walls included. */
export const TEXT_COLUMNS = 48
export const TEXT_ROWS = 16
/** Pixels of the picture: the field is square. */
export const FRAME_SIZE = 160

const BALL_RADIUS = 2.5
const PADDLE_WIDTH = 4
const BACKGROUND: Color = [18, 22, 33]
const BALL: Color = [255, 214, 102]
const PADDLE: Color = [120, 190, 255]

/** The cell, of `cells` from the left or the top, in which `share` (0 to 1) lies. */
const cellAt = (share: number, cells: number): number => Math.min(cells - 1, Math.max(0, Math.floor(share * cells)))

/** The field in 16 lines of 48 characters: walls at the top, the bottom and the back, the paddle at the right edge. */
export const renderText = (constants: PongConstants, state: PongState): string => {
  const rows = TEXT_ROWS - 2
  const columns = TEXT_COLUMNS - 2
  const ballColumn = cellAt(state.ballX, columns)
  const ballRow = cellAt(0.5 - state.ballOffset, rows)
  const wall = (left: string): string => left + '─'.repeat(TEXT_COLUMNS - 1)
  const lines = Array.from({ length: rows }, (_, row) => {
    const field = row === ballRow ? `${' '.repeat(ballColumn)}●${' '.repeat(columns - 1 - ballColumn)}` : ' '.repeat(columns)
    const middle = 0.5 - (row + 0.5) / rows
    const isPaddle = Math.abs(middle - state.paddleOffset) <= constants.reach
    return `│${field}${isPaddle ? '█' : ' '}`
  })
  return [wall('┌'), ...lines, wall('└')].join('\n')
}

/** The field as a square picture; a fresh one at every call. */
export const renderFrame = (constants: PongConstants, state: PongState): Frame => {
  const picture = new Picture(FRAME_SIZE, FRAME_SIZE, BACKGROUND)
  const paddleTop = (0.5 - state.paddleOffset - constants.reach) * FRAME_SIZE
  const paddleLeft = FRAME_SIZE - PADDLE_WIDTH
  picture.fillRectangle(paddleLeft, paddleTop, PADDLE_WIDTH, 2 * constants.reach * FRAME_SIZE, PADDLE)
  picture.fillCircle(state.ballX * paddleLeft, (0.5 - state.ballOffset) * FRAME_SIZE, BALL_RADIUS, BALL)
  return picture.frame()
}
