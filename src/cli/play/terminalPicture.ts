/** A picture as text: half a character a pixel where the terminal has colours, shades of grey where it has none. */
import type { Frame } from '../../env/index.js'
import { drawInto } from './doom/picture/drawing.js'

/** Bits of colour of a terminal, as `getColorDepth` tells: 1 none, 4 sixteen, 8 the 256 of xterm, 24 all. */
export type ColorDepth = number

const RESET = '\u001b[0m'
/** From dark to light. */
const SHADES = [' ', '░', '▒', '▓', '█'] as const

/** Of the 6 x 6 x 6 colours of xterm, or the nearest of its greys. */
const xtermColour = (red: number, green: number, blue: number): number => {
  const isGrey = Math.max(red, green, blue) - Math.min(red, green, blue) < 12
  if (isGrey) return 232 + Math.min(23, Math.floor((red + green + blue) / 3 / 10.7))
  const level = (value: number): number => Math.round((value / 255) * 5)
  return 16 + 36 * level(red) + 6 * level(green) + level(blue)
}

const codeOf = ({ data }: Frame, at: number, depth: ColorDepth): string =>
  depth >= 24 ? `2;${data[at]};${data[at + 1]};${data[at + 2]}` : `5;${xtermColour(data[at], data[at + 1], data[at + 2])}`

const colouredLine = (picture: Frame, row: number, depth: ColorDepth): string => {
  let [line, last] = ['', '']
  for (let x = 0; x < picture.width; x++) {
    const at = (2 * row * picture.width + x) * 4
    const code = `\u001b[38;${codeOf(picture, at, depth)};48;${codeOf(picture, at + picture.width * 4, depth)}m`
    line += code === last ? '▀' : `${code}▀`
    last = code
  }
  return line + RESET
}

const shadedLine = ({ data, width }: Frame, row: number): string => {
  let line = ''
  for (let x = 0; x < width; x++) {
    let light = 0
    for (let y = 2 * row; y < 2 * row + 2; y++) {
      const at = (y * width + x) * 4
      light += 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2]
    }
    // Games are dark: the square root lightens them for the five shades.
    line += SHADES[Math.min(SHADES.length - 1, Math.floor(Math.sqrt(light / 510) * SHADES.length))]
  }
  return line
}

/** Lines of text that show a picture, each `columns` characters wide and two pixels high. */
export const pictureLines = (picture: Frame, columns: number, rows: number, depth: ColorDepth): string[] => {
  const small: Frame = { width: columns, height: 2 * rows, data: new Uint8ClampedArray(columns * 2 * rows * 4) }
  drawInto(small, picture, { x: 0, y: 0, width: small.width, height: small.height })
  return Array.from({ length: rows }, (_, row) => (depth >= 8 ? colouredLine(small, row, depth) : shadedLine(small, row)))
}

/** The largest size of a picture in a part of a window; a character is twice as high as wide. */
export const pictureSize = ({ width, height }: Pick<Frame, 'width' | 'height'>, columns: number, rows: number) => {
  const fitting = Math.max(1, Math.min(columns, Math.floor((2 * rows * width) / height)))
  return { columns: fitting, rows: Math.max(1, Math.round((fitting * height) / width / 2)) }
}
