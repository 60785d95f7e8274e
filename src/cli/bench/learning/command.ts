/** What `bl1 bench learning` does, loaded when it is asked for: it brings the learning library in. */
import { join } from 'node:path'
import { closest } from 'fastest-levenshtein'
import { packageRoot } from '../../../bridge/python.js'
import { Bl1Error } from '../../../errors.js'
import { formatDuration, makeFolder, provenance, RESULTS_FILE, ResultStore } from '../../../io/index.js'
import { wrapText } from '../../wrapText.js'
import { peerPython, requirePeers } from '../python.js'
import { terminalText } from '../tables.js'
import { seedResultSchema } from './answer.js'
import { LEARNING_READING, learningTables, verdictsOf, writeLearning, type LearningFindings } from './document.js'
import { SIDE_NAMES, summariesOf } from './summary.js'
import { learningTasks, QUICK_SEEDS, quickTask, SEEDS, TASK_NAMES, type LearningTask } from './tasks.js'
import { trainAll, worksOf } from './trainAll.js'

/** Options of `bl1 bench learning`. */
export interface LearningFlags {
  readonly quick?: boolean
  readonly tasks?: string[]
  readonly seeds?: number
  readonly jobs: number
  readonly peers: boolean
  readonly out?: string
  readonly json?: boolean
}

/** @throws Bl1Error `cli/bench-case` */
const chosen = (words: readonly string[] | undefined, quick: boolean): LearningTask[] => {
  for (const received of words ?? []) {
    if (!TASK_NAMES.includes(received)) throw new Bl1Error('cli/bench-case', { received, known: TASK_NAMES, suggestion: closest(received, TASK_NAMES) })
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

/**
 * Trains what is asked for and not on disk yet.
 * @throws Bl1Error `cli/bench-case`, `bridge/no-python`, those of LineProcess, `run/interrupted` with every finished training on disk
 */
export const runLearningBench = async (flags: LearningFlags, signal: AbortSignal): Promise<void> => {
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
