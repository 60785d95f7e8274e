/** `bl1 compare`: which feedback did cultures learn from? Paired cultures, controls, a frozen probe, and a report. */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import Table from 'cli-table3'
import { Command, Option } from 'commander'
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
} from '../bench/index.js'
import { loadConfig, provenance, ResultStore, startProgress, type Progress, type ResolvedConfig } from '../io/index.js'
import { readParameters } from '../parameters.js'
import { agentOverrides, requireGame } from './compare/agentOverrides.js'
import { withContest, type Contest } from './compare/contest.js'
import { poolExecutor } from './compare/poolExecutor.js'
import { resultsDocument, settingOf, writeComparison } from './compare/write.js'
import { throwIfInterrupted, withInterrupt } from './context.js'
import { experimentSchema, type Experiment } from './experiment.js'
import { requireMemory } from './memory.js'
import { countOption, listOption, numberOption } from './options.js'
import { runFolderFor } from './runFolderFor.js'
import type { TrainedAgent } from './trainedAgent.js'
import { wrapText } from './wrapText.js'

interface CompareFlags {
  readonly seeds?: number
  readonly minutes?: number
  readonly neurons?: number
  readonly conditions?: string[]
  readonly agent?: string[]
  readonly jobs: number
  readonly out?: string
  readonly resume?: string
  readonly json?: boolean
}

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

/** What the command was asked for. */
interface Asked {
  readonly file: string
  readonly flags: CompareFlags
  readonly resolved: ResolvedConfig<Experiment>
  readonly agents: readonly TrainedAgent[]
  readonly signal: AbortSignal
}

const compareIn = async <G extends GameTypes>(contest: Contest<G>, { file, flags, resolved, agents, signal }: Asked): Promise<void> => {
  const experiment = resolved.config
  const { protocol } = experiment
  await contest.check()
  throwIfInterrupted(signal, 'the check of the game')
  const folder = runFolderFor('compare', flags, experiment)
  const made = provenance()
  const fingerprint = { packageVersion: made.packageVersion, experiment, agents: agents.map(({ hash }) => hash) }
  const store = ResultStore.open<G['result']>(folder, fingerprint, {
    read: (json) => readParameters(contest.task.resultSchema, json, 'a stored trial'),
    mustExist: flags.resume !== undefined,
  })
  const finished = [...store.entries()].map(([, result]) => result)
  const display = startDisplay(contest, finished)
  if (store.dropped !== undefined) display.note(`Line ${store.dropped.line} of ${store.file} was ${store.dropped.reason}: that trial runs again.`)

  const executor = poolExecutor<G>({ experiment, agents: agents.map((agent) => agent.file) }, flags.jobs, { signal, stopLimitMs: contest.stopLimitMs })
  const simulated = new Map<string, number>()
  let results: G['result'][]
  try {
    results = await compareFeedback(protocol, executor, {
      jobs: flags.jobs,
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
    display.note(`Finished trials are kept. Go on with: bl1 compare ${file} --resume ${folder} (and the same options; npx bl1 inside a clone)`)
    throw error
  } finally {
    await executor.close()
    display.stop()
  }
  const summary = summarise(contest.task, results, protocol)
  const comparison = { contest, resolved, results, summary, provenance: made, agents }
  await writeComparison(folder, comparison, signal)
  const paragraph = openingParagraph(contest.task, summary, settingOf(experiment, agents))
  process.stdout.write(
    flags.json === true
      ? `${JSON.stringify({ folder, ...resultsDocument(comparison) })}\n`
      : `\n${experiment.title}\n\n${wrapText(paragraph)}\n\n${terminalTable(contest, summary)}\n\nReport: ${join(folder, 'report.html')}\n`,
  )
}

/** Finding agents reads their checkpoints, and brings the learning library in. */
const agentsOf = async ({ agent: paths }: CompareFlags): Promise<TrainedAgent[]> => {
  if (paths === undefined) return []
  const { findAgents } = await import('./findAgents.js')
  return findAgents(paths)
}

const run = async (file: string, flags: CompareFlags, signal: AbortSignal): Promise<void> => {
  const agents = await agentsOf(flags)
  const resolved = loadConfig(file, experimentSchema, {
    overrides: [
      ...agentOverrides(agents),
      { path: 'protocol.cultures', value: flags.seeds, origin: '--seeds' },
      { path: 'protocol.playMinutes', value: flags.minutes, origin: '--minutes' },
      { path: 'protocol.conditions', value: flags.conditions, origin: '--conditions' },
      { path: 'culture.neurons', value: flags.neurons, origin: '--neurons' },
    ],
  })
  requireGame(agents, resolved.config)
  conditionsOf(resolved.config.protocol)
  requireMemory(resolved.config.culture, flags.jobs)
  const files = agents.map((agent) => agent.file)
  await withContest(resolved.config, files, (contest) => compareIn(contest, { file, flags, resolved, agents, signal }))
}

export const compareCommand = (): Command =>
  new Command('compare')
    .description('Compares feedback conditions over paired cultures and says whether any was learned from.')
    .argument('<config>', 'YAML or JSON config')
    .addOption(new Option('--seeds <n>', 'number of cultures').argParser(countOption))
    .addOption(new Option('--minutes <m>', 'minutes of play').argParser(numberOption))
    .addOption(new Option('--neurons <n>', 'neurons of a culture').argParser(countOption))
    .addOption(new Option('--conditions <a,b>', 'conditions to compare, separated by commas').argParser(listOption))
    .addOption(
      new Option('--agent <checkpoint...>', 'trained agents (checkpoints, or folders of training runs) in place of fixed encoder and decoder, each with its culture')
        .conflicts('neurons'),
    )
    .addOption(new Option('--jobs <j>', 'worker threads; the results do not depend on it').argParser(countOption).default(availableParallelism()))
    .option('--out <dir>', 'folder for the results, new or empty (default: runs/<id>)')
    .addOption(new Option('--resume <dir>', 'go on with an interrupted run, same config and options').conflicts('out'))
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExamples:\n  bl1 compare configs/pong-quick.yaml\n  bl1 compare configs/dishbrain_pong.yaml --minutes 5 --seeds 8 --neurons 1000\n  bl1 compare configs/pong-quick.yaml --agent runs/20261123-train-1a2b3c4d\n\nCtrl-C leaves finished trials on disk; --resume goes on to the identical result.')
    .action((file: string, flags: CompareFlags) => withInterrupt((signal) => run(file, flags, signal)))
