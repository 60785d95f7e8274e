/** Pong as text and as a picture. */
import type { Frame } from '../../src/env/index.js'
import type { PongConstants } from './constants.js'
import type { PongState } from './state.js'

/** Characters of the text, walls included. */
export const TEXT_COLUMNS = 48
export const TEXT_ROWS = 16
/** Pixels of the picture: the field is square. */
export const FRAME_SIZE = 160

const BALL_RADIUS = 2.5
const PADDLE_WIDTH = 4
const BACKGROUND = [18, 22, 33] as const
const BALL = [255, 214, 102] as const
const PADDLE = [120, 190, 255] as const

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
  const size = FRAME_SIZE
  const data = new Uint8ClampedArray(size * size * 4)
  const ballX = state.ballX * (size - PADDLE_WIDTH)
  const ballY = (0.5 - state.ballOffset) * size
  for (let row = 0, at = 0; row < size; row++) {
    const inPaddle = Math.abs(0.5 - (row + 0.5) / size - state.paddleOffset) <= constants.reach
    for (let column = 0; column < size; column++, at += 4) {
      const isBall = Math.hypot(column + 0.5 - ballX, row + 0.5 - ballY) <= BALL_RADIUS
      const isPaddle = inPaddle && column >= size - PADDLE_WIDTH
      const [red, green, blue] = isBall ? BALL : isPaddle ? PADDLE : BACKGROUND
      data[at] = red
      data[at + 1] = green
      data[at + 2] = blue
      data[at + 3] = 255
    }
  }
  return { width: size, height: size, data }
}
