/** The live display of a session: a pure function from what is known to text. */
import { stripVTControlCharacters } from 'node:util'
import { hitRate, type Protocol } from '../../bench/index.js'
import { formatDuration } from '../../io/index.js'
import type { BoardLayout, Encounter } from '../../loop/index.js'
import type { ArrayLayout } from '../../mea/index.js'
import { hitRateCurve, percent, recentText } from './hitRates.js'
import type { PlayFrame } from './protocol.js'

/** What stays the same over a session. */
export interface SessionFacts {
  /** The preset that is played; null for none. */
  readonly preset: string | null
  readonly feedback: string
  readonly seed: number
  readonly neurons: number
  readonly totalMs: number
  /** Its windows are what early and late means. */
  readonly protocol: Protocol
  readonly layout: ArrayLayout
  readonly board: BoardLayout
  /** Rate of a region at rest after gain, Hz an electrode. */
  readonly restRateHz: number
}

/** Counts of a session. */
export interface Tally {
  readonly hits: number
  readonly misses: number
  /** Hits since the last miss. */
  readonly rally: number
  readonly longest: number
}

/** Everything the display knows. */
export interface PlayState {
  readonly facts: SessionFacts
  /** How far the rest period is; of use until the first frame. */
  readonly rested: { readonly doneMs: number; readonly totalMs: number }
  readonly frame: PlayFrame | undefined
  readonly encounters: readonly Encounter[]
}

export const tallyOf = (encounters: readonly Encounter[]): Tally => {
  let [hits, rally, longest] = [0, 0, 0]
  for (const { hit } of encounters) {
    rally = hit ? rally + 1 : 0
    if (hit) hits++
    longest = Math.max(longest, rally)
  }
  return { hits, misses: encounters.length - hits, rally, longest }
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const

/** A bar of whole and partial blocks, padded to its width; values above `full` fill it. */
export const bar = (value: number, full: number, width: number): string => {
  const eighths = Math.round(Math.min(1, Math.max(0, value / full)) * width * 8)
  return ('█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]).padEnd(width)
}

/** Each shade begins at four times the rate of the one before: bursts are a hundred times the resting rate. */
const SHADES = [
  { fromHz: 128, sign: '█' },
  { fromHz: 32, sign: '▓' },
  { fromHz: 8, sign: '▒' },
  { fromHz: 2, sign: '░' },
  { fromHz: -Infinity, sign: '·' },
] as const
const SHADE_LEGEND = '░ 2  ▒ 8  ▓ 32  █ 128 Hz'

const shadeOf = (rateHz: number): string => SHADES.find(({ fromHz }) => rateHz >= fromHz)?.sign ?? '·'

const roleOf = ({ sensory, up, down }: BoardLayout, channel: number): string => {
  if (sensory.includes(channel)) return 'S'
  if (up.includes(channel)) return 'U'
  return down.includes(channel) ? 'D' : ' '
}

/** The array as it lies in the dish, first channel at the bottom left: role and recent activity of each electrode. */
export const arrayLines = (layout: ArrayLayout, board: BoardLayout, electrodeHz: readonly number[]): string[] =>
  Array.from({ length: layout.rows }, (_, fromTop) => {
    const row = layout.rows - 1 - fromTop
    const cells = Array.from({ length: layout.columns }, (__, column) => {
      const channel = row * layout.columns + column
      return layout.unusable.has(channel) ? ' ×' : `${roleOf(board, channel)}${shadeOf(electrodeHz[channel] ?? 0)}`
    })
    return cells.join(' ')
  })

const BAR_COLUMNS = 14
/** A full bar is this many times the resting rate. */
const FULL_BAR = 4

/** A region's name, a bar of its rate, and the rate. */
export const regionLine = (name: string, rateHz: number, restRateHz: number, nameColumns = 5): string =>
  `${name.padEnd(nameColumns)}${bar(rateHz, FULL_BAR * restRateHz, BAR_COLUMNS)}${rateHz.toFixed(0).padStart(5)} Hz`

const statusLine = ({ frame, encounters }: PlayState): string => {
  const last = encounters.at(-1)
  if (frame?.isAnswering === true && last !== undefined) return `answering a ${last.hit ? 'hit' : 'miss'}`
  return frame?.isPaused === true ? 'pausing the sensory input' : ''
}

const GAP = '   '

/** Characters of a line; its colours take no room. */
const widthOf = (line: string): number => stripVTControlCharacters(line).length

/** Two blocks of lines side by side. */
export const beside = (left: readonly string[], right: readonly string[]): string[] => {
  const width = Math.max(0, ...left.map(widthOf))
  return Array.from({ length: Math.max(left.length, right.length) }, (_, k) => {
    const line = left[k] ?? ''
    return `${line}${' '.repeat(width - widthOf(line))}${GAP}${right[k] ?? ''}`.trimEnd()
  })
}

/** `1.0 x real time`, and what it could be when it waits for the clock. */
export const speedText = ({ realTimeFactor, possibleFactor }: Pick<PlayFrame, 'realTimeFactor' | 'possibleFactor'>): string => {
  const waits = possibleFactor > 1.1 * realTimeFactor
  return `${realTimeFactor.toFixed(1)} x real time${waits ? ` (up to ${possibleFactor.toFixed(0)} x)` : ''}`
}

/** Hit rate of all balls and of the last ones. */
const rateText = (encounters: readonly Encounter[]): string => `hit rate ${percent(hitRate(encounters))} (${recentText(encounters)})`

const scoreText = (encounters: readonly Encounter[]): string => {
  const { hits, misses, rally, longest } = tallyOf(encounters)
  return `hits ${hits}   misses ${misses}   ${rateText(encounters)}   rally ${rally}   longest ${longest}`
}

/** What is played, by whom. */
export const headingOf = ({ feedback, preset, seed, neurons }: SessionFacts): string =>
  `Pong under ${feedback}${preset === null ? '' : `, preset ${preset}`}, seed ${seed}, ${neurons.toLocaleString('en')} neurons`

/** Seconds rested, for the time before the game begins. */
export const restText = ({ doneMs, totalMs }: PlayState['rested']): string =>
  totalMs === 0 ? 'growing the culture' : `resting, ${formatDuration(doneMs)} of ${formatDuration(totalMs)}: the decoder adapts its gains`

/** The whole display, lines separated by newlines. */
export const drawPlay = (state: PlayState): string => {
  const { facts, frame, rested, encounters } = state
  const head = headingOf(facts)
  if (frame === undefined) return [head, '', restText(rested), '', 'Ctrl-C ends the session.'].join('\n')
  const side = [
    'array, last half second',
    ...arrayLines(facts.layout, facts.board, frame.electrodeHz),
    SHADE_LEGEND,
    'S sees the ball, U up, D down',
    '',
    regionLine('up', frame.upHz, facts.restRateHz),
    regionLine('down', frame.downHz, facts.restRateHz),
    `${' '.repeat(5)}rest is ${facts.restRateHz} Hz`,
    statusLine(state),
  ]
  return [
    `${head}${GAP}${formatDuration(frame.playMs)} of ${formatDuration(facts.totalMs)}`,
    scoreText(encounters),
    ...beside(frame.field.split('\n'), side),
    `hit rate in tenths of the session so far ${hitRateCurve(encounters, frame.playMs)}`,
    `${speedText(frame)}   Ctrl-C ends the session.`,
  ].join('\n')
}

/** A line of a log: what the display shows, in words. */
export const plainLine = ({ frame, facts, encounters }: PlayState): string => {
  if (frame === undefined) return ''
  const { hits, misses, rally } = tallyOf(encounters)
  const score = `hits ${hits}, misses ${misses}, ${rateText(encounters)}, rally ${rally}`
  const time = `${formatDuration(frame.playMs)} of ${formatDuration(facts.totalMs)}`
  return `${time}: ${score}, up ${frame.upHz.toFixed(0)} Hz, down ${frame.downHz.toFixed(0)} Hz, ${speedText(frame)}`
}
