/**
 * Text on frames: every letter of the package's own DejaVu Sans is drawn once, at four parts of a pixel, so that a line of a film costs
 * no font and looks the same on every machine.
 */
import { createRequire } from 'node:module'
import { Resvg } from '@resvg/resvg-js'
import type { Color, Frame } from '../../../../env/index.js'
import { fontWidths, type TextWidth } from '../../../../io/fontWidths.js'
import { blendPixel } from './drawing.js'

/** A size in pixels and a weight. */
export interface TextStyle {
  readonly size: number
  readonly bold?: boolean
}

/** Where a line of text stands. */
export interface TextPlace {
  /** The left end, the middle or the right end. */
  readonly x: number
  /** Foot of the letters. */
  readonly baseline: number
  /** @default 'left' */
  readonly align?: 'left' | 'middle' | 'right'
}

const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i))
const LETTERS = [...PRINTABLE, '·', '−', '×', '…', '←', '→', '↑', '↓', '↶', '↷', '●']
const UNKNOWN = '?'
/** Positions within a pixel at which each letter is drawn. */
const PHASES = 4
/** Room around a letter, in sizes: the widest of them is a little wider than one. */
const CELL = 1.5

interface Sheet {
  /** Coverage of all letters side by side, a row of cells a phase. */
  readonly mask: Uint8Array
  readonly width: number
  readonly cell: number
  readonly pad: number
  readonly ascent: number
}

const escaped = (letter: string): string => letter.replace('&', '&amp;').replace('<', '&lt;')

const { resolve } = createRequire(import.meta.url)
const fontFile = (isBold: boolean): string => resolve(`dejavu-fonts-ttf/ttf/DejaVuSans${isBold ? '-Bold' : ''}.ttf`)

const drawSheet = ({ size, bold = false }: TextStyle): Sheet => {
  const cell = Math.ceil(size * CELL)
  const pad = Math.ceil(size / 4)
  const ascent = Math.ceil(size * 1.1)
  const texts = Array.from({ length: PHASES }, (_, phase) =>
    LETTERS.map((letter, i) => `<text x="${i * cell + pad + phase / PHASES}" y="${phase * cell + ascent}">${escaped(letter)}</text>`).join(''),
  )
  const weight = bold ? ' font-weight="bold"' : ''
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${cell * LETTERS.length}" height="${cell * PHASES}"><g fill="white" font-family="DejaVu Sans" font-size="${size}"${weight}>${texts.join('')}</g></svg>`
  const { width, pixels } = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: [fontFile(bold)], defaultFontFamily: 'DejaVu Sans' } }).render()
  return { mask: Uint8Array.from({ length: pixels.length / 4 }, (_, i) => pixels[i * 4 + 3]), width, cell, pad, ascent }
}

const START = { left: 0, middle: 0.5, right: 1 } as const

/** Writes text into pictures. Every letter is drawn once, and copied from then on. */
export class Lettering {
  readonly #sheets = new Map<string, Sheet>()
  readonly #widths = new Map<boolean, TextWidth>()
  readonly #places = new Map(LETTERS.map((letter, i) => [letter, i] as const))

  /** Width of a text in pixels. */
  width(text: string, { size, bold = false }: TextStyle): number {
    const known = this.#widths.get(bold)
    const measure = known ?? fontWidths(fontFile(bold))
    if (known === undefined) this.#widths.set(bold, measure)
    return measure(text) * size
  }

  /** Draws one line; what lies outside the frame is cut off, and a letter that is not there is a question mark. */
  draw(frame: Frame, text: string, { x, baseline, align = 'left' }: TextPlace, style: TextStyle, colour: Color): void {
    const sheet = this.#sheet(style)
    let pen = x - START[align] * this.width(text, style)
    for (const letter of text) {
      const known = this.#places.has(letter) ? letter : UNKNOWN
      if (known !== ' ') this.#drawLetter(frame, sheet, this.#places.get(known) ?? 0, pen, baseline, colour)
      pen += this.width(known, style)
    }
  }

  #sheet(style: TextStyle): Sheet {
    const key = `${style.size}${style.bold === true ? ' bold' : ''}`
    const known = this.#sheets.get(key)
    if (known !== undefined) return known
    const sheet = drawSheet(style)
    this.#sheets.set(key, sheet)
    return sheet
  }

  #drawLetter(frame: Frame, { mask, width, cell, pad, ascent }: Sheet, letter: number, pen: number, baseline: number, colour: Color): void {
    const quarter = Math.round(pen * PHASES)
    const phase = ((quarter % PHASES) + PHASES) % PHASES
    const left = (quarter - phase) / PHASES - pad
    const top = baseline - ascent
    for (let row = Math.max(0, -top); row < Math.min(cell, frame.height - top); row++) {
      for (let column = Math.max(0, -left); column < Math.min(cell, frame.width - left); column++) {
        const covered = mask[(phase * cell + row) * width + letter * cell + column]
        if (covered > 0) blendPixel(frame, ((top + row) * frame.width + left + column) * 4, colour, covered / 255)
      }
    }
  }
}
