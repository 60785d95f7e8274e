/**
 * Draws figures outside a browser: SVG through Vega's headless view, PNG from that SVG through resvg, with the DejaVu Sans of the package
 * `dejavu-fonts-ttf`, so that a picture looks the same on every machine whatever fonts it has.
 */
import { createRequire } from 'node:module'
import { Resvg } from '@resvg/resvg-js'
import * as vega from 'vega'
import { compile } from 'vega-lite'
import type { Drawable } from './drawFigure.js'
import { fontWidths } from './fontWidths.js'

declare module 'vega' {
  /** How Vega measures text; exported, but missing from its type declarations. */
  export const textMetrics: {
    width: (item: { fontSize?: number; fontWeight?: string | number }, text: string | number | null | undefined) => number
  }
}

const { resolve } = createRequire(import.meta.url)
const [regular, bold, oblique] = ['', '-Bold', '-Oblique'].map((style) => resolve(`dejavu-fonts-ttf/ttf/DejaVuSans${style}.ttf`))

const widthOf = { regular: fontWidths(regular), bold: fontWidths(bold) }
vega.textMetrics.width = ({ fontSize = 11, fontWeight = 'normal' }, text) => {
  const isBold = fontWeight === 'bold' || Number(fontWeight) >= 600
  return fontSize * widthOf[isBold ? 'bold' : 'regular'](String(text ?? ''))
}

/** The figure as SVG text. */
export const renderSvg = async (figure: Drawable): Promise<string> => {
  const { spec } = compile(figure.spec, { logger: vega.logger(vega.Error) })
  const view = new vega.View(vega.parse(spec), { renderer: 'none', logLevel: vega.Error })
  try {
    return await view.toSVG()
  } finally {
    view.finalize()
  }
}

/** The figure as PNG bytes, `scale` pixels for each px. */
export const renderPng = async (figure: Drawable, scale: number): Promise<Uint8Array> => {
  const picture = new Resvg(await renderSvg(figure), {
    font: { loadSystemFonts: false, fontFiles: [regular, bold, oblique], defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' },
    fitTo: { mode: 'zoom', value: scale },
  })
  return picture.render().asPng()
}
