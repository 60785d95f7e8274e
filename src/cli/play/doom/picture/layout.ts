/** Where everything stands on a frame of the film. The height follows from the number of heads; the rest is fixed. */
import type { Box } from './drawing.js'
import type { RasterGroup } from './rows.js'

const MARGIN = 16
const GAP = 12
const HEADER = 40
const SCREEN = { width: 640, height: 480 } as const
const SIDE_WIDTH = 272
const CAPTION = 18
const AUTOMAP_HEIGHT = 190
const TILE = { height: 42, gap: 6, columns: 2, rows: 3 } as const
const LABELS = 92
const LANE = 18
/** Of events and of answers, which come side by side. */
const DOUBLE_LANE = 32
const LANE_GAP = 3
const ROW = 3
const GROUP_GAP = 4
const AXIS = 22

/** Width of every frame. */
export const FILM_WIDTH = 2 * MARGIN + SCREEN.width + GAP + SIDE_WIDTH + 4

/** The boxes of a frame. */
export interface FilmLayout {
  readonly width: number
  readonly height: number
  readonly header: Box
  readonly screen: Box
  readonly automap: Box
  readonly tiles: readonly Box[]
  readonly rates: Box
  readonly events: Box
  readonly answers: Box
  readonly heads: readonly Box[]
  /** One for each group, as high as its rows. */
  readonly groups: readonly Box[]
  readonly axis: Box
}

/** Height of one electrode in the raster, pixels. */
export const ROW_HEIGHT = ROW
/** A caption stands this far above its box. */
export const CAPTION_ABOVE = 6

/** The boxes for these groups and this many heads. */
export const filmLayout = (groups: readonly RasterGroup[], headCount: number): FilmLayout => {
  const screen: Box = { x: MARGIN, y: HEADER, ...SCREEN }
  const sideX = MARGIN + SCREEN.width + GAP + 4
  const automap: Box = { x: sideX, y: HEADER + CAPTION, width: SIDE_WIDTH, height: AUTOMAP_HEIGHT }
  const tileWidth = (SIDE_WIDTH - TILE.gap * (TILE.columns - 1)) / TILE.columns
  const tilesY = automap.y + automap.height + GAP
  const tiles = Array.from({ length: TILE.columns * TILE.rows }, (_, i): Box => ({
    x: sideX + (i % TILE.columns) * (tileWidth + TILE.gap),
    y: tilesY + Math.floor(i / TILE.columns) * (TILE.height + TILE.gap),
    width: tileWidth,
    height: TILE.height,
  }))
  const ratesY = tilesY + TILE.rows * (TILE.height + TILE.gap) + GAP + CAPTION - TILE.gap
  const rates: Box = { x: sideX, y: ratesY, width: SIDE_WIDTH, height: screen.y + screen.height - ratesY }

  const x = MARGIN + LABELS
  const width = FILM_WIDTH - MARGIN - x
  let y = screen.y + screen.height + GAP
  const below = (height: number, gap: number): Box => {
    const box = { x, y, width, height }
    y += height + gap
    return box
  }
  const events = below(DOUBLE_LANE, LANE_GAP)
  const answers = below(DOUBLE_LANE, LANE_GAP)
  const heads = Array.from({ length: headCount }, () => below(LANE, LANE_GAP))
  y += GROUP_GAP
  const rows = groups.map(({ channels }) => below(channels.length * ROW, GROUP_GAP))
  const axis = below(AXIS, 0)
  return {
    width: FILM_WIDTH, height: 2 * Math.ceil((y + 4) / 2), header: { x: MARGIN, y: 0, width: FILM_WIDTH - 2 * MARGIN, height: HEADER },
    screen, automap, tiles, rates, events, answers, heads, groups: rows, axis,
  }
}
