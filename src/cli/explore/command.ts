/** What `bl1 explore` does. */
import { join } from 'node:path'
import Table from 'cli-table3'
import { counted, type GameTypes } from '../../bench/index.js'
import { loadConfig, provenance, type ResolvedConfig } from '../../io/index.js'
import { withContest, type Contest } from '../compare/contest.js'
import { throwIfInterrupted } from '../context.js'
import { experimentSchema, type Experiment } from '../experiment.js'
import { requireMemory } from '../memory.js'
import { runFolderFor } from '../runFolderFor.js'
import { wrapText } from '../wrapText.js'
import { RANKING_FILE, SETTINGS_FOLDER } from './names.js'
import { planExploration, type ExplorationPlan } from './plan.js'
import { settingPool, type SettingExecutors } from './pool.js'
import { checkScore, readSpace } from './readSpace.js'
import { lanesOf, runExploration, startExploreDisplay } from './run.js'
import { openStore } from './store.js'
import { explorationDocument, scoreWords, settingReports, showScore, writeExploration, type Exploration } from './write.js'

/** Options of `bl1 explore`. */
export interface ExploreFlags {
  readonly space: string
  readonly jobs: number
  readonly out?: string
  readonly resume?: string
  readonly json?: boolean
}

/** Where the work is done: worker threads, unless told otherwise. */
export type StartExecutors = <G extends GameTypes>(contest: Contest<G>, jobs: number, signal: AbortSignal) => SettingExecutors<G>

const inThreads: StartExecutors = ({ stage, stopLimitMs }, jobs, signal) => settingPool(stage, jobs, { signal, stopLimitMs })

const NO_SCORE = 'No setting has a score: give them more time (search.minutes, protocol.probeMinutes).'
/** Settings of the table in the terminal. */
const SHOWN = 10

const terminalText = (folder: string, exploration: Exploration): string => {
  const { plan: { space, settings }, resolved } = exploration
  const reports = settingReports(exploration)
  const table = new Table({ head: ['rank', 'setting', 'rung', 'score', 'values'], style: { head: [], border: [] } })
  for (const report of reports.slice(0, SHOWN)) {
    const values = Object.entries(report.values).map(([path, value]) => `${path} ${JSON.stringify(value)}`)
    table.push([report.rank, report.id, report.rungReached, showScore(report), values.join('\n')])
  }
  const said = `${counted(settings.length, 'setting')} tried. Score: ${scoreWords(space)}. The best of many looks better than it is: confirm it on other seeds.`
  const best = reports.find(({ score }) => score !== null)
  const next = best === undefined ? NO_SCORE : `Confirm: bl1 confirm ${join(folder, SETTINGS_FOLDER, `${best.id}.yaml`)}`
  return `\n${resolved.config.title}\n\n${wrapText(said)}\n\n${table.toString()}\n\nRanking: ${join(folder, RANKING_FILE)}\n${next}\n`
}

interface Asked {
  readonly file: string
  readonly flags: ExploreFlags
  readonly resolved: ResolvedConfig<Experiment>
  readonly plan: ExplorationPlan
  readonly signal: AbortSignal
  readonly start: StartExecutors
}

const exploreIn = async <G extends GameTypes>(contest: Contest<G>, { file, flags, resolved, plan, signal, start }: Asked): Promise<void> => {
  const { jobs, json = false, resume, space } = flags
  checkScore(space, plan.space.search, contest.task)
  await contest.check()
  throwIfInterrupted(signal, 'the check of the game')
  const folder = runFolderFor('explore', flags, { config: resolved.config, space: plan.space })
  const made = provenance()
  const { packageVersion } = made
  const store = openStore(folder, { packageVersion, config: resolved.config, plan, mustExist: resume !== undefined })
  const display = startExploreDisplay(contest, { plan, store })
  if (store.dropped !== undefined) display.note(`Line ${store.dropped.line} of ${store.file} was ${store.dropped.reason}: that setting runs again.`)
  const executors = start(contest, jobs, signal)
  let ranked: Exploration['ranked']
  try {
    ranked = await runExploration({ contest, plan, folder, packageVersion, store, executors, jobs, display })
  } catch (error) {
    display.note(`What is finished is kept. Go on with: bl1 explore ${file} --space ${space} --resume ${folder} (and the same options; npx bl1 inside a clone)`)
    throw error
  } finally {
    await executors.close()
    display.stop()
  }
  const exploration = { plan, resolved, ranked, store, provenance: made }
  writeExploration(folder, exploration)
  process.stdout.write(json ? `${JSON.stringify({ folder, ...explorationDocument(exploration) })}\n` : terminalText(folder, exploration))
}

/**
 * Explores.
 * @param start where the work is done
 * @throws Bl1Error those of readSpace and planExploration before anything runs; `run/interrupted` with everything finished on disk
 */
export const explore = async (file: string, flags: ExploreFlags, signal: AbortSignal, start = inThreads): Promise<void> => {
  const resolved = loadConfig(file, experimentSchema)
  const plan = planExploration(flags.space, readSpace(flags.space, resolved), resolved.config)
  const side = Math.max(...plan.rungs.map((rung) => lanesOf(flags.jobs, rung)).map(({ settings, trials }) => settings * trials))
  for (const { experiment } of plan.settings) requireMemory(experiment.culture, side)
  await withContest(resolved.config, [], (contest) => exploreIn(contest, { file, flags, resolved, plan, signal, start }))
}
