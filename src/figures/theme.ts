/**
 * The look all figures share: font, sizes for print (800 px on a 17 cm column makes 13 px about 8 pt), and colours told apart by the
 * colour-blind. Meaning never hangs on colour alone: shape, dash or position says it too.
 *
 * Colours: M. Okabe and K. Ito, "Color Universal Design", 2008.
 */
import type { Config } from 'vega-lite'

/** Width of a figure's plotting area, in px; with axes about 800 px. */
export const PLOT_WIDTH = 700

/** Font of all text. Verdana has nearly the same widths where DejaVu Sans is missing. */
export const FONT = 'DejaVu Sans, Verdana, sans-serif'

/** Colours by meaning. */
export const COLOURS = {
  excitatory: '#0072B2',
  inhibitory: '#D55E00',
  hit: '#009E73',
  miss: '#000000',
  stimulation: '#E69F00',
  stimulationShade: '#f8e2ba',
  burst: '#5f5f5f',
  burstShade: '#d2d2d2',
  main: '#0072B2',
  mainDark: '#004a75',
  mainFill: '#56B4E9',
  accent: '#D55E00',
  ink: '#222222',
  muted: '#bdbdbd',
} as const

/** SVG path of an x inside the square from -1 to 1, filled. */
export const CROSS_SHAPE = 'M-1,-0.65L-0.65,-1L0,-0.35L0.65,-1L1,-0.65L0.35,0L1,0.65L0.65,1L0,0.35L-0.65,1L-1,0.65L-0.35,0Z'

const config: Config = {
  font: FONT,
  aria: false,
  view: { stroke: '#666666', strokeWidth: 1 },
  axis: {
    labelFontSize: 12, titleFontSize: 13, titleFontWeight: 'normal', titlePadding: 8, labelColor: COLOURS.ink, titleColor: COLOURS.ink,
    gridColor: '#e6e6e6', tickColor: '#666666', domainColor: '#666666', labelLimit: 0, titleLimit: 0,
  },
  legend: {
    labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal', labelColor: COLOURS.ink, titleColor: COLOURS.ink,
    symbolSize: 90, symbolStrokeWidth: 1.5, labelLimit: 0, titleLimit: 0, columnPadding: 18,
  },
  title: {
    fontSize: 15, fontWeight: 'bold', anchor: 'start', color: COLOURS.ink, offset: 10,
    subtitleFontSize: 12, subtitleColor: '#444444', subtitlePadding: 5, limit: 0,
  },
  text: { font: FONT, fontSize: 12, color: COLOURS.ink },
  concat: { spacing: 14 },
}

/** The top level of every figure: white ground, heading, an optional line on how to read it, and the shared look. */
export const themed = (title: string, subtitle: string | readonly string[] = []) => {
  const lines = typeof subtitle === 'string' ? [subtitle] : [...subtitle]
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 12,
    title: lines.length === 0 ? { text: title } : { text: title, subtitle: lines },
    config,
  }
}

/** How bars are filled. */
export const BAR_MARK = { color: COLOURS.mainFill, stroke: COLOURS.main, strokeWidth: 1 } as const

/** A sentence in the middle of an otherwise empty plotting area of that size. */
export const emptyNote = (text: string, width: number, height: number) => ({
  data: { values: [{ text }] },
  mark: { type: 'text' as const, fontSize: 14, fontStyle: 'italic' as const },
  encoding: { text: { field: 'text', type: 'nominal' as const }, x: { value: width / 2 }, y: { value: height / 2 } },
})

/** A whole panel that only says why it is empty. */
export const emptyPanel = (text: string, width: number, height: number) => ({ width, height, layer: [emptyNote(text, width, height)] })

/** A number for people: three significant digits without an exponent where that stays short. */
export const readable = (value: number): string => {
  if (!Number.isFinite(value)) return 'not known'
  const rounded = Number(value.toPrecision(3))
  return rounded !== 0 && (Math.abs(rounded) >= 1e6 || Math.abs(rounded) < 1e-3) ? rounded.toExponential(1) : String(rounded)
}
