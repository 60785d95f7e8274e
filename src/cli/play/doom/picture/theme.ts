/** Colours of the film: the figures' colours, lightened for the dark ground that the games are drawn on. Position and words say it too. */
import type { Color } from '../../../../env/index.js'
import { COLOURS } from '../../../../figures/theme.js'
import { colourOf } from './drawing.js'

/** The ground, what lies on it, and the colour of each role. */
export const THEME = {
  ground: [18, 22, 33],
  panel: [27, 32, 47],
  line: [48, 55, 76],
  ink: [232, 235, 243],
  muted: [148, 156, 178],
  encoding: colourOf(COLOURS.mainFill),
  stimulation: colourOf(COLOURS.stimulation),
  move: [64, 200, 152],
  strafe: [240, 228, 92],
  turn: [222, 144, 192],
  attack: [255, 120, 72],
  predictable: [64, 200, 152],
  unpredictable: [255, 120, 72],
  silent: [110, 118, 142],
  other: [128, 136, 160],
} as const satisfies Readonly<Record<string, Color>>
