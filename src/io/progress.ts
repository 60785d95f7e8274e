/** The progress display: bars on a terminal, plain lines in a log, nothing when asked. It writes to stderr: stdout is for results. */
import { MultiBar } from 'cli-progress'
import type { SingleBar } from 'cli-progress'
import type { ProgressTrack } from './progressState.js'
import { formatBarRow, formatPlainRow, ProgressState } from './progressState.js'

/** The part of a stream that a display needs: `process.stderr` is one. */
export interface ProgressStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean
  readonly columns?: number
}

/** Where and how often progress is shown. */
export interface ProgressOptions {
  /** @default process.stderr */
  readonly stream?: ProgressStream
  /** 'auto' is bars on a terminal and lines elsewhere. @default 'auto' */
  readonly mode?: 'auto' | 'bars' | 'lines' | 'silent'
  /** Lines: the longest silence while work goes on, ms. @default 10 000 */
  readonly everyMs?: number
  /** A clock that never runs backwards, ms. @default performance.now */
  readonly now?: () => number
}

/** What a running computation tells. */
export interface Progress {
  /** A piece of a track has simulated this much since its start; 0 when it starts. */
  readonly update: (track: string, piece: string, simulatedMs: number) => void
  /** A piece of a track is done. */
  readonly finish: (track: string, piece: string) => void
  /** A line of text that stays, above the bars. */
  readonly note: (text: string) => void
  /** Leaves the terminal as it should be; call it whatever happened. Calling it again does nothing. */
  readonly stop: () => void
}

interface View {
  readonly changed: (track: string, finished: boolean) => void
  readonly note: (text: string) => void
  readonly stop: () => void
}

const silent: View = { changed: () => undefined, note: () => undefined, stop: () => undefined }

const lines = (state: ProgressState, stream: ProgressStream, everyMs: number, now: () => number): View => {
  let shownMs = now()
  const write = (text: string): void => void stream.write(`${text}\n`)
  return {
    changed: (track, finished) => {
      const nowMs = now()
      const isDue = nowMs - shownMs >= everyMs
      if (!finished && !isDue) return
      shownMs = nowMs
      const row = finished ? state.rows(nowMs).find(({ name }) => name === track) : state.total(nowMs)
      if (row !== undefined) write(formatPlainRow(row))
    },
    note: write,
    stop: () => undefined,
  }
}

const bars = (state: ProgressState, stream: ProgressStream, now: () => number): View => {
  const multi = new MultiBar({
    stream,
    // Signals are the command's to handle: it calls stop().
    gracefulExit: false,
    format: (_options, _params, payload: { text: string }) => payload.text,
  })
  const nameWidth = Math.max(3, ...state.tracks.map(({ name }) => name.length))
  const texts = (): string[] => {
    const nowMs = now()
    return [...state.rows(nowMs), state.total(nowMs)].map((row) => formatBarRow(row, nameWidth, stream.columns ?? 80))
  }
  const shown: SingleBar[] = texts().map((text) => multi.create(1, 0, { text }))
  const refresh = (): void => texts().forEach((text, index) => shown[index]?.update(0, { text }))
  return {
    changed: refresh,
    note: (text) => multi.log(`${text}\n`),
    stop: () => {
      refresh()
      // Notes wait for the next redraw, which stopping alone would not make.
      multi.update()
      multi.stop()
    },
  }
}

/**
 * Starts a display.
 * @param tracks a line each, and on a terminal one more for all together
 */
export const startProgress = (tracks: readonly ProgressTrack[], options: ProgressOptions = {}): Progress => {
  const { stream = process.stderr, mode = 'auto', everyMs = 10_000, now = () => performance.now() } = options
  const state = new ProgressState(tracks)
  const kind = mode === 'auto' ? (stream.isTTY === true ? 'bars' : 'lines') : mode
  const view = kind === 'silent' ? silent : kind === 'bars' ? bars(state, stream, now) : lines(state, stream, everyMs, now)
  let stopped = false
  return {
    update: (track, piece, simulatedMs) => {
      state.update(track, piece, simulatedMs, now())
      if (!stopped) view.changed(track, false)
    },
    finish: (track, piece) => {
      state.finish(track, piece, now())
      if (!stopped) view.changed(track, true)
    },
    note: (text) => {
      if (!stopped) view.note(text)
      else if (kind !== 'silent') stream.write(`${text}\n`)
    },
    stop: () => {
      if (stopped) return
      stopped = true
      view.stop()
    },
  }
}
