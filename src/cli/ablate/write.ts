/** Writes what ablations leave: report.html and report.md, the figure, and everything in numbers. */
import { join } from 'node:path'
import { stringify } from 'yaml'
import {
  ablationDetailTable,
  ablationGlossary,
  ablationParagraph,
  ablationSentence,
  ablationTable,
  agentTable,
  reportHtml,
  type AblationSummary,
  type Report,
  type Table,
} from '../../bench/index.js'
import { drawPng, drawSvg, writeAtomically, type Provenance } from '../../io/index.js'
import { markdownText, terminalText, withoutEmptyColumns, type TextTable } from '../bench/tables.js'
import { provenanceLines } from '../provenanceLines.js'
import { agentLine, type TrainedAgent } from '../trainedAgent.js'
import { figureOf } from './figure.js'
import type { AblateAnswer } from './protocol.js'

/** What came of it all. */
export interface Ablations {
  readonly agents: readonly TrainedAgent[]
  readonly runs: readonly AblateAnswer[]
  readonly summary: AblationSummary
  readonly provenance: Provenance
  /** Which held-out episodes. */
  readonly setting: { readonly episodes: number; readonly seed: number; readonly greedy: boolean; readonly retrainSteps: number | null }
}

const textTable = ({ caption, columns, rows, note = '' }: Table): TextTable => ({ title: caption, head: columns, rows, note })

/** The main table for the terminal, without columns that have nothing to show. */
export const terminalTable = (summary: AblationSummary): string => terminalText(withoutEmptyColumns(textTable(ablationTable(summary))))

/** The document behind `ablation.json` and `--json`. */
export const ablationDocument = ({ agents, runs, summary, provenance, setting }: Ablations) => ({
  title: agents[0].config.title,
  sentence: ablationSentence(summary),
  paragraph: ablationParagraph(summary),
  summary,
  setting,
  agents: agents.map(({ name, file, hash, steps, config: { seed } }) => ({ name, file, hash, steps, seed })),
  runs,
  config: agents[0].config,
  provenance,
})

const reportOf = (ablations: Ablations, svg: string): Report => {
  const { agents, summary, provenance, setting } = ablations
  const { title, altText } = figureOf(summary)
  const { episodes, seed, greedy } = setting
  return {
    title: `${agents[0].config.title}: what carries it`,
    paragraphs: [ablationParagraph(summary)],
    tables: [ablationTable(summary)],
    figures: [{ title, svg, altText, caption: 'Means of the held-out episodes, by the question that each row answers.' }],
    furtherTables: [ablationDetailTable(summary), ...(agents.length > 1 ? [agentTable(summary)] : []), ablationGlossary(summary)],
    details: [
      { heading: 'Agents', lines: agents.map(agentLine) },
      { heading: 'Episodes', lines: [`${episodes} held-out episodes of each agent (set ${seed}), ${greedy ? "each distribution's mode" : 'actions drawn'}; none was seen in training or validation`] },
      { heading: 'Made with', lines: provenanceLines(provenance) },
      { heading: 'Config of the first agent', preformatted: stringify(agents[0].config) },
    ],
  }
}

const reportMarkdown = ({ title, paragraphs, tables, figures, furtherTables = [], details }: Report, file: string): string => {
  const sections = [
    `# ${title}`,
    ...paragraphs,
    ...tables.map((table) => markdownText(textTable(stringTable(table)))),
    ...figures.map(({ altText }) => `![${altText}](${file})`),
    ...furtherTables.map((table) => markdownText(textTable(stringTable(table)))),
    ...details.map((detail) => `## ${detail.heading}\n\n${'lines' in detail ? detail.lines.map((line) => `* ${line}`).join('\n') : `\`\`\`yaml\n${detail.preformatted}\`\`\``}`),
  ]
  return `${sections.join('\n\n')}\n`
}

const stringTable = ({ caption, columns, rows, note = '' }: Report['tables'][number]): Table => ({ caption, columns, rows: rows.map((row) => row.map(String)), note })

/** Writes everything into the folder of the run. @throws Bl1Error `run/write-failed` */
export const writeAblations = async (folder: string, ablations: Ablations): Promise<void> => {
  const figure = figureOf(ablations.summary)
  const svg = await drawSvg(figure)
  const report = reportOf(ablations, svg)
  writeAtomically(join(folder, `${figure.name}.svg`), svg)
  writeAtomically(join(folder, `${figure.name}.png`), await drawPng(figure))
  writeAtomically(join(folder, 'report.html'), reportHtml(report))
  writeAtomically(join(folder, 'report.md'), reportMarkdown(report, `${figure.name}.svg`))
  writeAtomically(join(folder, 'provenance.json'), `${JSON.stringify(ablations.provenance, null, 2)}\n`)
  writeAtomically(join(folder, 'ablation.json'), `${JSON.stringify(ablationDocument(ablations))}\n`)
}
