/** What `bl1 bench train` measures: updates beside PyTorch, and training. */
import type { RunSetup, UpdateSetupInput } from './setup.js'

/** An update under one setting. */
export interface UpdateCase {
  readonly title: string
  /** Updates of a round. */
  readonly updates: number
  readonly setup: UpdateSetupInput
}

/** A training whose time is looked at. */
export interface RunCase {
  readonly title: string
  readonly setup: RunSetup
}

/** Everything, in the order in which it is measured. */
export interface TrainPlan {
  readonly updates: readonly UpdateCase[]
  readonly runs: readonly RunCase[]
}

/** Gradient steps of an update. */
export const gradientSteps = ({ learner = {} }: UpdateSetupInput): number => (learner.epochs ?? 1) * (learner.minibatches ?? 1)

const common = { kind: 'update', seed: 1, file: null } as const

/** The sizes of stable-baselines3's defaults: 4 numbers in, 2 choices. */
const small: UpdateCase = {
  title: 'CartPole, 64-64',
  updates: 1,
  setup: {
    ...common,
    policy: 'network',
    envs: 8,
    steps: 256,
    observationWidth: 4,
    choices: 2,
    hidden: [64, 64],
    learner: { epochs: 10, minibatches: 32, learningRate: 3e-4, entropyCoefficient: 0 },
  },
}

/** Of configs/train_pong.yaml: an encoder with eight Beta distributions, a linear decoder of 51 electrodes, 3 choices. */
const culture: UpdateCase = {
  title: 'Pong with a culture, 128-128',
  updates: 2,
  setup: {
    ...common,
    policy: 'culture',
    envs: 8,
    steps: 256,
    observationWidth: 5,
    choices: 3,
    hidden: [128, 128],
    encoding: [9, 12, 14, 27, 30, 41, 44, 54],
    learner: { epochs: 4, minibatches: 8, learningRate: 3e-4, entropyCoefficient: 0.01 },
  },
}

/** Where arithmetic weighs more than calls: 64 numbers in, 8 choices. */
const large: UpdateCase = {
  title: 'larger, 256-256',
  updates: 1,
  setup: {
    ...common,
    policy: 'network',
    envs: 16,
    steps: 512,
    observationWidth: 64,
    choices: 8,
    hidden: [256, 256],
    learner: { epochs: 4, minibatches: 8, learningRate: 3e-4, entropyCoefficient: 0.01 },
  },
}

const pong = (neurons: number, rolloutSteps: number | null = null): RunCase => ({
  title: `configs/train_pong.yaml, ${neurons.toLocaleString('en-US')} neurons`,
  setup: { kind: 'run', config: 'train_pong', neurons, rolloutSteps },
})

const network: RunCase = { title: 'configs/train_cartpole.yaml, no culture', setup: { kind: 'run', config: 'train_cartpole', neurons: null, rolloutSteps: null } }

const QUICK_NEURONS = 100
const QUICK_STEPS = 32

/** @param quick the smallest of each */
export const trainPlan = (quick: boolean): TrainPlan =>
  quick ? { updates: [{ ...culture, updates: 1, setup: { ...culture.setup, steps: QUICK_STEPS } }], runs: [pong(QUICK_NEURONS, QUICK_STEPS)] } : { updates: [small, culture, large], runs: [network, pong(1000), pong(10_000)] }

/** The same update with one minibatch, in which chance decides nothing: both sides must compute the same numbers. */
export const withoutChance = (setup: UpdateSetupInput): UpdateSetupInput => ({ ...setup, learner: { ...setup.learner, minibatches: 1 } })
