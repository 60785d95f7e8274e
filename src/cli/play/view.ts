/** Where a session shows: a live screen, or lines in a log. */
import { LiveScreen } from './liveScreen.js'

/** Simulated time between the lines of a log. */
const LOG_EVERY_MS = 10_000

/** Whether a stretch of simulated time ends a piece that is logged. */
export const isLogged = (fromMs: number, toMs: number): boolean => Math.floor(toMs / LOG_EVERY_MS) > Math.floor(fromMs / LOG_EVERY_MS)

/** Shows what is known of a session, again and again. */
export interface View<State> {
  readonly resting: (state: State) => void
  readonly changed: (state: State) => void
  /** Leaves the terminal as it was. Calling it again does nothing. */
  readonly close: () => void
}

/** Whether somebody watches: a terminal that can be drawn on, and no JSON wanted. */
export const isTerminal = (json: boolean): boolean => process.stdout.isTTY && !json && process.env['TERM'] !== 'dumb'

/** Draws over itself. */
export const liveView = <State>(draw: (state: State) => string): View<State> => {
  const screen = new LiveScreen(process.stdout)
  const show = (state: State): void => screen.draw(draw(state))
  return { resting: show, changed: show, close: screen.close }
}

/** What a log says. */
export interface LogLines<State> {
  /** Once, when the rest begins. */
  readonly resting: (state: State) => string
  readonly line: (state: State) => string
  readonly playMs: (state: State) => number
}

/** Lines on stderr: one when the rest begins, one every ten simulated seconds. */
export const logView = <State>({ resting, line, playMs }: LogLines<State>): View<State> => {
  let [saidRest, loggedMs] = [false, 0]
  const write = (text: string): void => void process.stderr.write(`${text}\n`)
  return {
    resting: (state) => {
      if (!saidRest) write(resting(state))
      saidRest = true
    },
    changed: (state) => {
      if (!isLogged(loggedMs, playMs(state))) return
      loggedMs = playMs(state)
      write(line(state))
    },
    close: () => undefined,
  }
}
