/**
 * Figures as files. Vega and the fonts take most of a second to load and a worker thread never draws, so they are loaded by the first
 * figure, not with the room.
 */
import type { TopLevelSpec } from 'vega-lite'

/** What can be drawn: every figure of the room `figures` is one. */
export interface Drawable {
  /** Vega-Lite specification with its data inside. */
  readonly spec: TopLevelSpec
}

/**
 * The figure as the text of an SVG file.
 * @throws Error from Vega when the specification is not valid Vega-Lite
 */
export const drawSvg = async (figure: Drawable): Promise<string> => {
  const { renderSvg } = await import('./figureRenderer.js')
  return renderSvg(figure)
}

/**
 * The figure as the bytes of a PNG file.
 * @param options - `scale`: pixels of the picture per px of the figure, default 2 (about 230 dpi on a 17 cm column)
 */
export const drawPng = async (figure: Drawable, { scale = 2 }: { scale?: number } = {}): Promise<Uint8Array> => {
  const { renderPng } = await import('./figureRenderer.js')
  return renderPng(figure, scale)
}
