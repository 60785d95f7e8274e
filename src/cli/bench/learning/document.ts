/** What `bl1 bench learning` says and leaves in its folder. */
import { join } from 'node:path'
import { showInterval } from '../../../bench/index.js'
import { learningCurvesFigure, type FigureSpec } from '../../../figures/index.js'
import { drawPng, drawSvg, writeAtomically, type Provenance } from '../../../io/index.js'
import type { Versions } from '../measureCase.js'
import { markdownText, NONE, reportText, showNumber, withoutEmptyColumns, type TextTable } from '../tables.js'
import type { SeedResult } from './answer.js'
import { SIDE_NAMES, verdictOf, type SideSummary, type TaskSummary } from './summary.js'
import type { LearningTask } from './tasks.js'

/** Everything found so far; plain data. */
export interface LearningFindings {
  readonly command: string
  readonly tasks: readonly LearningTask[]
  readonly summaries: readonly TaskSummary[]
  readonly results: readonly SeedResult[]
  /** Trainings asked for that are not there yet. */
  readonly missing: number
  readonly provenance: Provenance
}

/** How to read the tables. */
export const LEARNING_READING =
  'The seed is the unit: means over seeds with 95 % bootstrap intervals in brackets. Final return: mean of held-out episodes after the training, the ' +
  'most probable action (a Gaussian\'s mean) taken each time. Steps to the goal: when the mean of the last 100 episodes of the training, with chance in the ' +
  'actions, first reached it; median over seeds. Steps a second: of the training alone, several trainings at a time.'

/** What is not the same on both sides. */
export const LEARNING_DIFFERENCES =
  'Both sides have the same settings, reward scale, sizes, activations and kinds of first weights. Not the same: stable-baselines3 shortens the gradients of policy and ' +
  'value network together, ours each for itself; it draws other random numbers; and each has its own ' +
  'environments, which agree step by step.'

const sideRow = ({ side, seeds, finalReturn, worst, best, atGoal, reachedAt, stepsPerSecond }: SideSummary): string[] => [
  SIDE_NAMES[side],
  String(seeds),
  showInterval(finalReturn, 1),
  showNumber(worst),
  showNumber(best),
  atGoal === null ? NONE : `${atGoal} of ${seeds}`,
  reachedAt === null ? NONE : showNumber(reachedAt),
  showNumber(stepsPerSecond),
]

const settingsOf = ({ run }: LearningTask): string => {
  const { network, learner, envs, steps, totalSteps, evaluationEpisodes } = run
  const numbers = Object.entries(learner).map(([name, value]) => `${name} ${value}`)
  return (
    `${totalSteps.toLocaleString('en-US')} steps; ${envs} environments, ${steps} steps of each an update; hidden layers ${network.hidden.join(', ')}, ${network.activation}; ` +
    `${numbers.join(', ')}; ${evaluationEpisodes} held-out episodes.`
  )
}

const HEAD = ['', 'seeds', 'final return', 'worst seed', 'best seed', 'at the goal', 'steps to the goal', 'steps/s']

/** One table a task. */
export const learningTables = (tasks: readonly LearningTask[], summaries: readonly TaskSummary[]): TextTable[] =>
  summaries.map((summary) => {
    const task = tasks.find(({ name }) => name === summary.task)
    return withoutEmptyColumns({ title: summary.title, head: HEAD, rows: summary.sides.map(sideRow), note: task === undefined ? '' : settingsOf(task) })
  })

/** The sentences on what was to be reached. */
export const verdictsOf = (summaries: readonly TaskSummary[]): string[] => summaries.flatMap((summary) => verdictOf(summary) ?? [])

const figureOf = (summaries: readonly TaskSummary[]): FigureSpec =>
  learningCurvesFigure({
    title: 'Learning curves',
    panels: summaries.map(({ title, goal, sides }) => ({
      title,
      curves: sides.map(({ curve }) => curve),
      ...(goal === null ? {} : { goal: goal.mean }),
    })),
  })

const versionsOf = (results: readonly SeedResult[]): Versions => Object.assign({}, ...results.map(({ versions }) => versions))

/** Numbers, report and figure. @throws Bl1Error `run/write-failed` */
export const writeLearning = async (folder: string, findings: LearningFindings): Promise<void> => {
  const { tasks, summaries, results, missing } = findings
  writeAtomically(join(folder, 'results.json'), `${JSON.stringify(findings, null, 2)}\n`)
  const figure = figureOf(summaries)
  writeAtomically(join(folder, `${figure.name}.svg`), await drawSvg(figure))
  writeAtomically(join(folder, `${figure.name}.png`), await drawPng(figure))
  const hasPeer = summaries.some(({ sides }) => sides.some(({ side }) => side === 'sb3'))
  const hashes = [...new Set(results.map(({ gitHash }) => gitHash))]
  const sections = [
    LEARNING_READING,
    ...(missing === 0 ? [] : [`Not finished: ${missing} trainings are still to be done.`]),
    ...(hashes.length < 2 ? [] : [`Trained with more than one commit: ${hashes.map((hash) => hash ?? 'unknown').join(', ')}.`]),
    ...verdictsOf(summaries),
    `![${figure.altText}](${figure.name}.png)`,
    ...learningTables(tasks, summaries).map(markdownText),
    ...(hasPeer ? [LEARNING_DIFFERENCES] : []),
  ]
  writeAtomically(join(folder, 'report.md'), reportText('Learning, where the answer is known', sections, { ...findings, versions: versionsOf(results) }))
}
