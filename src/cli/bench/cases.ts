/** What `bl1 bench env` measures: cases, each with the sides that take turns. */
import { availableParallelism } from 'node:os'
import type { SetupInput } from './setup.js'

/** Who is measured. */
export type Owner = 'bl1' | 'gymnasium'

/** One of the programs of a case. */
export interface Side {
  readonly owner: Owner
  readonly label: string
  readonly setup: SetupInput
  /** Also measure the heap of a step. */
  readonly heap?: boolean
}

/** One question. The first side is what the others are compared with. */
export interface BenchCase {
  /** A word for `--cases`. */
  readonly name: string
  readonly title: string
  /** What to know when reading the numbers. */
  readonly note: string
  /** Share of `--steps`: slower things take fewer steps. */
  readonly share: number
  readonly sides: readonly Side[]
}

type WrapperPair = readonly [name: string, ours: Record<string, number>, gymnasium: Record<string, number>]

/** The five wrappers, from the inside out: limits, statistics, a running normalisation, memory, clipping. */
const FIVE: readonly WrapperPair[] = [
  ['TimeLimit', { maxEpisodeSteps: 500 }, { max_episode_steps: 500 }],
  ['RecordEpisodeStatistics', {}, {}],
  ['NormalizeObservation', {}, {}],
  ['FrameStackObservation', { stackSize: 4 }, { stack_size: 4 }],
  ['ClipReward', { min: -1, max: 1 }, { min_reward: -1, max_reward: 1 }],
]

/** Wrappers measured one by one. */
const SINGLE: readonly WrapperPair[] = [
  ...FIVE,
  ['DelayObservation', { steps: 2 }, { delay: 2 }],
  ['FlattenObservation', {}, {}],
  ['NormalizeReward', {}, {}],
  ['StickyAction', { repeatProbability: 0.25 }, { repeat_action_probability: 0.25 }],
]

const ours = (pairs: readonly WrapperPair[]): [string, Record<string, number>][] => pairs.map(([name, options]) => [name, options])
const theirs = (pairs: readonly WrapperPair[]): [string, Record<string, number>][] => pairs.map(([name, , options]) => [name, options])

const MANY = 64
/** Iterations of the logistic map that take about a millisecond in each language. */
const SLOW = { ours: 450_000, theirs: 20_000 }
/** One thread or process a core, and no fewer than two. */
const WORKERS = Math.max(2, availableParallelism())

const cartPole: BenchCase = {
  name: 'cart-pole',
  title: 'CartPole-v1 alone',
  note:
    'Random actions, resets at ends included. `gym.make` puts PassiveEnvChecker, OrderEnforcing and TimeLimit around it, ours checks actions and ' +
    'order and limits time itself; `.unwrapped` does neither.',
  share: 1,
  sides: [
    { owner: 'bl1', label: "make('CartPole-v1')", setup: { env: 'cart-pole' }, heap: true },
    { owner: 'bl1', label: "make('CartPole-v1', { reuseBuffers: true })", setup: { env: 'cart-pole reusing' }, heap: true },
    { owner: 'gymnasium', label: "gym.make('CartPole-v1')", setup: { env: 'cart-pole as made' } },
    { owner: 'gymnasium', label: "gym.make('CartPole-v1').unwrapped", setup: { env: 'cart-pole' } },
  ],
}

const fiveWrappers: BenchCase = {
  name: 'five-wrappers',
  title: 'CartPole-v1 through five wrappers',
  note: `From the inside out: ${FIVE.map(([name]) => name).join(', ')}. Gymnasium's are around the unwrapped environment.`,
  share: 0.2,
  sides: [
    { owner: 'bl1', label: 'five wrappers', setup: { env: 'cart-pole', wrappers: ours(FIVE) }, heap: true },
    { owner: 'gymnasium', label: 'five wrappers', setup: { env: 'cart-pole', wrappers: theirs(FIVE) } },
  ],
}

const many: BenchCase = {
  name: 'vector',
  title: `CartPole-v1, a vector of ${MANY}`,
  note:
    "Steps of single environments. SyncVectorEnv on both sides with autoreset in the same step; Gymnasium's CartPoleVectorEnv is its hand-written " +
    `code for all ${MANY} at once, with NumPy.`,
  share: 1,
  sides: [
    { owner: 'bl1', label: 'SyncVectorEnv', setup: { env: 'cart-pole', vector: 'sync', count: MANY }, heap: true },
    { owner: 'gymnasium', label: 'SyncVectorEnv', setup: { env: 'cart-pole', vector: 'sync', count: MANY } },
    { owner: 'gymnasium', label: 'CartPoleVectorEnv', setup: { env: 'cart-pole', vector: 'batch', count: MANY } },
  ],
}

const slowWorkers: BenchCase = {
  name: 'slow-workers',
  title: `A slow environment, a vector of ${WORKERS} in workers`,
  note:
    'About a millisecond of computing a step. Efficiency: steps of the vector over those of as many alone. Ours: one worker thread each; ' +
    'Gymnasium: one process each.',
  share: 0.002,
  sides: [
    { owner: 'bl1', label: 'WorkerVectorEnv', setup: { env: 'slow', iterations: SLOW.ours, vector: 'workers', count: WORKERS } },
    { owner: 'bl1', label: 'one alone', setup: { env: 'slow', iterations: SLOW.ours } },
    { owner: 'gymnasium', label: 'AsyncVectorEnv', setup: { env: 'slow', iterations: SLOW.theirs, vector: 'processes', count: WORKERS } },
    { owner: 'gymnasium', label: 'one alone', setup: { env: 'slow', iterations: SLOW.theirs } },
  ],
}

const lightWorkers: BenchCase = {
  name: 'light-workers',
  title: `CartPole-v1, a vector of ${WORKERS} in workers`,
  note: 'Where workers do not pay: the messages take longer than the steps.',
  share: 0.05,
  sides: [
    { owner: 'bl1', label: 'WorkerVectorEnv', setup: { env: 'cart-pole', vector: 'workers', count: WORKERS } },
    { owner: 'bl1', label: 'SyncVectorEnv', setup: { env: 'cart-pole', vector: 'sync', count: WORKERS } },
    { owner: 'gymnasium', label: 'AsyncVectorEnv', setup: { env: 'cart-pole', vector: 'processes', count: WORKERS } },
    { owner: 'gymnasium', label: 'SyncVectorEnv', setup: { env: 'cart-pole', vector: 'sync', count: WORKERS } },
  ],
}

const empty: BenchCase = {
  name: 'empty',
  title: 'An environment that does nothing',
  note: 'The cost of the framework: for ours BaseEnv with its checks of action and order. Gymnasium: a bare gym.Env, which checks nothing.',
  share: 1,
  sides: [
    { owner: 'bl1', label: 'BaseEnv', setup: { env: 'empty' }, heap: true },
    { owner: 'gymnasium', label: 'gym.Env', setup: { env: 'empty' } },
  ],
}

/** The sides of a wrapper's case are in this order: with and without it, ours and Gymnasium's. */
const wrapper = (pair: WrapperPair): BenchCase => ({
  name: `wrapper-${pair[0]}`,
  title: `The wrapper ${pair[0]}`,
  note: 'Around the environment that does nothing; what it adds is the difference.',
  share: 0.5,
  sides: [
    { owner: 'bl1', label: pair[0], setup: { env: 'empty', wrappers: ours([pair]) }, heap: true },
    { owner: 'bl1', label: 'without', setup: { env: 'empty' } },
    { owner: 'gymnasium', label: pair[0], setup: { env: 'empty', wrappers: theirs([pair]) } },
    { owner: 'gymnasium', label: 'without', setup: { env: 'empty' } },
  ],
})

/** All cases, in the order in which they run. */
export const benchCases: readonly BenchCase[] = [cartPole, fiveWrappers, many, slowWorkers, lightWorkers, empty, ...SINGLE.map(wrapper)]
