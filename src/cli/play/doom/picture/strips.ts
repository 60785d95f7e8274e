/** The lower half of a frame, over the same seconds: what happened, how it was answered, what was pressed, and the spikes of every electrode. */
import { MS_PER_SECOND } from '../../../../units.js'
import type { Color, Frame } from '../../../../env/index.js'
import { fillBox, type Box } from './drawing.js'
import { ROW_HEIGHT, type FilmLayout } from './layout.js'
import type { Lettering, TextStyle } from './lettering.js'
import { BUTTONS, type RasterGroup } from './rows.js'
import type { AnswerKind, ChannelMarks, DoomScene, Recent } from './scene.js'
import { THEME } from './theme.js'

const LABEL: TextStyle = { size: 11 }
const SMALL: TextStyle = { size: 10 }
const SIGN: TextStyle = { size: 13, bold: true }
const LABEL_GAP = 8
/** Of a button that no motor group presses. */
const UNNAMED = { sign: '×', colour: THEME.other } as const

/** Pixel column of a time. */
const columnAt = ({ fromMs, toMs }: Recent, { x, width }: Box, timeMs: number): number =>
  Math.min(x + width, Math.max(x, x + Math.round(((timeMs - fromMs) / (toMs - fromMs)) * width)))

const drawLabel = (frame: Frame, lettering: Lettering, text: string, { x, y, height }: Box, colour: Color): void =>
  lettering.draw(frame, text, { x: x - LABEL_GAP, baseline: y + Math.round(height / 2) + 4, align: 'right' }, LABEL, colour)

/** The upper or the lower half of a lane. */
const half = ({ x, y, width, height }: Box, row: number): Box => ({ x, y: y + (row * height) / 2, width, height: height / 2 })

/** A mark at each event. Its text stands in the upper row or in the lower one, to its right or at the end to its left, or is left out. */
const drawEvents = (frame: Frame, lettering: Lettering, box: Box, recent: Recent): void => {
  const free = [box.x, box.x]
  for (const { text, timeMs } of recent.events) {
    const x = columnAt(recent, box, timeMs)
    const width = Math.ceil(lettering.width(text, SMALL))
    const left = x + 5 + width > box.x + box.width ? x - 4 - width : x + 5
    const row = free.findIndex((from) => from <= Math.min(x, left))
    const { y, height } = half(box, Math.max(0, row))
    fillBox(frame, { x, y: y + 2, width: 2, height: height - 4 }, THEME.ink)
    if (row === -1) continue
    lettering.draw(frame, text, { x: left, baseline: y + 12 }, SMALL, THEME.ink)
    free[row] = Math.max(x + 2, left + width) + 6
  }
}

/** Regular trains above, all other answers below; the name of one that the next one covers is left out. */
const drawAnswers = (frame: Frame, lettering: Lettering, box: Box, recent: Recent): void => {
  for (const [row, isIn] of [(kind: AnswerKind) => kind === 'predictable', (kind: AnswerKind) => kind !== 'predictable'].entries()) {
    const answers = recent.answers.filter(({ kind }) => isIn(kind))
    const lane = half(box, row)
    for (const [i, { name, kind, startMs, durationMs }] of answers.entries()) {
      const from = columnAt(recent, box, startMs)
      const to = Math.max(from + 2, columnAt(recent, box, Math.min(startMs + durationMs, answers[i + 1]?.startMs ?? Infinity)))
      const bar = { x: from, y: lane.y + 2, width: Math.min(to, box.x + box.width) - from, height: lane.height - 3 }
      fillBox(frame, bar, THEME[kind], 0.55)
      fillBox(frame, { ...bar, width: Math.min(2, bar.width) }, THEME[kind])
      if (lettering.width(name, SMALL) + 10 <= bar.width) lettering.draw(frame, name, { x: from + 6, baseline: lane.y + 12 }, SMALL, THEME.ink)
    }
  }
}

const drawHead = (frame: Frame, lettering: Lettering, box: Box, head: number, { heads, recent }: DoomScene): void => {
  const options = heads[head]?.options ?? []
  for (const { startMs, durationMs, action } of recent.steps) {
    const name = options[action?.[head] ?? 0]
    if (name === undefined || name === options[0]) continue
    const { sign, colour } = BUTTONS.get(name) ?? UNNAMED
    const from = columnAt(recent, box, startMs)
    const to = columnAt(recent, box, startMs + durationMs)
    fillBox(frame, { x: from, y: box.y, width: Math.max(0, to - from - 1), height: box.height }, colour, 0.3)
    if (to - from >= 10) lettering.draw(frame, sign, { x: (from + to - 1) / 2, baseline: box.y + 14, align: 'middle' }, SIGN, colour)
  }
}

/** Spikes at the same pixel make it brighter: one is half, four are full. */
const brightness = (count: number): number => Math.min(1, 0.4 + 0.15 * count)

/** Rows of all groups by channel. */
const rowsOf = (groups: readonly RasterGroup[], boxes: readonly Box[]): ReadonlyMap<number, { readonly y: number; readonly colour: Color }> =>
  new Map(
    groups.flatMap(({ channels, colour }, group) =>
      channels.map((channel, i) => [channel, { y: (boxes[group]?.y ?? 0) + i * ROW_HEIGHT, colour }] as const),
    ),
  )

/** Calls back for every mark in view with its column. */
const eachMark = ({ timesMs, channels, from, to }: ChannelMarks, recent: Recent, visit: (timeShare: number, channel: number) => void): void => {
  for (let i = from; i < to; i++) {
    const share = (timesMs[i] - recent.fromMs) / (recent.toMs - recent.fromMs)
    if (share >= 0 && share < 1) visit(share, channels[i])
  }
}

const PULSE = { width: 2, height: ROW_HEIGHT } as const

const drawRaster = (frame: Frame, layout: FilmLayout, { groups, recent }: DoomScene): void => {
  const rows = rowsOf(groups, layout.groups)
  const { x, width } = layout.axis
  const counts = new Map<number, Uint16Array>()
  eachMark(recent.spikes, recent, (share, channel) => {
    const known = counts.get(channel) ?? new Uint16Array(width)
    known[Math.floor(share * width)]++
    counts.set(channel, known)
  })
  for (const [channel, perColumn] of counts) {
    const row = rows.get(channel)
    if (row === undefined) continue
    perColumn.forEach((count, column) => {
      if (count > 0) fillBox(frame, { x: x + column, y: row.y, width: 1, height: ROW_HEIGHT - 1 }, row.colour, brightness(count))
    })
  }
  eachMark(recent.pulses, recent, (share, channel) => {
    const row = rows.get(channel)
    if (row !== undefined) fillBox(frame, { x: x + Math.floor(share * width), y: row.y, ...PULSE }, THEME.stimulation)
  })
}

const LEGEND = [
  ['pulse', THEME.stimulation],
  ['predictable answer', THEME.predictable],
  ['unpredictable answer', THEME.unpredictable],
  ['no pulses', THEME.silent],
] as const
const SWATCH = 9
const AFTER_SWATCH = 14
const BETWEEN = 20

/** Names of pulse and answer colours, in the middle below the raster. */
const drawLegend = (frame: Frame, lettering: Lettering, { x, y, width }: Box): void => {
  const widths = LEGEND.map(([text]) => AFTER_SWATCH + Math.ceil(lettering.width(text, SMALL)) + BETWEEN)
  let left = x + Math.round((width + BETWEEN - widths.reduce((sum, one) => sum + one, 0)) / 2)
  LEGEND.forEach(([text, colour], i) => {
    fillBox(frame, { x: left, y: y + 8, width: SWATCH, height: SWATCH }, colour)
    lettering.draw(frame, text, { x: left + AFTER_SWATCH, baseline: y + 16 }, SMALL, THEME.muted)
    left += widths[i]
  })
}

/** A line at each whole second before now; the ends are named at their feet. */
const drawAxis = (frame: Frame, lettering: Lettering, layout: FilmLayout, { recent }: DoomScene): void => {
  const seconds = Math.floor((recent.toMs - recent.fromMs) / MS_PER_SECOND)
  const { x, y, width } = layout.axis
  for (let back = 0; back <= seconds; back++) {
    const column = Math.min(x + width - 1, columnAt(recent, layout.axis, recent.toMs - back * MS_PER_SECOND))
    fillBox(frame, { x: column, y: layout.events.y, width: 1, height: y - layout.events.y + 3 }, THEME.line)
  }
  lettering.draw(frame, `${seconds} s ago`, { x, baseline: y + 16 }, SMALL, THEME.muted)
  lettering.draw(frame, 'now', { x: x + width, baseline: y + 16, align: 'right' }, SMALL, THEME.muted)
}

/** Draws the lower half. */
export const drawStrips = (frame: Frame, lettering: Lettering, layout: FilmLayout, scene: DoomScene): void => {
  const lanes = [layout.events, layout.answers, ...layout.heads, ...layout.groups]
  for (const box of lanes) fillBox(frame, box, THEME.panel)
  drawAxis(frame, lettering, layout, scene)
  drawLabel(frame, lettering, 'events', layout.events, THEME.ink)
  drawEvents(frame, lettering, layout.events, scene.recent)
  drawLabel(frame, lettering, 'feedback', layout.answers, THEME.ink)
  drawAnswers(frame, lettering, layout.answers, scene.recent)
  layout.heads.forEach((box, head) => {
    drawLabel(frame, lettering, scene.heads[head]?.name ?? '', box, THEME.ink)
    drawHead(frame, lettering, box, head, scene)
  })
  layout.groups.forEach((box, i) => {
    const group = scene.groups[i]
    if (group !== undefined) drawLabel(frame, lettering, group.label, box, group.colour)
  })
  drawRaster(frame, layout, scene)
  drawLegend(frame, lettering, layout.axis)
}
