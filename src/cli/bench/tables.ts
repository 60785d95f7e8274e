/** The measurements as tables, for the terminal and for Markdown. */
import Table from 'cli-table3'
import type { RateRatio } from '../../bench/index.js'
import type { Provenance } from '../../io/index.js'
import type { CaseResult, SideResult, Versions } from './measureCase.js'

/** A table in words. */
export interface TextTable {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly note: string
}

const OWNERS = { bl1: 'BL-1', gymnasium: 'Gymnasium' } as const
/** A wrapper's case has its sides in this order, Gymnasium's where it was measured. */
const [WITH, WITHOUT] = [0, 1]

/** An empty cell. */
export const NONE = ''

/** Three significant digits, thousands separated. */
export const showNumber = (value: number): string => Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 6 })

/** A ratio with the smallest and the largest of a round; nothing for none. */
export const showRatio = (ratio: RateRatio | null): string => {
  if (ratio === null) return NONE
  return `${showNumber(ratio.median)} [${showNumber(ratio.low)}, ${showNumber(ratio.high)}]`
}

const sideRow = (side: SideResult): string[] => [
  `${OWNERS[side.owner]}: ${side.label}`,
  showNumber(side.perSecond),
  showNumber(side.nsEach),
  `${showNumber(side.spread * 100)} %`,
  showRatio(side.ratio),
  side.efficiency === null ? NONE : showNumber(side.efficiency),
  side.bytesPerStep === null ? NONE : String(side.bytesPerStep),
]

const HEAD = ['', 'steps/s', 'ns/step', 'spread', 'first row is x times as fast', 'efficiency', 'heap, bytes/step']

/** A table without the columns that are empty in every row. */
export const withoutEmptyColumns = ({ head, rows, ...rest }: TextTable): TextTable => {
  const kept = head.map((_, column) => column === 0 || rows.some((row) => row[column] !== NONE))
  const keep = (cells: readonly string[]): string[] => cells.filter((_, column) => kept[column])
  return { ...rest, head: keep(head), rows: rows.map(keep) }
}

const caseTable = ({ title, note, sides }: CaseResult): TextTable =>
  withoutEmptyColumns({ title, note, head: HEAD, rows: sides.map(sideRow) })

const addedNs = (sides: readonly SideResult[]): string => (sides.length < 2 ? NONE : showNumber(sides[WITH].nsEach - sides[WITHOUT].nsEach))

const wrappersTable = (cases: readonly CaseResult[]): TextTable =>
  withoutEmptyColumns({
    title: 'What each wrapper adds to a step',
    head: ['', 'BL-1, ns', 'Gymnasium, ns', 'BL-1, heap in bytes/step'],
    rows: cases.map(({ sides }) => [
      sides[WITH].label,
      addedNs(sides.filter(({ owner }) => owner === 'bl1')),
      addedNs(sides.filter(({ owner }) => owner === 'gymnasium')),
      sides[WITH].bytesPerStep === null ? NONE : String(sides[WITH].bytesPerStep),
    ]),
    note:
      'Around the environment that does nothing: median with the wrapper minus median without. The first wrapper also brings the layer that holds ' +
      'them all.',
  })

/** One table a case; the wrappers share one. */
export const tablesOf = (cases: readonly CaseResult[]): TextTable[] => {
  const wrappers = cases.filter(({ name }) => name.startsWith('wrapper-'))
  const others = cases.filter((one) => !wrappers.includes(one))
  return [...others.map(caseTable), ...(wrappers.length > 0 ? [wrappersTable(wrappers)] : [])]
}

/** For a terminal. */
export const terminalText = ({ title, head, rows, note }: TextTable): string => {
  const colAligns = head.map((_, column) => (column === 0 ? 'left' : 'right'))
  const table = new Table({ head: [...head], colAligns, style: { head: [], border: [] } })
  for (const row of rows) table.push([...row])
  return `${title}\n${table.toString()}\n${note}`
}

/** For a file. */
export const markdownText = ({ title, head, rows, note }: TextTable): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'))
  return [`## ${title}`, '', line(head), line(rule), ...rows.map(line), '', note].join('\n')
}

/** How to read all of them. */
export const READING =
  'Medians over rounds of equal work; all sides of a table took turns, each in a process of its own. Spread: fastest minus slowest round over the ' +
  'median. In brackets: the smallest and the largest ratio of a round.'

/** What a report was made with. */
export interface MadeWith {
  readonly provenance: Provenance
  readonly versions: Versions
  readonly command: string
}

/** A report as Markdown: its sections and what they were made with. */
export const reportText = (heading: string, sections: readonly string[], { provenance: made, versions, command }: MadeWith): string => {
  const programs = Object.entries({ bl1: made.packageVersion, ...versions }).map(([name, version]) => `${name} ${version}`)
  const madeWith = [
    `* \`${command}\`, started ${made.startedAt}`,
    `* ${programs.join(', ')}; git ${made.gitHash ?? 'unknown'}${made.gitDirty === true ? ' (changed since)' : ''}`,
    `* ${made.cpu}, ${made.cores} cores, ${made.memoryGiB} GiB, ${made.os}`,
  ]
  return `${[`# ${heading}`, ...sections, '## Made with', madeWith.join('\n')].join('\n\n')}\n`
}
