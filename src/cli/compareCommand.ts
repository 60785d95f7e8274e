/** `bl1 compare`: which feedback did cultures learn from? Paired cultures, controls, a frozen probe, and a report. */
import { availableParallelism } from 'node:os'
import { Command, Option } from 'commander'
import { conditionsOf } from '../bench/index.js'
import { loadConfig } from '../io/index.js'
import { agentOverrides, requireGame } from './compare/agentOverrides.js'
import { withContest } from './compare/contest.js'
import { runComparison } from './compare/run.js'
import { withInterrupt } from './context.js'
import { experimentSchema } from './experiment.js'
import { requireMemory } from './memory.js'
import { countOption, listOption, numberOption } from './options.js'
import { runFolderFor } from './runFolderFor.js'
import type { TrainedAgent } from './trainedAgent.js'

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
  const plan = {
    resolved,
    agents,
    jobs: flags.jobs,
    json: flags.json === true,
    signal,
    isResumed: flags.resume !== undefined,
    openFolder: () => ({ folder: runFolderFor('compare', flags, resolved.config) }),
    goOn: (folder: string) => `bl1 compare ${file} --resume ${folder}`,
  }
  await withContest(resolved.config, files, (contest) => runComparison(contest, plan))
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
