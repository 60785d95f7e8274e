/** What a measuring process of `bl1 bench learning` is told, what it answers, and what is kept of an answer. */
import { z } from 'zod'
import { ppoParameters } from '../../../../agents/ppo/parameters.js'
import { reinforceParameters } from '../../../../agents/reinforce/parameters.js'
import type { LearningRun, LearningTask } from './tasks.js'

const common = {
  environment: z.enum(['CartPole-v1', 'Pendulum-v1']),
  envs: z.int().positive(),
  steps: z.int().positive(),
  network: z.strictObject({ hidden: z.array(z.int().positive()).readonly(), activation: z.enum(['tanh', 'relu']) }),
  totalSteps: z.int().positive(),
  evaluationEpisodes: z.int().positive(),
}

/** A line to our own side. */
export const jobSchema = z.strictObject({
  seed: z.int().min(0),
  evaluationSeed: z.int().min(0),
  run: z.discriminatedUnion('algorithm', [
    z.strictObject({ ...common, algorithm: z.literal('ppo'), learner: ppoParameters }),
    z.strictObject({ ...common, algorithm: z.literal('reinforce'), learner: reinforceParameters }),
  ]),
})
/** A seed to be trained and evaluated. */
export type LearningJob = z.output<typeof jobSchema>

/** Held-out episodes come from seeds that no training uses. */
const HELD_OUT = 1_000_000

/** The line for our own side. */
export const ourJob = (run: LearningRun, seed: number): z.input<typeof jobSchema> => ({ run, seed, evaluationSeed: HELD_OUT + seed })

/** The line for stable-baselines3: the same, with all settings in one record. */
export const peerJob = ({ environment, totalSteps, evaluationEpisodes, network, learner, envs, steps }: LearningRun, seed: number) => ({
  environment,
  seed,
  evaluationSeed: HELD_OUT + seed,
  settings: { ...learner, ...network, envs, steps },
  totalSteps,
  evaluationEpisodes,
})

/** The first line of a side. */
export const learningReadySchema = z.object({ ready: z.record(z.string(), z.string()) })

/** The answer to a job, of both sides. */
export const answerSchema = z.object({
  /** Taken in the training: whole rollouts. */
  steps: z.int().positive(),
  /** At which step each episode of the training ended (or its rollout), ascending, and what it returned. */
  episodeSteps: z.array(z.int().min(1)),
  episodeReturns: z.array(z.number()),
  evaluationReturns: z.array(z.number()).min(1),
  trainingSeconds: z.number().positive(),
  evaluationSeconds: z.number().min(0),
})
export type LearningAnswer = z.output<typeof answerSchema>

/** Who trains. */
export type LearningSide = 'bl1' | 'sb3'

/** What is kept of a trained seed; plain data. */
export const seedResultSchema = z.object({
  task: z.string(),
  side: z.enum(['bl1', 'sb3']),
  seed: z.int(),
  steps: z.int(),
  /** Mean return of the episodes that ended in each of equal parts of the training; null where none did. */
  curve: z.array(z.number().nullable()),
  /** Step at which the mean of the last 100 episodes of the training first reached the goal; null where it never did, or there is none. */
  reachedAt: z.int().nullable(),
  evaluationReturns: z.array(z.number()),
  trainingSeconds: z.number(),
  evaluationSeconds: z.number(),
  /** Of the program that trained it. */
  versions: z.record(z.string(), z.string()),
  gitHash: z.string().nullable(),
})
export type SeedResult = z.output<typeof seedResultSchema>

/** Parts of a curve. */
export const CURVE_PARTS = 25
/** A running mean is over this many episodes, as CartPole's own definition of solved has it. */
const RUNNING = 100

/**
 * Mean return of the episodes that ended in each part.
 * @param rows of a rollout: an episode counts from the end of its rollout, which is all that our side says
 */
export const curveOfEpisodes = (
  { episodeSteps, episodeReturns }: Pick<LearningAnswer, 'episodeSteps' | 'episodeReturns'>, totalSteps: number, rows: number,
): (number | null)[] => {
  const sums = new Float64Array(CURVE_PARTS)
  const counts = new Float64Array(CURVE_PARTS)
  for (const [k, step] of episodeSteps.entries()) {
    const end = Math.ceil(step / rows) * rows
    // A part holds its last step, not its first. What the last rollout goes beyond the total belongs to the last part.
    const part = Math.min(CURVE_PARTS - 1, Math.max(0, Math.ceil((CURVE_PARTS * end) / totalSteps) - 1))
    sums[part] += episodeReturns[k]
    counts[part]++
  }
  return Array.from(sums, (sum, part) => (counts[part] > 0 ? sum / counts[part] : null))
}

/** Step at which the mean of the last 100 episodes first reached `goal`; null for never. */
export const reachedStep = ({ episodeSteps, episodeReturns }: Pick<LearningAnswer, 'episodeSteps' | 'episodeReturns'>, goal: number): number | null => {
  let sum = 0
  for (const [k, value] of episodeReturns.entries()) {
    sum += value
    if (k >= RUNNING) sum -= episodeReturns[k - RUNNING]
    if (k >= RUNNING - 1 && sum / RUNNING >= goal) return episodeSteps[k]
  }
  return null
}

/** What is kept. */
export const seedResultOf = (
  { name, run, goal }: LearningTask, side: LearningSide, seed: number, answer: LearningAnswer, made: Pick<SeedResult, 'versions' | 'gitHash'>,
): SeedResult => {
  const { steps, evaluationReturns, trainingSeconds, evaluationSeconds } = answer
  return {
    task: name,
    side,
    seed,
    steps,
    curve: curveOfEpisodes(answer, run.totalSteps, run.envs * run.steps),
    reachedAt: goal === null ? null : reachedStep(answer, goal.mean),
    evaluationReturns,
    trainingSeconds,
    evaluationSeconds,
    ...made,
  }
}
