/** Writes what an exploration leaves: everything as JSON, a ranking to read, and a config for every setting. */
import { join } from 'node:path'
import { stringify } from 'yaml'
import { counted, showNumber, showRanges, type HalvedSetting, type PlayedCulture, type Rung, type Score } from '../../bench/index.js'
import { makeFolder, writeAtomically, type Provenance, type ResolvedConfig, type ResultStore } from '../../io/index.js'
import type { Experiment } from '../experiment.js'
import { EXPLORATION_FILE, RANKING_FILE, SETTINGS_FOLDER } from './names.js'
import type { ExplorationPlan, PlannedSetting } from './plan.js'
import { storedScore } from './run.js'
import { keyOf, type RungResult } from './store.js'

/** A finished exploration. */
export interface Exploration {
  readonly plan: ExplorationPlan
  readonly resolved: ResolvedConfig<Experiment>
  readonly ranked: readonly HalvedSetting<PlannedSetting>[]
  readonly store: ResultStore<RungResult>
  readonly provenance: Provenance
}

interface RungReport extends Score {
  readonly rung: number
  readonly cultures: readonly PlayedCulture[]
  readonly failure: string | null
}

/** A setting and what came of it. */
export interface SettingReport {
  readonly rank: number
  readonly id: string
  readonly values: PlannedSetting['values']
  /** The last rung that it played in, from 1. */
  readonly rungReached: number
  /** In that rung; null for none. */
  readonly score: number | null
  readonly rungs: readonly RungReport[]
}

const reportOf = ({ plan, store }: Exploration, { setting, scores, rank }: HalvedSetting<PlannedSetting>): SettingReport => {
  const played = (rung: Rung): RungReport[] => {
    const result = store.get(keyOf(rung.number, setting.id))
    const score = storedScore({ plan, store }, rung, setting)
    return result === undefined || score === undefined ? [] : [{ rung: rung.number, ...score, ...result }]
  }
  return { rank, id: setting.id, values: setting.values, rungReached: scores.length, score: scores.at(-1) ?? null, rungs: plan.rungs.slice(0, scores.length).flatMap(played) }
}

/** The settings, best first. */
export const settingReports = (exploration: Exploration): SettingReport[] =>
  exploration.ranked.map((one) => reportOf(exploration, one)).sort((a, b) => a.rank - b.rank)

/** The document behind `exploration.json` and `--json`. */
export const explorationDocument = (exploration: Exploration) => {
  const { plan: { space, rungs, seeds, settings }, resolved, provenance } = exploration
  return {
    title: resolved.config.title,
    space,
    rungs,
    settingsTried: settings.length,
    usedSeeds: [seeds],
    settings: settingReports(exploration),
    provenance,
    config: resolved.config,
    origins: resolved.origins,
  }
}

const DIGITS = 3

/** What a score is of. */
export const scoreWords = ({ search: { metric, against } }: ExplorationPlan['space']): string =>
  `mean of ${metric} under what is taught${against === null ? '' : ` minus that under ${against}`}`

/** The score with its spread and the cultures it is of, as a table shows it. */
export const showScore = ({ rungs }: SettingReport): string => {
  const last = rungs.at(-1)
  if (last === undefined) return 'not played'
  return last.failure ?? `${showNumber(last.mean, DIGITS)} (sd ${showNumber(last.sd, DIGITS)}, ${last.n} of ${counted(last.cultures.length, 'culture')})`
}

const ranking = (exploration: Exploration, reports: readonly SettingReport[]): string => {
  const { plan: { space, rungs, seeds }, resolved } = exploration
  const paths = Object.keys(reports[0]?.values ?? {})
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const shown = (value: unknown): string => JSON.stringify(value).replaceAll('|', '\\|')
  return [
    `# ${resolved.config.title}: ${counted(reports.length, 'setting')} tried`,
    '',
    `Score: ${scoreWords(space)}, in the last rung that a setting played in. Settings that came further stand first. The best of many looks`,
    'better than it is: only a confirmation on other seeds (`bl1 confirm settings/<id>.yaml`) says whether it holds.',
    '',
    ...rungs.map(({ number, settings, cultures, minutes, seeds: own }) => `* rung ${number}: ${counted(settings, 'setting')}, ${counted(cultures, 'culture')} each (seeds ${showRanges([own])}), ${minutes} min of play`),
    `* seeds used: ${showRanges([seeds])}`,
    '',
    row(['rank', 'setting', 'rung', 'score', ...paths]),
    row(['---:', '---', '---:', '---', ...paths.map(() => '---:')]),
    ...reports.map((report) => row([String(report.rank), report.id, String(report.rungReached), showScore(report), ...paths.map((path) => shown(report.values[path]))])),
    '',
  ].join('\n')
}

/** A config that any command reads, and where it came from. */
const settingFile = ({ id, rank, values, rungReached }: SettingReport, shownScore: string, experiment: Experiment): string => {
  const { settingsTried, usedSeeds } = experiment.protocol
  return [
    `# Setting ${id}. ${counted(settingsTried, 'setting')} tried on seeds ${showRanges(usedSeeds)}.`,
    `# Rank ${rank}, rung ${rungReached}, score ${shownScore}.`,
    ...Object.entries(values).map(([path, value]) => `#   ${path}: ${JSON.stringify(value)}`),
    '# On seeds that the search did not use: bl1 confirm <this file>',
    stringify(experiment),
  ].join('\n')
}

/** Writes everything into the folder of the exploration; what says that it is finished comes last. @throws Bl1Error `run/write-failed` */
export const writeExploration = (folder: string, exploration: Exploration): void => {
  const reports = settingReports(exploration)
  makeFolder(join(folder, SETTINGS_FOLDER))
  for (const { setting } of exploration.ranked) {
    const report = reports.find(({ id }) => id === setting.id)
    if (report === undefined) continue
    writeAtomically(join(folder, SETTINGS_FOLDER, `${setting.id}.yaml`), settingFile(report, showScore(report), setting.experiment))
  }
  writeAtomically(join(folder, RANKING_FILE), ranking(exploration, reports))
  writeAtomically(join(folder, EXPLORATION_FILE), `${JSON.stringify(explorationDocument(exploration))}\n`)
}
