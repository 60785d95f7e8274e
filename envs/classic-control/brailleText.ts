/**
 * A picture as text: every character is a braille sign, whose two columns of four dots are eight pixels. A terminal shows it with four
 * times the height and twice the width of ordinary characters, enough to see a pole's angle.
 */
import type { Frame } from '../../src/env/index.js'

/** The first of the 256 signs of Unicode's braille block; bit i raises dot i + 1. */
const BLANK = 0x2800
/** The bit of each dot: rows from the top, left then right (Unicode numbers the dots 1 2 3 7 down the left, 4 5 6 8 down the right). */
const BITS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const
/** A pixel is a dot where it is darker than this, 0 to 255: the pale fillings of a picture are left out. */
const DARK = 200

const isDark = ({ width, data }: Frame, x: number, y: number): boolean => {
  const at = (y * width + x) * 4
  return (data[at] + data[at + 1] + data[at + 2]) / 3 < DARK
}

/** Lines of `width / 2` characters, one every four rows of pixels. The background of the picture is pale. */
export const brailleText = (frame: Frame): string => {
  const lines: string[] = []
  for (let top = 0; top + 4 <= frame.height; top += 4) {
    let line = ''
    for (let left = 0; left + 2 <= frame.width; left += 2) {
      let bits = 0
      for (let row = 0; row < 4; row++) {
        for (let column = 0; column < 2; column++) if (isDark(frame, left + column, top + row)) bits |= BITS[row][column]
      }
      line += bits === 0 ? ' ' : String.fromCharCode(BLANK + bits)
    }
    lines.push(line)
  }
  return lines.join('\n')
}
