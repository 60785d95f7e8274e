/** One frame of the film, from what it shows: a pure function. */
import { Picture, type Frame } from '../../../../env/index.js'
import { filmLayout } from './layout.js'
import type { Lettering } from './lettering.js'
import { drawPanels } from './panels.js'
import type { DoomScene } from './scene.js'
import { drawStrips } from './strips.js'
import { THEME } from './theme.js'

/** Screen, automap, score and rates above; events, answers, actions and the raster of the last seconds below. Opaque. */
export const drawDoomScene = (scene: DoomScene, lettering: Lettering): Frame => {
  const layout = filmLayout(scene.groups, scene.heads.length)
  const frame = new Picture(layout.width, layout.height, THEME.ground).frame()
  drawPanels(frame, lettering, layout, scene)
  drawStrips(frame, lettering, layout, scene)
  return frame
}
