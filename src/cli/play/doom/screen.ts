/** The live display of a session of Doom: a pure function from what is known to text. */
import { beside, regionLine, restText, speedText } from '../screen.js'
import { pictureLines, pictureSize, type ColorDepth } from '../terminalPicture.js'
import { headingOf, scoreValues, timeText, type DoomFacts, type DoomMoment, type DoomScore } from './facts.js'
import { BUTTONS } from './picture/rows.js'

/** Everything the display knows. */
export interface DoomPlayState {
  readonly facts: DoomFacts
  /** How far the rest period is; of use until the first moment. */
  readonly rested: { readonly doneMs: number; readonly totalMs: number }
  readonly moment: DoomMoment | undefined
}

/** The window that is drawn for. */
export interface TerminalWindow {
  readonly columns: number
  readonly rows: number
  readonly colorDepth: ColorDepth
}

const scoreLine = (score: DoomScore, gap: string): string => scoreValues(score).map(({ label, value }) => `${label} ${value}`).join(gap)

/** Columns for rates and events beside the picture, and lines above and below it. */
const SIDE_COLUMNS = 37
const OTHER_LINES = 5
const EVENT_LINES = 5
const NAME_COLUMNS = 13

const KINDS = { predictable: 'a regular train', unpredictable: 'noise', silent: 'no pulses' } as const

const sideLines = ({ restRateHz }: DoomFacts, { rates, pressed, events, answer }: DoomMoment): string[] => [
  'motor groups',
  ...rates.map(({ button, rateHz }) => {
    const { label = button, sign = '×' } = BUTTONS.get(button) ?? {}
    return `${pressed.includes(button) ? sign : ' '} ${regionLine(label, rateHz, restRateHz, NAME_COLUMNS)}`
  }),
  `${' '.repeat(NAME_COLUMNS + 2)}rest is ${restRateHz} Hz`,
  '',
  answer === undefined ? '' : `feedback to ${answer.name}: ${KINDS[answer.kind]}`,
  ...events.slice(0, EVENT_LINES),
]

/** The whole display, lines separated by newlines. */
export const drawDoomPlay = ({ facts, rested, moment }: DoomPlayState, { columns, rows, colorDepth }: TerminalWindow): string => {
  const head = headingOf(facts)
  if (moment === undefined) return [head, '', restText(rested), '', 'Ctrl-C ends the session.'].join('\n')
  const { picture, score } = moment
  const size = picture === undefined ? undefined : pictureSize(picture, Math.max(8, columns - SIDE_COLUMNS - 3), Math.max(4, rows - OTHER_LINES))
  const shown = picture === undefined || size === undefined ? [] : pictureLines(picture, size.columns, size.rows, colorDepth)
  return [
    `${head}   ${timeText(facts, moment.playMs, score.episode)}`,
    scoreLine(score, '   '),
    ...beside(shown, sideLines(facts, moment)),
    `${speedText(moment)}   Ctrl-C ends the session.`,
  ].join('\n')
}

/** A line of a log: what the display shows, in words. */
export const doomPlainLine = ({ facts, moment }: DoomPlayState): string => {
  if (moment === undefined) return ''
  const { score, playMs } = moment
  return `${timeText(facts, playMs, score.episode)}: ${scoreLine(score, ', ')}, ${speedText(moment)}`
}
