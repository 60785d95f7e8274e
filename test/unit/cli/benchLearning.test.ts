/** `bl1 bench learning`: what is kept of a training, what is done again, and how it reads. The numbers here are made up. */
import { describe, expect, it } from 'vitest'
import {
  CURVE_PARTS, curveOfEpisodes, jobSchema, ourJob, peerJob, reachedStep, seedResultOf, seedResultSchema, type LearningAnswer, type LearningSide, type SeedResult,
} from '../../../src/cli/bench/learning/answer.js'
import { learningTables, writeLearning } from '../../../src/cli/bench/learning/document.js'
import { summariesOf, verdictOf } from '../../../src/cli/bench/learning/summary.js'
import { learningTasks, quickTask, type LearningTask } from '../../../src/cli/bench/learning/tasks.js'
import { trainAll, worksOf } from '../../../src/cli/bench/learning/trainAll.js'
import { provenance, ResultStore } from '../../../src/io/index.js'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchFolder } from '../../cli/run.js'

const [cartPole, reinforce, pendulum] = learningTasks
const ANSWER: LearningAnswer = {
  steps: 200_704, episodeSteps: [1024, 200_704], episodeReturns: [20, 500], evaluationReturns: [500, 480], trainingSeconds: 100, evaluationSeconds: 1,
}
const MADE = { versions: { node: '20.0.0' }, gitHash: null }
const result = (task: LearningTask, side: LearningSide, seed: number, evaluation: number): SeedResult =>
  seedResultOf(task, side, seed, { ...ANSWER, evaluationReturns: [evaluation, evaluation] }, MADE)

describe('a learning curve', () => {
  it('puts every episode into the part of the training in which its rollout ended', () => {
    // Rollouts of 100 rows, parts of 1000 / 25 = 40 steps: an episode at step 1 and one at step 100 both end with the first rollout.
    const curve = curveOfEpisodes({ episodeSteps: [1, 100, 101, 1000, 1100], episodeReturns: [1, 3, 7, 10, 20] }, 1000, 100)
    expect(curve).toHaveLength(CURVE_PARTS)
    expect(curve[2]).toBe(2) // steps 81 to 120
    expect(curve[4]).toBe(7) // steps 161 to 200
    expect(curve[CURVE_PARTS - 1]).toBe(15) // the last rollout goes beyond the total
    expect(curve.filter((value) => value !== null)).toHaveLength(3)
  })

  it('reaches a goal when the mean of the last 100 episodes does, and not before there are 100', () => {
    const steps = Array.from({ length: 150 }, (_, k) => 10 * (k + 1))
    const returns = steps.map((_, k) => (k < 50 ? 0 : 100))
    // The mean of episodes 51 to 150 is the first of 100.
    expect(reachedStep({ episodeSteps: steps, episodeReturns: returns }, 100)).toBe(1500)
    expect(reachedStep({ episodeSteps: steps, episodeReturns: returns }, 50)).toBe(1000)
    expect(reachedStep({ episodeSteps: steps.slice(0, 99), episodeReturns: returns.slice(51).slice(0, 99) }, 50)).toBeNull()
  })
})

describe('the tasks', () => {
  it('give stable-baselines3 every setting that ours has', () => {
    for (const { run } of learningTasks.filter(({ hasPeer }) => hasPeer)) {
      const { settings, ...job } = peerJob(run, 3)
      expect(settings).toMatchObject({ ...run.learner, ...run.network, envs: run.envs, steps: run.steps })
      expect(job).toMatchObject({ environment: run.environment, seed: 3, totalSteps: run.totalSteps, evaluationEpisodes: 100 })
      // Equal minibatches: SB3 is told their size.
      expect((run.envs * run.steps) % run.learner.minibatches).toBe(0)
    }
  })

  it('are jobs that our side takes, and hold-out seeds that no training uses', () => {
    for (const { run } of learningTasks) {
      const job = jobSchema.parse(ourJob(run, 7))
      expect(job.seed).toBe(7)
      expect(job.evaluationSeed).toBeGreaterThan(1000)
      expect(job.run.learner).toMatchObject(run.learner)
    }
  })

  it('ask for nothing under --quick', () => {
    expect(learningTasks.map(quickTask).every(({ goal, run }) => goal === null && run.totalSteps < 10_000)).toBe(true)
  })
})

describe('the trainings', () => {
  it('are made seed by seed with both sides, and REINFORCE alone', () => {
    expect(worksOf([cartPole, reinforce], 2, true).map(({ key }) => key)).toEqual([
      'cart-pole-ppo/bl1/1', 'cart-pole-ppo/sb3/1', 'cart-pole-ppo/bl1/2', 'cart-pole-ppo/sb3/2', 'cart-pole-reinforce/bl1/1', 'cart-pole-reinforce/bl1/2',
    ])
    expect(worksOf([cartPole], 2, false).map(({ key }) => key)).toEqual(['cart-pole-ppo/bl1/1', 'cart-pole-ppo/bl1/2'])
  })

  it('are not made again when they are stored', async () => {
    const store = ResultStore.open(scratchFolder(), {}, { read: (json) => seedResultSchema.parse(json) })
    for (const { key, task, side, seed } of worksOf([cartPole], 2, true)) store.add(key, result(task, side, seed, 500))
    // No process could be started in this folder.
    const options = { python: '/nowhere/python', root: '/nowhere', signal: new AbortController().signal, jobs: 2, gitHash: null, onFinished: () => undefined }
    await trainAll(worksOf([cartPole], 2, true), store, options)
    await expect(trainAll(worksOf([cartPole], 3, true), store, { ...options, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'run/interrupted' })
    expect(store.size).toBe(4)
  })
})

describe('what came of it', () => {
  const results = [500, 490, 300].map((value, k) => result(cartPole, 'bl1', k + 1, value))

  it('counts seeds, not episodes', () => {
    const [summary] = summariesOf([cartPole, pendulum], [...results, result(cartPole, 'sb3', 1, 480)])
    const [ours, peer] = summary.sides
    expect(ours).toMatchObject({ seeds: 3, worst: 300, best: 500, atGoal: 2, reachedAt: null, stepsPerSecond: 2007.04 })
    expect(ours.finalReturn.mean).toBeCloseTo(430, 10)
    expect(ours.finalReturn.n).toBe(3)
    expect(peer).toMatchObject({ side: 'sb3', seeds: 1, finalReturn: { mean: 480, low: null, high: null } })
    expect(ours.curve.seeds).toHaveLength(3)
  })

  it('says whether the aim was reached by the share of seeds, and nothing where there is none', () => {
    const verdict = (values: readonly number[]): string | undefined =>
      summariesOf([cartPole], values.map((value, k) => result(cartPole, 'bl1', k + 1, value))).map(verdictOf)[0]
    expect(verdict([500, 500, 500, 500, 500, 500, 500, 500, 500, 100])).toMatch(/^PPO on CartPole-v1: 9 of 10 seeds return 475 .*: reached\)\.$/)
    expect(verdict([500, 500, 500, 500, 500, 500, 500, 500, 400, 100])).toMatch(/8 of 10 seeds .*: not reached\)\.$/)
    expect(verdict([474.9])).toMatch(/0 of 1 seeds .*: not reached/)
    expect(summariesOf([pendulum], [result(pendulum, 'bl1', 1, -200)]).map(verdictOf)).toEqual([undefined])
  })

  it('is written with tables, settings, the figure, and what is missing', async () => {
    const folder = scratchFolder()
    const summaries = summariesOf(learningTasks, results)
    await writeLearning(folder, { command: 'bl1 bench learning', tasks: learningTasks, summaries, results, missing: 3, provenance: provenance() })
    const report = readFileSync(join(folder, 'report.md'), 'utf8')
    for (const text of ['430.0 [', '2 of 3', 'Not finished: 3 trainings', 'learningRate 0.0004', 'rewardScale 0.05', '](learning-curves.png)']) expect(report).toContain(text)
    // The columns of a goal that nobody has reached are left out, and so is the comparison with a side that was not measured.
    expect(report).not.toMatch(/NaN|undefined|steps to the goal \||Not the same/)
    expect(readFileSync(join(folder, 'learning-curves.svg'), 'utf8')).toMatch(/^<svg/)
    expect(learningTables(learningTasks, [])).toEqual([])
  })
})
