/** What `bl1 bench learning` trains: tasks whose answers are known, with every setting written out, so that another package can be given the same. */

import type { PpoSettings } from '../../../../agents/ppo/parameters.js'
import type { ReinforceSettings } from '../../../../agents/reinforce/parameters.js'

type Shared = 'learningRate' | 'schedule' | 'gamma' | 'lambda' | 'minibatches' | 'entropyCoefficient' | 'maxGradientNorm' | 'rewardScale'
type Algorithm =
  | { readonly algorithm: 'ppo'; readonly learner: Pick<PpoSettings, Shared | 'clip' | 'epochs'> }
  | { readonly algorithm: 'reinforce'; readonly learner: Pick<ReinforceSettings, Shared | 'criticEpochs'> }

/** How one seed is trained. */
export type LearningRun = Algorithm & {
  readonly environment: 'CartPole-v1' | 'Pendulum-v1'
  /** Environments stepped together, and steps of each between two updates. */
  readonly envs: number
  readonly steps: number
  readonly network: { readonly hidden: readonly number[]; readonly activation: 'tanh' | 'relu' }
  readonly totalSteps: number
  /** Held-out episodes after the training, without chance in the actions. */
  readonly evaluationEpisodes: number
}

/** A task. */
export interface LearningTask {
  /** A word for `--tasks`. */
  readonly name: string
  readonly title: string
  readonly run: LearningRun
  /** Whether stable-baselines3 has the algorithm. */
  readonly hasPeer: boolean
  /** What counts as learned, and how many of ten seeds are to get there; null where nobody says what solves the task. */
  readonly goal: { readonly mean: number; readonly ofTen: number } | null
}

const TANH_64 = { hidden: [64, 64], activation: 'tanh' } as const

/** Rewards are scaled so that the returns that a critic learns are of the order of 1 to 10: it learns sooner, and Adam's steps suit it. */
const cartPolePpo: LearningTask = {
  name: 'cart-pole-ppo',
  title: 'PPO on CartPole-v1',
  run: {
    algorithm: 'ppo',
    environment: 'CartPole-v1',
    envs: 8,
    steps: 128,
    network: TANH_64,
    learner: {
      learningRate: 4e-4, schedule: 'linear', gamma: 0.99, lambda: 0.95, clip: 0.2, epochs: 4, minibatches: 4, entropyCoefficient: 0.01, maxGradientNorm: 0.5,
      rewardScale: 0.05,
    },
    totalSteps: 200_000,
    evaluationEpisodes: 100,
  },
  hasPeer: true,
  goal: { mean: 475, ofTen: 9 },
}

const cartPoleReinforce: LearningTask = {
  name: 'cart-pole-reinforce',
  title: 'REINFORCE on CartPole-v1',
  run: {
    algorithm: 'reinforce',
    environment: 'CartPole-v1',
    envs: 8,
    steps: 128,
    network: TANH_64,
    learner: {
      learningRate: 5e-3, schedule: 'linear', gamma: 0.99, lambda: 1, criticEpochs: 4, minibatches: 4, entropyCoefficient: 0.01, maxGradientNorm: 0.5,
      rewardScale: 0.05,
    },
    totalSteps: 200_000,
    evaluationEpisodes: 100,
  },
  hasPeer: false,
  goal: { mean: 400, ofTen: 8 },
}

const pendulumPpo: LearningTask = {
  name: 'pendulum-ppo',
  title: 'PPO on Pendulum-v1',
  run: {
    algorithm: 'ppo',
    environment: 'Pendulum-v1',
    envs: 8,
    steps: 256,
    network: TANH_64,
    learner: {
      learningRate: 1e-3, schedule: 'linear', gamma: 0.9, lambda: 0.95, clip: 0.2, epochs: 10, minibatches: 8, entropyCoefficient: 0, maxGradientNorm: 0.5,
      rewardScale: 0.1,
    },
    totalSteps: 200_000,
    evaluationEpisodes: 100,
  },
  hasPeer: true,
  goal: null,
}

/** In the order in which they run. */
export const learningTasks: readonly LearningTask[] = [cartPolePpo, cartPoleReinforce, pendulumPpo]

/** The words that `--tasks` takes. */
export const TASK_NAMES = learningTasks.map(({ name }) => name)

/** Seeds of each task, and those of `--quick`. */
export const SEEDS = 10
export const QUICK_SEEDS = 2

const QUICK = { totalSteps: 3000, evaluationEpisodes: 5 }

/** The same with so little training that nothing is learned: shows that everything works. */
export const quickTask = (task: LearningTask): LearningTask => ({ ...task, run: { ...task.run, ...QUICK }, goal: null })
