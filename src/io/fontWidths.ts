/**
 * How wide text is in a TrueType font. Vega lays out titles, legends and axes by text width; without a canvas it guesses 0.8 em a letter,
 * a third too much, which cuts words off and leaves holes.
 *
 * Reads the tables `head`, `hhea`, `hmtx` and `cmap` (format 4) as the OpenType specification 1.9 lays them out.
 */
import { readFileSync } from 'node:fs'
import { Bl1Error } from '../errors.js'

/** Width of a text in em, that is in units of the font size; kerning is left out. */
export type TextWidth = (text: string) => number

/**
 * @param file - path of a TrueType font with a Unicode character map of format 4
 * @throws Bl1Error `io/font` when the file lacks one of these tables
 */
export const fontWidths = (file: string): TextWidth => {
  const bytes = readFileSync(file)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tables = new Map<string, number>()
  for (let i = 0; i < view.getUint16(4); i++) {
    const record = 12 + 16 * i
    tables.set(bytes.toString('latin1', record, record + 4), view.getUint32(record + 8))
  }
  const table = (name: string): number => {
    const offset = tables.get(name)
    if (offset === undefined) throw new Bl1Error('io/font', { file, missing: `table '${name}'` })
    return offset
  }
  const unitsPerEm = view.getUint16(table('head') + 18)
  const lastMetric = view.getUint16(table('hhea') + 34) - 1
  const metrics = table('hmtx')
  const glyphOf = characterMap(view, table('cmap'), file)
  const advances = new Map<number, number>()
  const advance = (codePoint: number): number => {
    const known = advances.get(codePoint)
    if (known !== undefined) return known
    const units = view.getUint16(metrics + 4 * Math.min(glyphOf(codePoint), lastMetric))
    advances.set(codePoint, units / unitsPerEm)
    return units / unitsPerEm
  }
  return (text) => {
    let width = 0
    for (const letter of text) width += advance(letter.codePointAt(0) ?? 0)
    return width
  }
}

// Format 4: segments of code points, each with an end, a start, a delta, and an offset into the glyph list (0: glyph = code + delta).
const characterMap = (view: DataView, cmap: number, file: string): ((codePoint: number) => number) => {
  const subtables = Array.from({ length: view.getUint16(cmap + 2) }, (_, i) => cmap + view.getUint32(cmap + 4 + 8 * i + 4))
  const map = subtables.find((offset) => view.getUint16(offset) === 4)
  if (map === undefined) throw new Bl1Error('io/font', { file, missing: 'character map of format 4' })
  const doubledCount = view.getUint16(map + 6)
  const ends = map + 14
  const starts = ends + doubledCount + 2
  const deltas = starts + doubledCount
  const offsets = deltas + doubledCount
  return (codePoint) => {
    for (let segment = 0; segment < doubledCount; segment += 2) {
      if (view.getUint16(ends + segment) < codePoint) continue
      const start = view.getUint16(starts + segment)
      if (start > codePoint) return 0
      const delta = view.getUint16(deltas + segment)
      const offset = view.getUint16(offsets + segment)
      if (offset === 0) return (codePoint + delta) & 0xffff
      const glyph = view.getUint16(offsets + segment + offset + 2 * (codePoint - start))
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff
    }
    return 0
  }
}
