/** Writes what a comparison leaves: report, figures, results, episodes, resolved config, provenance. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import {
  conditionTable,
  contrastTable,
  glossaryTable,
  openingParagraph,
  playTable,
  reportHtml,
  type ReportSetting,
  type Summary,
  type TrialResult,
} from '../../bench/index.js'
import { drawPng, drawSvg, writeAtomically, type Provenance, type ResolvedConfig } from '../../io/index.js'
import { MS_PER_SECOND } from '../../units.js'
import { throwIfInterrupted } from '../context.js'
import type { Experiment } from '../experiment.js'
import { comparisonFigures } from './figures.js'

/** What a finished comparison consists of. */
export interface Comparison {
  readonly resolved: ResolvedConfig<Experiment>
  readonly results: readonly TrialResult[]
  readonly summary: Summary
  readonly provenance: Provenance
}

/** What the wording needs to know of the experiment. */
export const settingOf = (experiment: Experiment): ReportSetting => ({
  protocol: experiment.protocol,
  neurons: experiment.culture.neurons,
  isPlastic: experiment.culture.stdp.enabled || experiment.culture.homeostasis.enabled,
})

/** One row a rally, in order: an unfinished last one has `complete` 0. */
const episodesCsv = (results: readonly TrialResult[]): string => {
  const rows = ['condition,seed,up_down_exchanged,rally,end_s,hits,complete']
  for (const { condition, seed, exchanged, encounters, durationMs } of results) {
    let rally = 0
    let hits = 0
    const row = (endMs: number, complete: 0 | 1): number =>
      rows.push([condition, seed, exchanged ? 1 : 0, ++rally, (endMs / MS_PER_SECOND).toFixed(2), hits, complete].join(','))
    for (const { hit, timeMs } of encounters) {
      if (hit) {
        hits++
        continue
      }
      row(timeMs, 1)
      hits = 0
    }
    if (hits > 0) row(durationMs, 0)
  }
  return `${rows.join('\n')}\n`
}

const provenanceLines = (provenance: Provenance): string[] => [
  `bl1 ${provenance.packageVersion}, git ${provenance.gitHash ?? 'unknown'}${provenance.gitDirty === true ? ' (changed since)' : ''}, node ${provenance.nodeVersion}`,
  `${provenance.cpu}, ${provenance.cores} cores, ${provenance.memoryGiB} GiB, ${provenance.os}`,
  `started ${provenance.startedAt}`,
  Object.entries(provenance.dependencies).map(([name, version]) => `${name} ${version ?? 'not installed'}`).join(', '),
]

/** The document behind `results.json` and `--json`. */
export const resultsDocument = ({ resolved, results, summary, provenance }: Comparison) => ({
  title: resolved.config.title,
  paragraph: openingParagraph(summary, settingOf(resolved.config)),
  summary,
  provenance,
  config: resolved.config,
  origins: resolved.origins,
  trials: results,
})

/** Writes everything into the folder of the run. @throws Bl1Error `run/interrupted`, `run/write-failed` */
export const writeComparison = async (folder: string, comparison: Comparison, signal: AbortSignal): Promise<void> => {
  const { resolved, results, summary, provenance } = comparison
  const experiment = resolved.config
  const figures = comparisonFigures(results, summary, experiment)
  mkdirSync(join(folder, 'figures'), { recursive: true })
  const drawn = []
  for (const { figure, caption } of figures) {
    throwIfInterrupted(signal, 'drawing the figures')
    const svg = await drawSvg(figure)
    writeAtomically(join(folder, 'figures', `${figure.name}.svg`), svg)
    writeAtomically(join(folder, 'figures', `${figure.name}.png`), await drawPng(figure))
    drawn.push({ title: figure.title, svg, altText: figure.altText, caption })
  }
  const config = stringify(experiment)
  const html = reportHtml({
    title: experiment.title,
    paragraphs: [openingParagraph(summary, settingOf(experiment))],
    tables: [conditionTable(summary)],
    figures: drawn,
    furtherTables: [contrastTable(summary), playTable(summary), glossaryTable(summary)],
    details: [
      { heading: 'Made with', lines: provenanceLines(provenance) },
      { heading: 'Seeds', lines: [`Cultures ${[...new Set(results.map(({ seed }) => seed))].join(', ')}; every stream of randomness is derived from these.`] },
      { heading: 'Resolved config', preformatted: config },
    ],
  })
  writeAtomically(join(folder, 'config.yaml'), config)
  writeAtomically(join(folder, 'provenance.json'), `${JSON.stringify(provenance, null, 2)}\n`)
  writeAtomically(join(folder, 'episodes.csv'), episodesCsv(results))
  writeAtomically(join(folder, 'report.html'), html)
  writeAtomically(join(folder, 'results.json'), `${JSON.stringify(resultsDocument(comparison))}\n`)
}
