/** How far a run is, and how that reads: no input, no output and no clock of its own. */

/** One line of the display: the pieces of work under one condition. */
export interface ProgressTrack {
  readonly name: string
  /** Number of pieces. */
  readonly pieces: number
  /** What a piece is called, in the plural. @default 'cultures' */
  readonly noun?: string
  /** Simulated time of each piece, ms. */
  readonly pieceMs: number
  /** Pieces that an earlier run finished. @default 0 */
  readonly alreadyDone?: number
}

/** What a line shows. */
export interface ProgressRow {
  readonly name: string
  readonly done: number
  readonly pieces: number
  readonly noun: string
  readonly simulatedMs: number
  readonly totalMs: number
  /** Simulated time per time spent simulating, on one core: undefined until something was simulated. */
  readonly realTimeFactor: number | undefined
  /** Expected wall time to the end, ms: undefined until something was simulated. */
  readonly leftMs: number | undefined
}

interface Piece {
  readonly startedMs: number
  updatedMs: number
  simulatedMs: number
  finished: boolean
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Counts finished pieces and simulated time. Times of the `nowMs` arguments are of one clock, in ms. */
export class ProgressState {
  readonly tracks: readonly ProgressTrack[]
  readonly #pieces: Map<string, Map<string, Piece>>

  constructor(tracks: readonly ProgressTrack[]) {
    this.tracks = tracks
    this.#pieces = new Map(tracks.map(({ name }) => [name, new Map()]))
  }

  /** A piece has simulated this much, counted from its own start. The first call, with 0, starts its clock. */
  update(track: string, piece: string, simulatedMs: number, nowMs: number): void {
    const pieces = this.#pieces.get(track)
    const known = pieces?.get(piece)
    if (known === undefined) pieces?.set(piece, { startedMs: nowMs, updatedMs: nowMs, simulatedMs, finished: false })
    else if (!known.finished) Object.assign(known, { simulatedMs, updatedMs: nowMs })
  }

  /** A piece is finished. */
  finish(track: string, piece: string, nowMs: number): void {
    const pieceMs = this.tracks.find(({ name }) => name === track)?.pieceMs ?? 0
    this.update(track, piece, pieceMs, nowMs)
    const known = this.#pieces.get(track)?.get(piece)
    if (known !== undefined) known.finished = true
  }

  /** A line a track, in order. */
  rows(nowMs: number): ProgressRow[] {
    return this.tracks.map((track) => this.#row(track.name, track.noun ?? 'cultures', [track], nowMs))
  }

  /** All tracks together. */
  total(nowMs: number): ProgressRow {
    return this.#row('all', 'trials', this.tracks, nowMs)
  }

  #row(name: string, noun: string, tracks: readonly ProgressTrack[], nowMs: number): ProgressRow {
    const pieces = tracks.flatMap((track) => [...(this.#pieces.get(track.name)?.values() ?? [])])
    const earlierMs = sum(tracks.map((track) => (track.alreadyDone ?? 0) * track.pieceMs))
    const totalMs = sum(tracks.map((track) => track.pieces * track.pieceMs))
    const newMs = sum(pieces.map((piece) => piece.simulatedMs))
    const busyMs = sum(pieces.map((piece) => piece.updatedMs - piece.startedMs))
    const elapsedMs = nowMs - Math.min(nowMs, ...pieces.map((piece) => piece.startedMs))
    const remainingMs = Math.max(0, totalMs - earlierMs - newMs)
    return {
      name,
      done: sum(tracks.map((track) => track.alreadyDone ?? 0)) + pieces.filter((piece) => piece.finished).length,
      pieces: sum(tracks.map((track) => track.pieces)),
      noun,
      simulatedMs: earlierMs + newMs,
      totalMs,
      realTimeFactor: busyMs > 0 && newMs > 0 ? newMs / busyMs : undefined,
      leftMs: remainingMs === 0 ? 0 : newMs > 0 && elapsedMs > 0 ? (remainingMs * elapsedMs) / newMs : undefined,
    }
  }
}

/** `4:05`, `1:02:03`: minutes and seconds, with hours when there are any. */
export const formatDuration = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const two = (value: number): string => String(value).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes}:${two(seconds % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}

const minutesOf = (ms: number): string => (ms / 60_000).toFixed(1)
const factorOf = ({ realTimeFactor }: ProgressRow): string => (realTimeFactor === undefined ? '-' : `${realTimeFactor.toFixed(1)}x`)
const leftOf = ({ leftMs }: ProgressRow): string => (leftMs === undefined ? '-' : formatDuration(leftMs))

/**
 * A row for a terminal: `fep  [####----]  3/8 cultures  24.5/64.0 min   9.1x   2:13 left`.
 * @param columns width of the terminal: the bar takes what the text leaves, 4 to 30 characters
 */
export const formatBarRow = (row: ProgressRow, nameWidth: number, columns: number): string => {
  const { done, pieces, noun, simulatedMs, totalMs } = row
  const count = `${String(done).padStart(String(pieces).length)}/${pieces} ${noun}`
  const time = `${minutesOf(simulatedMs).padStart(minutesOf(totalMs).length)}/${minutesOf(totalMs)} min`
  const text = `${count}  ${time}  ${factorOf(row).padStart(6)}  ${leftOf(row).padStart(7)} left`
  const width = Math.min(30, Math.max(4, columns - nameWidth - text.length - 7))
  const filled = totalMs > 0 ? Math.min(width, Math.floor((width * simulatedMs) / totalMs)) : 0
  return `${row.name.padEnd(nameWidth)}  [${'#'.repeat(filled)}${'-'.repeat(width - filled)}]  ${text}`
}

/** A row for a log: `fep: 3 of 8 cultures, 24.5 of 64.0 simulated min, 9.1x real time, 2:13 left`. */
export const formatPlainRow = (row: ProgressRow): string =>
  `${row.name}: ${row.done} of ${row.pieces} ${row.noun}, ${minutesOf(row.simulatedMs)} of ${minutesOf(row.totalMs)} simulated min, ` +
  `${factorOf(row)} real time, ${leftOf(row)} left`
