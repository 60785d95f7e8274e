/** What the trained seeds say: numbers a task and side, and curves. */
import { mean, median } from 'simple-statistics'
import { bootstrapMean, type MeanInterval } from '../../../bench/index.js'
import type { LearningCurve } from '../../../figures/index.js'
import { Rng } from '../../../rng.js'
import { CURVE_PARTS, type LearningSide, type SeedResult } from './answer.js'
import type { LearningTask } from './tasks.js'

/** One side of a task; plain data. The seed is the unit. */
export interface SideSummary {
  readonly side: LearningSide
  readonly seeds: number
  /** Of the seeds' means over their held-out episodes. */
  readonly finalReturn: MeanInterval
  /** Mean of the worst and of the best seed. */
  readonly worst: number
  readonly best: number
  /** Seeds whose mean is the goal or more; null without a goal. */
  readonly atGoal: number | null
  /** Median step at which the last 100 training episodes reached the goal, of the seeds that did; null where fewer than half did. */
  readonly reachedAt: number | null
  /** Median over seeds: steps of training a second. */
  readonly stepsPerSecond: number
  readonly curve: LearningCurve
}

/** A task with its sides; plain data. */
export interface TaskSummary {
  readonly task: string
  readonly title: string
  readonly goal: LearningTask['goal']
  readonly sides: readonly SideSummary[]
}

export const SIDE_NAMES: Readonly<Record<LearningSide, string>> = { bl1: 'BL-1', sb3: 'stable-baselines3' }

const orNaN = (value: number | null): number => value ?? Number.NaN

const curveOf = (side: LearningSide, results: readonly SeedResult[], totalSteps: number, rng: Rng): LearningCurve => {
  const parts = Array.from({ length: CURVE_PARTS }, (_, part) =>
    bootstrapMean(results.flatMap(({ curve }) => curve[part] ?? []), rng.split(part)))
  return {
    program: SIDE_NAMES[side],
    steps: parts.map((_, part) => ((part + 0.5) * totalSteps) / CURVE_PARTS),
    mean: parts.map((one) => orNaN(one.mean)),
    low: parts.map((one) => orNaN(one.low)),
    high: parts.map((one) => orNaN(one.high)),
    seeds: results.map(({ curve }) => curve.map(orNaN)),
  }
}

const sideSummary = ({ name, run, goal }: LearningTask, side: LearningSide, results: readonly SeedResult[]): SideSummary => {
  const rng = Rng.fromSeed(0).split(`${name}/${side}`)
  const means = results.map(({ evaluationReturns }) => mean(evaluationReturns))
  const reached = results.flatMap(({ reachedAt }) => reachedAt ?? [])
  return {
    side,
    seeds: results.length,
    finalReturn: bootstrapMean(means, rng.split('final')),
    worst: Math.min(...means),
    best: Math.max(...means),
    atGoal: goal === null ? null : means.filter((value) => value >= goal.mean).length,
    reachedAt: 2 * reached.length < results.length || reached.length === 0 ? null : median(reached),
    stepsPerSecond: median(results.map(({ steps, trainingSeconds }) => steps / trainingSeconds)),
    curve: curveOf(side, results, run.totalSteps, rng.split('curve')),
  }
}

const SIDES: readonly LearningSide[] = ['bl1', 'sb3']

/** Of the tasks of which at least one seed is there. */
export const summariesOf = (tasks: readonly LearningTask[], results: readonly SeedResult[]): TaskSummary[] =>
  tasks.flatMap((task) => {
    const own = results.filter((result) => result.task === task.name)
    const sides = SIDES.flatMap((side) => {
      const ofSide = own.filter((result) => result.side === side)
      return ofSide.length === 0 ? [] : [sideSummary(task, side, ofSide)]
    })
    return sides.length === 0 ? [] : [{ task: task.name, title: task.title, goal: task.goal, sides }]
  })

/** Whether ours reached what was asked, in a sentence; undefined where nothing was asked or nothing is there. */
export const verdictOf = ({ title, goal, sides }: TaskSummary): string | undefined => {
  const ours = sides.find(({ side }) => side === 'bl1')
  if (goal === null || ours === undefined || ours.atGoal === null) return undefined
  const { atGoal, seeds } = ours
  const asked = `${goal.mean} on ${goal.ofTen} of 10 seeds was the aim`
  const reached = atGoal * 10 >= goal.ofTen * seeds ? 'reached' : 'not reached'
  return `${title}: ${atGoal} of ${seeds} seeds return ${goal.mean} or more on average over their held-out episodes (${asked}: ${reached}).`
}
