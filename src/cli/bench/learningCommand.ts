/** `bl1 bench learning`: do the algorithms learn what is known to be learnable, and how do they compare with stable-baselines3's? */
import { join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { closest } from 'fastest-levenshtein'
import { packageRoot } from '../../bridge/python.js'
import { Bl1Error } from '../../errors.js'
import { formatDuration, makeFolder, provenance, RESULTS_FILE, ResultStore } from '../../io/index.js'
import { withInterrupt } from '../context.js'
import { countUpTo, listOption } from '../options.js'
import { wrapText } from '../wrapText.js'
import { seedResultSchema } from './learning/answer.js'
import { LEARNING_READING, learningTables, verdictsOf, writeLearning, type LearningFindings } from './learning/document.js'
import { SIDE_NAMES, summariesOf } from './learning/summary.js'
import { learningTasks, quickTask, type LearningTask } from './learning/tasks.js'
import { trainAll, worksOf } from './learning/trainAll.js'
import { peerPython, requirePeers } from './python.js'
import { terminalText } from './tables.js'

interface LearningFlags {
  readonly quick?: boolean
  readonly tasks?: string[]
  readonly seeds?: number
  readonly jobs: number
  readonly peers: boolean
  readonly out?: string
  readonly json?: boolean
}

const SEEDS = 10
const QUICK_SEEDS = 2
const MOST_SEEDS = 1000
const MOST_JOBS = 64
const NAMES = learningTasks.map(({ name }) => name)

const tasksOption = (text: string): string[] => {
  const words = listOption(text)
  if (words.length === 0) throw new InvalidArgumentError(`expected names separated by commas, got '${text}'.`)
  return words
}

/** @throws Bl1Error `cli/bench-case` */
const chosen = (words: readonly string[] | undefined, quick: boolean): LearningTask[] => {
  for (const received of words ?? []) {
    if (!NAMES.includes(received)) throw new Bl1Error('cli/bench-case', { received, known: NAMES, suggestion: closest(received, NAMES) })
  }
  const tasks = quick ? learningTasks.map(quickTask) : learningTasks
  return tasks.filter(({ name }) => words === undefined || words.includes(name))
}

const commandText = ({ quick, tasks, seeds, peers }: LearningFlags): string =>
  [
    'bl1 bench learning',
    ...(quick === true ? ['--quick'] : []),
    ...(tasks === undefined ? [] : [`--tasks ${tasks.join(',')}`]),
    ...(seeds === undefined ? [] : [`--seeds ${seeds}`]),
    ...(peers ? [] : ['--no-peers']),
  ].join(' ')

const terminal = ({ tasks, summaries, missing }: LearningFindings, folder: string): string => {
  const verdicts = verdictsOf(summaries).map((one) => wrapText(one))
  const left = `Results: ${join(folder, 'results.json')}, report.md, learning-curves.svg and .png`
  const unfinished = missing === 0 ? [] : [`${missing} trainings are still to be done: run it again.`]
  return `\n${[...learningTables(tasks, summaries).map(({ note, ...table }) => terminalText({ ...table, note: wrapText(note) })), ...verdicts, wrapText(LEARNING_READING), ...unfinished, left].join('\n\n')}\n`
}

const run = async (flags: LearningFlags, signal: AbortSignal): Promise<void> => {
  const { quick = false, jobs, peers } = flags
  const tasks = chosen(flags.tasks, quick)
  const out = flags.out ?? (quick ? join('runs', 'learning-quick') : join('bench', 'results', 'learning'))
  const root = packageRoot()
  const say = (text: string): void => void process.stderr.write(`${text}\n`)
  if (peers) requirePeers(root)
  const python = peers ? peerPython() : undefined
  if (peers && python === undefined) say('stable-baselines3 is left out: there is no .venv here. Run: bl1 bench setup --learning')
  makeFolder(out)
  const made = provenance()
  // The settings of every task, whichever are chosen now: parts of one measurement may be run on several days.
  const settings = (quick ? learningTasks.map(quickTask) : learningTasks).map(({ name, run: how }) => [name, how] as const)
  const fingerprint = { packageVersion: made.packageVersion, tasks: Object.fromEntries(settings) }
  const store = ResultStore.open(out, fingerprint, { read: (json) => seedResultSchema.parse(json) })
  const works = worksOf(tasks, flags.seeds ?? (quick ? QUICK_SEEDS : SEEDS), python !== undefined)
  const findings = (): LearningFindings => {
    const results = Array.from(store.entries(), ([, result]) => result)
    const all = quick ? learningTasks.map(quickTask) : learningTasks
    const missing = works.filter(({ key }) => !store.has(key)).length
    return { command: commandText(flags), tasks: all, summaries: summariesOf(all, results), results, missing, provenance: made }
  }
  const startedMs = performance.now()
  const kept = works.length - findings().missing
  if (kept > 0) say(`${kept} of ${works.length} trainings are in ${join(out, RESULTS_FILE)} already.`)
  let done = kept
  try {
    await trainAll(works, store, {
      python,
      root,
      signal,
      jobs,
      gitHash: made.gitHash,
      onFinished: ({ task, side, seed }, { trainingSeconds }) => {
        const after = formatDuration(performance.now() - startedMs)
        say(`${++done} of ${works.length}, after ${after}: ${task.title}, ${SIDE_NAMES[side]}, seed ${seed}: ${formatDuration(trainingSeconds * 1000)}`)
      },
    })
  } catch (error) {
    if (store.size > 0) {
      await writeLearning(out, findings())
      say(`What was trained until then is in ${out}; the same command goes on from there.`)
    }
    throw error
  }
  const all = findings()
  await writeLearning(out, all)
  process.stdout.write(flags.json === true ? `${JSON.stringify({ folder: out, ...all })}\n` : terminal(all, out))
}

const HELP = `
Examples:
  bl1 bench learning --quick
  bl1 bench setup --learning && bl1 bench learning
  bl1 bench learning --tasks pendulum-ppo --seeds 3

Tasks: ${NAMES.join(', ')}.
Trains agents without a culture from ${SEEDS} seeds each, plays 100 held-out episodes with each, and draws the learning curves beside those of
stable-baselines3's PPO with the same settings, where 'bl1 bench setup --learning' has installed it. A training takes a minute or two of one
core, all of them about half an hour of two. Each is kept as it ends (${RESULTS_FILE} in the folder): after Ctrl-C, and when called for one task
after the other, the same command goes on from there. An empty folder begins anew. BL1_PYTHON names
an interpreter for stable-baselines3.`

export const benchLearningCommand = (): Command =>
  new Command('learning')
    .description('Trains PPO and REINFORCE on tasks whose answers are known, beside stable-baselines3 with the same settings.')
    .option('--quick', 'two seeds and hardly any training: shows that it works')
    .addOption(new Option('--tasks <a,b>', 'tasks, separated by commas (default: all)').argParser(tasksOption))
    .addOption(new Option('--seeds <n>', `seeds of each task, from 1 (default: ${SEEDS}; --quick ${QUICK_SEEDS})`).argParser(countUpTo(MOST_SEEDS)))
    .addOption(new Option('--jobs <n>', 'trainings at a time').argParser(countUpTo(MOST_JOBS)).default(2))
    .option('--no-peers', 'train this package alone')
    .option('--out <dir>', 'folder for the results; what is finished there is kept (default: bench/results/learning; --quick runs/learning-quick)')
    .option('--json', 'print one JSON document')
    .addHelpText('after', HELP)
    .action((flags: LearningFlags) => withInterrupt((signal) => run(flags, signal)))
