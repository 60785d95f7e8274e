/** The body of `bl1 compare` and `bl1 confirm`: runs a comparison into a folder, shows how far it is, writes and prints what came of it. */
import { join } from 'node:path'
import Table from 'cli-table3'
import {
  compareFeedback,
  conditionsOf,
  openingParagraph,
  plannedMs,
  seedsOf,
  summarise,
  type ConditionName,
  type GameTypes,
  type Summary,
} from '../../bench/index.js'
import { provenance, ResultStore, startProgress, type Progress, type ResolvedConfig } from '../../io/index.js'
import { readParameters } from '../../parameters.js'
import type { FrozenSetting } from '../confirm/frozen.js'
import { throwIfInterrupted } from '../context.js'
import type { Experiment } from '../experiment.js'
import type { TrainedAgent } from '../trainedAgent.js'
import { wrapText } from '../wrapText.js'
import type { Contest } from './contest.js'
import { poolExecutor } from './poolExecutor.js'
import { resultsDocument, settingOf, writeComparison } from './write.js'

/** A line for the preparation and one for each condition. */
const startDisplay = <G extends GameTypes>({ stage }: Contest<G>, finished: readonly G['result'][]): Progress => {
  const seeds = seedsOf(stage.protocol)
  const conditions = conditionsOf(stage.protocol)
  const countOf = (condition: ConditionName): number => finished.filter((result) => result.condition === condition).length
  const complete = seeds.filter((seed) => finished.filter((result) => result.seed === seed).length === conditions.length).length
  return startProgress([
    { name: 'prepare', pieces: seeds.length, pieceMs: plannedMs(stage, 'prepare'), alreadyDone: complete },
    ...conditions.map((condition) => ({ name: condition, pieces: seeds.length, pieceMs: plannedMs(stage, condition), alreadyDone: countOf(condition) })),
  ])
}

const terminalTable = <G extends GameTypes>({ terminal }: Contest<G>, summary: Summary<G>): string => {
  const table = new Table({ head: ['condition', ...terminal.map(({ name }) => name)], style: { head: [], border: [] } })
  for (const { condition, metrics } of summary.conditions) table.push([condition, ...terminal.map(({ show }) => show(metrics))])
  return table.toString()
}

/** What a comparison is to do. */
export interface ComparisonPlan {
  readonly resolved: ResolvedConfig<Experiment>
  readonly agents: readonly TrainedAgent[]
  readonly jobs: number
  readonly json: boolean
  readonly signal: AbortSignal
  /** Whether the folder must hold the finished trials of an interrupted run. */
  readonly isResumed: boolean
  /** Makes or finds the folder, once the game has been checked and before anything runs; a confirmation writes down what it is first. */
  readonly openFolder: () => { readonly folder: string; readonly frozen?: FrozenSetting }
  /** The command that goes on with what an interruption leaves in a folder. */
  readonly goOn: (folder: string) => string
}

/**
 * Runs a comparison.
 * @throws Bl1Error `run/interrupted` with every finished trial on disk, and whatever games and files throw
 */
export const runComparison = async <G extends GameTypes>(
  contest: Contest<G>,
  { resolved, agents, jobs, json, signal, isResumed, openFolder, goOn }: ComparisonPlan,
): Promise<void> => {
  const experiment = resolved.config
  const { protocol } = experiment
  await contest.check()
  throwIfInterrupted(signal, 'the check of the game')
  const { folder, frozen } = openFolder()
  const made = provenance()
  const mark = frozen === undefined ? {} : { frozen: frozen.sha256 }
  const fingerprint = { packageVersion: made.packageVersion, experiment, agents: agents.map(({ hash }) => hash), ...mark }
  const store = ResultStore.open<G['result']>(folder, fingerprint, {
    read: (stored) => readParameters(contest.task.resultSchema, stored, 'a stored trial'),
    mustExist: isResumed,
  })
  const finished = [...store.entries()].map(([, result]) => result)
  const display = startDisplay(contest, finished)
  if (store.dropped !== undefined) display.note(`Line ${store.dropped.line} of ${store.file} was ${store.dropped.reason}: that trial runs again.`)

  const executor = poolExecutor(contest.stage, { experiment, agents: agents.map((agent) => agent.file) }, jobs, { signal, stopLimitMs: contest.stopLimitMs })
  const simulated = new Map<string, number>()
  let results: G['result'][]
  try {
    results = await compareFeedback(protocol, executor, {
      jobs,
      finished,
      onSimulated: (kind, seed, ms) => {
        const key = `${kind}/${seed}`
        simulated.set(key, (simulated.get(key) ?? 0) + ms)
        display.update(kind, String(seed), simulated.get(key) ?? 0)
      },
      onFinished: (kind, seed) => display.finish(kind, String(seed)),
      onResult: (result) => store.add(`${result.seed}/${result.condition}`, result),
    })
  } catch (error) {
    display.note(`Finished trials are kept. Go on with: ${goOn(folder)} (and the same options; npx bl1 inside a clone)`)
    throw error
  } finally {
    await executor.close()
    display.stop()
  }
  const summary = summarise(contest.task, results, protocol)
  const comparison = { contest, resolved, results, summary, provenance: made, agents, ...(frozen === undefined ? {} : { frozen }) }
  await writeComparison(folder, comparison, signal)
  const paragraph = openingParagraph(contest.task, summary, settingOf(comparison))
  process.stdout.write(
    json
      ? `${JSON.stringify({ folder, ...resultsDocument(comparison) })}\n`
      : `\n${experiment.title}\n\n${wrapText(paragraph)}\n\n${terminalTable(contest, summary)}\n\nReport: ${join(folder, 'report.html')}\n`,
  )
}
