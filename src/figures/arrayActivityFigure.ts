/** Activity of a multi-electrode array as a map: one cell an electrode, its channel number and what the game uses it for written in it. */
import { requireFinite } from './figureSpec.js'
import type { FigureSpec } from './figureSpec.js'
import { emptyNote, readable, themed } from './theme.js'

/** One electrode of {@link arrayActivityFigure}. */
export interface ElectrodeActivity {
  readonly channel: number
  /** Row of the array, 0 at the top. */
  readonly row: number
  /** Column of the array, 0 at the left. */
  readonly column: number
  /** What is mapped; ignored when the electrode is not usable. */
  readonly value: number
  readonly usable: boolean
  /** What the game uses it for: a key of the roles. */
  readonly role?: string
}

/** What a game uses electrodes for. */
export interface ElectrodeRoles {
  /** The letter written into an electrode, by role. */
  readonly letters: Readonly<Record<string, string>>
  /** What the letters mean, under the title. */
  readonly key: string
}

/** What {@link arrayActivityFigure} draws. */
export interface ArrayActivityData {
  readonly electrodes: readonly ElectrodeActivity[]
  /** What the colour means, with its unit. Default: spikes per second. */
  readonly quantity?: string
  /** Default: those of Pong, `sensory`, `up` and `down`. */
  readonly roles?: ElectrodeRoles
  readonly title?: string
}

const CELL = 58
const OPEN_CROSS = 'M-1,-1L1,1M1,-1L-1,1'
const UNUSABLE = 'grey with an x: not usable'
const PONG_ROLES: ElectrodeRoles = {
  letters: { sensory: 'S', up: 'U', down: 'D' },
  key: 'S: sensory electrode; U, D: electrodes that move the paddle up, down',
}

/** What the letters and the grey mean, on one line if it fits. */
const keyLines = (key: string): string | string[] => (key.length < 75 ? `${key}; ${UNUSABLE}` : [key, UNUSABLE])

/**
 * A heat map in viridis (equal steps look equal, also to the colour-blind and in grey). Unusable electrodes are grey with an x. Electrodes
 * with a role are framed and lettered.
 * @throws Bl1Error `figures/value`
 */
export const arrayActivityFigure = (data: ArrayActivityData): FigureSpec => {
  const { electrodes, quantity = 'Firing rate (spikes/s)', title = 'Activity across the array' } = data
  const roles = data.roles ?? PONG_ROLES
  const usable = electrodes.filter((electrode) => electrode.usable)
  requireFinite('array activity', 'value', usable.map(({ value }) => value))
  const highest = Math.max(0, ...usable.map(({ value }) => value))
  const cells = electrodes.map((electrode) => ({
    ...electrode,
    letter: electrode.role === undefined ? '' : (roles.letters[electrode.role] ?? ''),
    onDark: electrode.usable && electrode.value < 0.6 * highest,
  }))
  const hasRoles = electrodes.some(({ role }) => role !== undefined)
  const rows = 1 + Math.max(7, ...electrodes.map(({ row }) => row))
  const columns = 1 + Math.max(7, ...electrodes.map(({ column }) => column))
  const place = (count: number, axisTitle: string) => ({
    type: 'ordinal' as const,
    scale: { domain: Array.from({ length: count }, (_, index) => index) },
    axis: { title: axisTitle, labelAngle: 0, ticks: false, domain: false },
  })
  const x = { ...place(columns, 'Electrode column'), field: 'column' }
  const y = { ...place(rows, 'Electrode row'), field: 'row' }
  const ink = { condition: { test: 'datum.onDark', value: 'white' }, value: 'black' }
  const top = [...usable].sort((a, b) => b.value - a.value)[0]
  return {
    name: 'array-activity',
    title,
    altText:
      top === undefined
        ? 'Map of the electrode array; no electrode is usable.'
        : `Map over ${usable.length} usable electrodes: ${quantity}; the highest is ${readable(top.value)} on channel ${top.channel}.`,
    spec: {
      ...themed(title, hasRoles ? keyLines(roles.key) : UNUSABLE),
      width: CELL * columns,
      height: CELL * rows,
      view: { stroke: null },
      layer: [
        {
          data: { values: cells.filter((cell) => cell.usable) },
          mark: { type: 'rect', stroke: 'white', strokeWidth: 1 },
          encoding: {
            x,
            y,
            color: {
              field: 'value', type: 'quantitative', scale: { scheme: 'viridis', domain: [0, highest > 0 ? highest : 1] },
              legend: { title: quantity, gradientLength: 240, gradientThickness: 16, tickCount: 5, titleOrient: 'right' },
            },
          },
        },
        {
          data: { values: cells.filter((cell) => !cell.usable) },
          mark: { type: 'rect', stroke: 'white', strokeWidth: 1, color: '#d4d4d4' },
          encoding: { x, y },
        },
        {
          data: { values: cells.filter((cell) => !cell.usable) },
          mark: { type: 'point', shape: OPEN_CROSS, size: 500, stroke: '#777777', strokeWidth: 1.8, opacity: 1 },
          encoding: { x, y },
        },
        {
          data: { values: cells.filter((cell) => cell.usable && cell.letter !== '') },
          mark: { type: 'point', shape: 'square', size: (CELL - 8) ** 2, strokeWidth: 2.2, filled: false, opacity: 1 },
          encoding: { x, y, stroke: ink },
        },
        {
          data: { values: cells },
          mark: { type: 'text', fontSize: 11, dx: -CELL / 2 + 8, dy: -CELL / 2 + 13, align: 'left' },
          encoding: { x, y, text: { field: 'channel' }, color: ink },
        },
        {
          data: { values: cells.filter((cell) => cell.usable) },
          mark: { type: 'text', fontSize: 19, fontWeight: 'bold', dy: 5 },
          encoding: { x, y, text: { field: 'letter' }, color: ink },
        },
        ...(usable.length === 0 ? [emptyNote('No usable electrode', CELL * columns, CELL * rows)] : []),
      ],
    },
  }
}
