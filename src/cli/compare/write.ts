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
  teacherTables,
  type GameTypes,
  type ReportSetting,
  type Summary,
} from '../../bench/index.js'
import { drawPng, drawSvg, writeAtomically, type Provenance, type ResolvedConfig } from '../../io/index.js'
import { frozenLines, markOf, type FrozenSetting } from '../confirm/frozen.js'
import { throwIfInterrupted } from '../context.js'
import type { Experiment } from '../experiment.js'
import { provenanceLines } from '../provenanceLines.js'
import { agentLine, type TrainedAgent } from '../trainedAgent.js'
import type { Contest } from './contest.js'

/** The file that is written last: a comparison that left it is finished. */
export const DOCUMENT_FILE = 'results.json'

/** What a finished comparison consists of. */
export interface Comparison<G extends GameTypes> {
  readonly contest: Contest<G>
  readonly resolved: ResolvedConfig<Experiment>
  readonly results: readonly G['result'][]
  readonly summary: Summary<G>
  readonly provenance: Provenance
  /** Trained agents that play; none: fixed encoders and decoders. */
  readonly agents: readonly TrainedAgent[]
  /** What was written down before it ran; left out: nothing. */
  readonly frozen?: FrozenSetting
}

/** What the wording needs to know of the experiment. */
export const settingOf = ({ resolved: { config: experiment }, agents, frozen }: Pick<Comparison<GameTypes>, 'resolved' | 'agents' | 'frozen'>): ReportSetting => ({
  protocol: experiment.protocol,
  neurons: experiment.culture.neurons,
  isPlastic: experiment.culture.stdp.enabled || experiment.culture.homeostasis.enabled,
  agents: agents.map(({ name, hash }) => `${name} (${hash})`),
  ...(frozen === undefined ? {} : { frozen: markOf(frozen) }),
})

/** The document behind `results.json` and `--json`. */
export const resultsDocument = <G extends GameTypes>(comparison: Comparison<G>) => {
  const { contest, resolved, results, summary, provenance, agents, frozen } = comparison
  return {
    title: resolved.config.title,
    paragraph: openingParagraph(contest.task, summary, settingOf(comparison)),
    ...(frozen === undefined ? {} : { frozen: markOf(frozen) }),
    agents: agents.map(({ name, file, hash, steps }) => ({ name, file, hash, steps })),
    summary,
    provenance,
    config: resolved.config,
    origins: resolved.origins,
    trials: results,
  }
}

/** Writes everything into the folder of the run. @throws Bl1Error `run/interrupted`, `run/write-failed` */
export const writeComparison = async <G extends GameTypes>(folder: string, comparison: Comparison<G>, signal: AbortSignal): Promise<void> => {
  const { contest, resolved, results, summary, provenance, agents, frozen } = comparison
  const { task } = contest
  const experiment = resolved.config
  const figures = contest.figures(results, summary)
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
    paragraphs: [openingParagraph(task, summary, settingOf(comparison))],
    tables: [conditionTable(task, summary)],
    figures: drawn,
    furtherTables: [contrastTable(task, summary), ...teacherTables(task, summary), playTable(task, summary), glossaryTable(task, summary)],
    details: [
      { heading: 'Made with', lines: provenanceLines(provenance) },
      ...(agents.length === 0 ? [] : [{ heading: 'Trained agents', lines: agents.map(agentLine) }]),
      { heading: 'Seeds', lines: [`Cultures ${[...new Set(results.map(({ seed }) => seed))].join(', ')}; every stream of randomness is derived from these.`] },
      ...(frozen === undefined ? [] : [{ heading: 'Frozen before it ran', lines: frozenLines(frozen) }]),
      { heading: 'Resolved config', preformatted: config },
    ],
  })
  writeAtomically(join(folder, 'config.yaml'), config)
  writeAtomically(join(folder, 'provenance.json'), `${JSON.stringify(provenance, null, 2)}\n`)
  writeAtomically(join(folder, 'episodes.csv'), `${[contest.episodesHead, ...results.flatMap(contest.episodeRows)].join('\n')}\n`)
  writeAtomically(join(folder, 'report.html'), html)
  writeAtomically(join(folder, DOCUMENT_FILE), `${JSON.stringify(resultsDocument(comparison))}\n`)
}
