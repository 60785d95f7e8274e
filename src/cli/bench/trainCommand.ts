/** `bl1 bench train`: where does the time of a training go, and how long does an update take beside the same in PyTorch? */
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { packageRoot } from '../../bridge/python.js'
import { formatDuration, makeFolder, provenance } from '../../io/index.js'
import { withInterrupt } from '../context.js'
import { countUpTo } from '../options.js'
import { wrapText } from '../wrapText.js'
import type { Versions } from './measureCase.js'
import { peerPython, requirePeers } from './python.js'
import { terminalText } from './tables.js'
import { TRAIN_READING, writeTrain, writeTrainNumbers, type TrainFindings } from './train/document.js'
import { measureRun, measureUpdates, type RunResult, type SameNumbers, type TrainMeasureSettings, type UpdateResult } from './train/measure.js'
import { trainPlan } from './train/plan.js'
import { overheadSentence, trainTables } from './train/tables.js'

interface TrainFlags {
  readonly quick?: boolean
  readonly rounds: number
  readonly peers: boolean
  readonly out?: string
  readonly json?: boolean
}

const commandText = ({ rounds, quick, peers }: TrainFlags): string =>
  `bl1 bench train --rounds ${rounds}${quick === true ? ' --quick' : ''}${peers ? '' : ' --no-peers'}`

const terminal = (findings: TrainFindings, folder: string): string => {
  const overhead = overheadSentence(findings)
  const notes = [wrapText(TRAIN_READING), ...(overhead === undefined ? [] : [wrapText(overhead)])]
  const tables = trainTables(findings).map(({ note, ...table }) => terminalText({ ...table, note: wrapText(note) }))
  return `\n${[...tables, ...notes, `Results: ${join(folder, 'results.json')}, report.md`].join('\n\n')}\n`
}

const run = async (flags: TrainFlags, signal: AbortSignal): Promise<void> => {
  const { rounds, quick = false, peers } = flags
  const out = flags.out ?? (quick ? join('runs', 'train-quick') : join('bench', 'results', 'train'))
  const root = packageRoot()
  const say = (text: string): void => void process.stderr.write(`${text}\n`)
  if (peers) requirePeers(root)
  const python = peers ? peerPython() : undefined
  if (peers && python === undefined) say('PyTorch is left out: there is no .venv here. Run: bl1 bench setup --learning')
  const settings: TrainMeasureSettings = { rounds, python, root, signal }
  // Before the measurements: minutes of them would be lost.
  makeFolder(out)
  const made = provenance()
  const updates: UpdateResult[] = []
  const same: SameNumbers[] = []
  const runs: RunResult[] = []
  let versions: Versions = {}
  const findings = (isComplete: boolean): TrainFindings => ({
    command: commandText(flags), rounds, updates, same, runs, versions, provenance: made, isComplete,
  })
  const plan = trainPlan(quick)
  const total = plan.updates.length + plan.runs.length
  const startedMs = performance.now()
  let number = 0
  const announce = (title: string): void => say(`${++number} of ${total}, after ${formatDuration(performance.now() - startedMs)}: ${title}`)
  try {
    for (const one of plan.updates) {
      announce(`An update. ${one.title}`)
      const measured = await measureUpdates(one, settings)
      updates.push(...measured.results)
      if (measured.same !== null) same.push(measured.same)
      versions = { ...versions, ...measured.versions }
      writeTrainNumbers(out, findings(false))
    }
    for (const one of plan.runs) {
      announce(`Training. ${one.title}`)
      const measured = await measureRun(one, settings)
      runs.push(measured.result)
      versions = { ...versions, ...measured.versions }
      writeTrainNumbers(out, findings(false))
    }
  } catch (error) {
    if (updates.length > 0) {
      writeTrain(out, findings(false))
      say(`What was measured until then is in ${out}.`)
    }
    throw error
  }
  const all = findings(true)
  writeTrain(out, all)
  process.stdout.write(flags.json === true ? `${JSON.stringify({ folder: out, ...all })}\n` : terminal(all, out))
}

const MOST_ROUNDS = 100

const HELP = `
Examples:
  bl1 bench train --quick
  bl1 bench setup --learning && bl1 bench train
  bl1 bench train --rounds 9 --no-peers --json

The time of a PPO update at three sizes, beside the same update written in PyTorch (one thread, and as many as it takes), from the same weights
and rows, where 'bl1 bench setup --learning' has installed it; that both compute the same numbers; and where the time of a training goes:
culture, game, networks, update, for Pong through cultures of 1,000 and 10,000 neurons and for CartPole without. Run it on an idle machine:
some five minutes, --quick well under one. Ctrl-C leaves what was measured. BL1_PYTHON names an interpreter for PyTorch.`

export const benchTrainCommand = (): Command =>
  new Command('train')
    .description('Measures where the time of a training goes, and an update beside the same one in PyTorch.')
    .option('--quick', 'one update and one small culture')
    .addOption(new Option('--rounds <n>', 'rounds of each measurement, after one that is not counted').argParser(countUpTo(MOST_ROUNDS)).default(5))
    .option('--no-peers', 'measure this package alone')
    .option('--out <dir>', 'folder for the results; earlier ones in it are replaced (default: bench/results/train; --quick runs/train-quick)')
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((flags: TrainFlags) => withInterrupt((signal) => run(flags, signal)))
