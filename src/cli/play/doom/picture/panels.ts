/** The upper half of a frame: heading, screen, automap, score and rates. */
import type { Frame } from '../../../../env/index.js'
import { drawInto, fillBox, fitInto, strokeBox, type Box } from './drawing.js'
import { CAPTION_ABOVE, type FilmLayout } from './layout.js'
import type { Lettering, TextStyle } from './lettering.js'
import type { DoomScene, ShownRate, ShownValue } from './scene.js'
import { THEME } from './theme.js'

const HEADING: TextStyle = { size: 15, bold: true }
const TEXT: TextStyle = { size: 12 }
const CAPTION: TextStyle = { size: 11 }
const VALUE: TextStyle = { size: 18, bold: true }

const drawHeader = (frame: Frame, lettering: Lettering, { x, width }: Box, { heading, clock }: DoomScene): void => {
  lettering.draw(frame, heading, { x, baseline: 26 }, HEADING, THEME.ink)
  lettering.draw(frame, clock, { x: x + width, baseline: 26, align: 'right' }, TEXT, THEME.muted)
}

const caption = (frame: Frame, lettering: Lettering, text: string, { x, y }: Box): void =>
  lettering.draw(frame, text, { x, baseline: y - CAPTION_ABOVE }, CAPTION, THEME.muted)

const drawPicture = (frame: Frame, lettering: Lettering, picture: Frame | undefined, box: Box, missing: string): void => {
  fillBox(frame, box, THEME.panel)
  if (picture !== undefined) {
    drawInto(frame, picture, fitInto(picture, box))
    return
  }
  lettering.draw(frame, missing, { x: box.x + box.width / 2, baseline: box.y + box.height / 2, align: 'middle' }, TEXT, THEME.muted)
}

const drawTile = (frame: Frame, lettering: Lettering, { label, value }: ShownValue, box: Box): void => {
  fillBox(frame, box, THEME.panel)
  lettering.draw(frame, label, { x: box.x + 10, baseline: box.y + 15 }, CAPTION, THEME.muted)
  lettering.draw(frame, value, { x: box.x + box.width - 10, baseline: box.y + 33, align: 'right' }, VALUE, THEME.ink)
}

const RATE_LABELS = 84
const RATE_NUMBERS = 52
/** A full bar is this many times the resting rate. */
const FULL_BAR = 4

const drawRate = (frame: Frame, lettering: Lettering, { label, rateHz, colour }: ShownRate, box: Box, restRateHz: number): void => {
  const baseline = box.y + Math.round(box.height / 2) + 4
  lettering.draw(frame, label, { x: box.x, baseline }, CAPTION, THEME.ink)
  const bar: Box = { x: box.x + RATE_LABELS, y: box.y + 2, width: box.width - RATE_LABELS - RATE_NUMBERS, height: box.height - 4 }
  fillBox(frame, bar, THEME.panel)
  const share = Math.min(1, Math.max(0, rateHz / (FULL_BAR * restRateHz)))
  fillBox(frame, { ...bar, width: Math.round(bar.width * share) }, colour)
  fillBox(frame, { x: bar.x + Math.round(bar.width / FULL_BAR), y: bar.y, width: 1, height: bar.height }, THEME.ink)
  lettering.draw(frame, `${rateHz.toFixed(0)} Hz`, { x: box.x + box.width, baseline, align: 'right' }, CAPTION, THEME.muted)
}

/** Draws the upper half. */
export const drawPanels = (frame: Frame, lettering: Lettering, layout: FilmLayout, scene: DoomScene): void => {
  drawHeader(frame, lettering, layout.header, scene)
  drawPicture(frame, lettering, scene.screen, layout.screen, 'no picture yet')
  caption(frame, lettering, 'automap', layout.automap)
  drawPicture(frame, lettering, scene.automap, layout.automap, 'no automap')
  strokeBox(frame, layout.automap, THEME.line)
  layout.tiles.forEach((box, i) => {
    const value = scene.score[i]
    if (value !== undefined) drawTile(frame, lettering, value, box)
  })
  caption(frame, lettering, `motor groups (line: at rest, ${scene.restRateHz} Hz)`, layout.rates)
  const height = Math.min(16, Math.floor(layout.rates.height / Math.max(1, scene.rates.length)))
  scene.rates.forEach((rate, i) => drawRate(frame, lettering, rate, { ...layout.rates, y: layout.rates.y + i * height, height }, scene.restRateHz))
}
