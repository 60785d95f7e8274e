/** Draws over itself in a terminal and leaves the terminal as it was, however the process ends. */

const ESCAPE = '\u001b'
const ENTER = '\u001b[?1049h\u001b[?25l'
const LEAVE = '\u001b[?25h\u001b[?1049l'
const HOME = '\u001b[H'
const CLEAR_LINE = '\u001b[K'
const CLEAR_BELOW = '\u001b[J'

/** The part of a terminal that drawing needs: `process.stdout` is one. */
export interface Terminal {
  readonly columns?: number
  readonly rows?: number
  write(text: string): unknown
}

/** A colour sequence, which takes no room, or one character. */
const PIECES = new RegExp(`${ESCAPE}\\[[\\d;]*m|.`, 'gu')
const isColour = (piece: string): boolean => piece.startsWith(ESCAPE)

const fitLine = (line: string, columns: number): string => {
  let [fitted, width] = ['', 0]
  for (const [piece] of line.matchAll(PIECES)) {
    if (isColour(piece)) fitted += piece
    else if (width++ < columns) fitted += piece
  }
  return fitted
}

/** Cuts text to a window, so that no line wraps and nothing scrolls; colours stay and take no room. */
export const fitTo = (text: string, columns: number, rows: number): string[] =>
  text
    .split('\n')
    .slice(0, Math.max(1, rows))
    .map((line) => fitLine(line, Math.max(1, columns)))

export class LiveScreen {
  readonly #terminal: Terminal
  #isOpen = true

  /** Opens the alternate screen, hides the cursor, and sees to it that both are undone when the process exits. */
  constructor(terminal: Terminal) {
    this.#terminal = terminal
    process.once('exit', this.close)
    terminal.write(ENTER)
  }

  draw(text: string): void {
    if (!this.#isOpen) return
    const lines = fitTo(text, this.#terminal.columns ?? 80, this.#terminal.rows ?? 24)
    this.#terminal.write(`${HOME}${lines.join(`${CLEAR_LINE}\r\n`)}${CLEAR_LINE}${CLEAR_BELOW}`)
  }

  /** Leaves the terminal as it was. Calling it again does nothing. */
  readonly close = (): void => {
    if (!this.#isOpen) return
    this.#isOpen = false
    process.removeListener('exit', this.close)
    this.#terminal.write(LEAVE)
  }
}
