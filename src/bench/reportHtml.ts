/**
 * The report as one HTML file that needs nothing else: no script, no outside resource, figures inside. Everything it is given is text and
 * is escaped; figures must be plain drawings.
 */
import { inlineSvg } from './inlineSvg.js'
import { REPORT_STYLE } from './reportStyle.js'

/** A table of the report. */
export interface ReportTable {
  readonly caption: string
  readonly columns: readonly string[]
  /** One array a row, one cell a column; the first cell names the row. */
  readonly rows: readonly (readonly (string | number)[])[]
  /** What a reader must know to read it right. */
  readonly note?: string
}

/** A figure of the report. */
export interface ReportFigure {
  readonly title: string
  /** The text of the SVG, as `drawSvg` returns it. */
  readonly svg: string
  /** What it shows, for those who cannot see it. */
  readonly altText: string
  readonly caption: string
}

/** A section at the end: a list, or text kept as it stands (a configuration). */
export type ReportDetail =
  | { readonly heading: string; readonly lines: readonly string[] }
  | { readonly heading: string; readonly preformatted: string }

/** What {@link reportHtml} sets. */
export interface Report {
  readonly title: string
  /** The first is set larger: what a careful reader would say. */
  readonly paragraphs: readonly string[]
  readonly tables: readonly ReportTable[]
  readonly figures: readonly ReportFigure[]
  /** Tables for the second look, after the figures. */
  readonly furtherTables?: readonly ReportTable[]
  readonly details: readonly ReportDetail[]
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string | number): string => String(text).replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? '')

// Numbers, with sign, interval or unit behind them, and what stands for a missing one stand right-aligned under each other.
const startsAsNumber = (cell: string | number): boolean =>
  typeof cell === 'number' || /^([-−+<>=±~≤≥]\s?)?[\d.]|^([-−–]|n\/a)?$/.test(cell.trim())

const tableHtml = ({ caption, columns, rows, note }: ReportTable): string => {
  const classOf = columns.map((_, column) =>
    column > 0 && rows.length > 0 && rows.every((row) => startsAsNumber(row[column] ?? '')) ? ' class="number"' : '',
  )
  const head = columns.map((name, column) => `<th scope="col"${classOf[column] ?? ''}>${escape(name)}</th>`).join('')
  const body = rows.map((row) => {
    const cells = row.map((cell, column) =>
      column === 0 ? `<th scope="row">${escape(cell)}</th>` : `<td${classOf[column] ?? ''}>${escape(cell)}</td>`,
    )
    return `<tr>${cells.join('')}</tr>`
  })
  const below = note === undefined ? '' : `<p class="note">${escape(note)}</p>`
  return (
    `<div class="wide"><table><caption>${escape(caption)}</caption>\n<thead><tr>${head}</tr></thead>\n` +
    `<tbody>\n${body.join('\n')}\n</tbody></table>${below}</div>`
  )
}

const figureHtml = ({ title, svg, altText, caption }: ReportFigure, index: number): string =>
  `<figure><div class="picture" role="img" aria-label="${escape(altText)}">${inlineSvg(svg, `figure${index + 1}-`, title)}</div>\n` +
  `<figcaption><strong>Figure ${index + 1}. ${escape(title)}.</strong> ${escape(caption)}</figcaption></figure>`

const detailHtml = (detail: ReportDetail): string => {
  const content =
    'lines' in detail
      ? `<ul>\n${detail.lines.map((line) => `<li>${escape(line)}</li>`).join('\n')}\n</ul>`
      : `<pre tabindex="0">${escape(detail.preformatted)}</pre>`
  return `<section><h2>${escape(detail.heading)}</h2>\n${content}</section>`
}

/**
 * The report as the text of an HTML file: title, paragraphs, tables, figures, further tables, then the details. It follows the reader's light or dark
 * setting and prints. A content security policy inside forbids scripts and outside resources whatever the text holds.
 * @throws Bl1Error `report/svg` when a figure is more than a drawing
 */
export const reportHtml = ({ title, paragraphs, tables, figures, furtherTables = [], details }: Report): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escape(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<h1>${escape(title)}</h1>
${[
  ...paragraphs.map((paragraph) => `<p>${escape(paragraph)}</p>`),
  ...tables.map(tableHtml),
  ...(figures.length === 0 ? [] : ['<h2>Figures</h2>', ...figures.map(figureHtml)]),
  ...(furtherTables.length === 0 ? [] : ['<h2>In detail</h2>', ...furtherTables.map(tableHtml)]),
  ...details.map(detailHtml),
].join('\n')}
</main>
</body>
</html>
`
