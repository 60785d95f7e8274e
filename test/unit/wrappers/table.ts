/** Every wrapper around an environment it suits: what `everyWrapper.test.ts` goes through. */
import { CartPoleEnv, MountainCarEnv, PendulumEnv } from '../../../envs/classic-control/index.js'
import { PongEnv } from '../../../envs/pong/index.js'
import { toAsync, wrap, type AsyncEnv, type AsyncSaveable, type Env, type EnvShape, type Hooks, type Info } from '../../../src/env/index.js'
import type { JsonObject, Saveable } from '../../../src/env/index.js'
import { Box, Discrete, type Space } from '../../../src/spaces/index.js'
import * as wrappers from '../../../src/wrappers/index.js'

/** One wrapper around one environment. */
export interface WrapperCase {
  readonly title: string
  readonly sync: (reuseBuffers: boolean) => Env & Saveable
  readonly async: (reuseBuffers: boolean) => AsyncEnv & AsyncSaveable
  /** Options that the wrapper must refuse, with the code. Unknown keys are tried without being listed here. */
  readonly bad: readonly (readonly [options: JsonObject, code: string])[]
  /** The wrapper learns from one episode to the next, so that equal seeds do not give equal episodes. */
  readonly learns: boolean
}

type Row = Partial<Pick<WrapperCase, 'bad' | 'learns'>>

/** @param env makes the environment inside, which writes its observations again if `reuseBuffers` */
export const row = <OS extends Space, AS extends Space, I extends Info, OS2 extends Space, AS2 extends Space, I2 extends Info>(
  title: string,
  env: (reuseBuffers: boolean) => Env<OS, AS, I> & Saveable,
  wrapper: (env: EnvShape<OS, AS, I>) => Hooks<OS, AS, I, OS2, AS2, I2>,
  { bad = [], learns = false }: Row = {},
): WrapperCase => ({
  title,
  sync: (reuseBuffers) => wrap(env(reuseBuffers), wrapper),
  async: (reuseBuffers) => wrap(toAsync(env(reuseBuffers)), wrapper),
  bad,
  learns,
})

const cartPole = (reuseBuffers: boolean): CartPoleEnv => new CartPoleEnv({ reuseBuffers }, { maxEpisodeSteps: 40 })
const pendulum = (reuseBuffers: boolean): PendulumEnv => new PendulumEnv({ reuseBuffers }, { maxEpisodeSteps: 30 })
const car = (reuseBuffers: boolean): MountainCarEnv => new MountainCarEnv({ reuseBuffers }, { maxEpisodeSteps: 30 })

const IMAGE = new Box({ low: 0, high: 255, shape: [4, 6, 3], dtype: 'uint8' })
/** A picture that depends on all of the state. */
const paint = wrappers.named('test/paint', (state: Float32Array) =>
  Uint8Array.from({ length: IMAGE.size }, (_, i) => Math.floor(128 + 100 * Math.sin(i + 9 * state[i % state.length]))),
)
const camera = (reuseBuffers: boolean) =>
  wrap(pendulum(reuseBuffers), wrappers.transformObservation({ transform: paint, observationSpace: IMAGE }))
const timed = (reuseBuffers: boolean) => wrap(pendulum(reuseBuffers), wrappers.timeAwareObservation({ flatten: false }))
const double = wrappers.named('test/double', (observation: Float32Array) => observation.map((x) => 2 * x))
const wide = new Box({ low: [-2, -2, -16], high: [2, 2, 16] })

const mirror = wrappers.named('test/mirror', (torque: Float32Array) => torque.map((x) => -x))
const push = wrappers.named('test/push', (choice: number) => Float32Array.of(4 * choice - 2))
const halve = wrappers.named('test/halve', (reward: number) => reward / 2)
const screen = (reuseBuffers: boolean): PongEnv => new PongEnv({ reuseBuffers, renderMode: 'rgb_array' }, { maxEpisodeSteps: 20 })

const INVALID = 'parameter/invalid'
const SPACE = 'env/wrapper-space'

export const cases: readonly WrapperCase[] = [
  row('transformObservation', pendulum, wrappers.transformObservation({ transform: double, observationSpace: wide }), {
    bad: [
      [{}, INVALID],
      [{ transform: 3 }, INVALID],
      [{ transform: { function: 'test/doubel' } }, 'wrapper/function'],
      [{ transform: { function: 'test/double' }, observationSpace: { kind: 'Bax' } }, 'space/json'],
    ],
  }),
  row('filterObservation', timed, wrappers.filterObservation({ keys: ['time', 'observation'] }), {
    bad: [
      [{ keys: [] }, INVALID],
      [{ keys: ['time', 'time'] }, INVALID],
      [{ keys: 'time' }, INVALID],
      [{ keys: [-1] }, INVALID],
      [{ keys: ['tome'] }, SPACE],
      [{ keys: [0] }, SPACE],
    ],
  }),
  row('flattenObservation', timed, wrappers.flattenObservation()),
  row('grayscaleObservation', camera, wrappers.grayscaleObservation({ keepChannel: true }), { bad: [[{ keepChannel: 1 }, INVALID]] }),
  row('resizeObservation, area', camera, wrappers.resizeObservation({ height: 3, width: 4 }), {
    bad: [
      [{ height: 0, width: 4 }, INVALID],
      [{ height: 2.5, width: 4 }, INVALID],
      [{ height: 2 }, INVALID],
      [{ height: 2, width: 2, method: 'cubic' }, INVALID],
    ],
  }),
  row('resizeObservation, nearest', camera, wrappers.resizeObservation({ height: 8, width: 5, method: 'nearest' })),
  row('reshapeObservation', camera, wrappers.reshapeObservation({ shape: [8, 9] }), {
    bad: [
      [{ shape: 72 }, INVALID],
      [{ shape: [-1, 9] }, INVALID],
      [{ shape: [8, 8] }, SPACE],
    ],
  }),
  row('rescaleObservation', pendulum, wrappers.rescaleObservation({ min: -2, max: [1, 2, 3] }), {
    bad: [
      [{ min: 0 }, INVALID],
      [{ min: 'low', max: 1 }, INVALID],
      [{ min: 0, max: 'Infinity' }, SPACE],
      [{ min: 1, max: 0 }, 'space/box'],
      [{ min: [0, 0], max: 1 }, 'space/box'],
    ],
  }),
  row('dtypeObservation', pendulum, wrappers.dtypeObservation({ dtype: 'int8' }),
    { bad: [[{ dtype: 'int7' }, INVALID], [{ dtype: 'uint8' }, SPACE]] }),
  row('discretizeObservation', car, wrappers.discretizeObservation({ bins: [4, 6] }), {
    bad: [
      [{ bins: 0 }, INVALID],
      [{ bins: [2.5, 2] }, INVALID],
      [{ bins: [2, 2, 2] }, SPACE],
      [{ bins: 2 ** 20 }, 'space/discrete'],
    ],
  }),
  row('discretizeObservation, each element', car, wrappers.discretizeObservation({ bins: 5, multidiscrete: true })),
  row('delayObservation', cartPole, wrappers.delayObservation({ steps: 3 }),
    { bad: [[{ steps: -1 }, INVALID], [{ steps: 1.5 }, INVALID]] }),
  row('timeAwareObservation', cartPole, wrappers.timeAwareObservation(), {
    bad: [
      [{ flatten: 'no' }, INVALID],
      [{ maxEpisodeSteps: 0 }, INVALID],
    ],
  }),
  row('timeAwareObservation in a Dict', timed, wrappers.timeAwareObservation({ flatten: false, normalize: true, timeKey: 'part' }), {
    bad: [[{ flatten: false, timeKey: 'time' }, SPACE]],
  }),
  row('frameStackObservation', cartPole, wrappers.frameStackObservation({ stackSize: 3 }), {
    bad: [
      [{ stackSize: 0 }, INVALID],
      [{ stackSize: 2, padding: 'one' }, INVALID],
    ],
  }),
  row('frameStackObservation of a Dict', timed, wrappers.frameStackObservation({ stackSize: 2, padding: 'zero' })),
  row('normalizeObservation', cartPole, wrappers.normalizeObservation(), {
    learns: true,
    bad: [
      [{ epsilon: 0 }, INVALID],
      [{ update: 'yes' }, INVALID],
    ],
  }),
  row('normalizeObservation, frozen', cartPole, wrappers.normalizeObservation({ update: false, epsilon: 1e-4 })),
  row('maxAndSkipObservation', cartPole, wrappers.maxAndSkipObservation({ skip: 3 }),
    { bad: [[{ skip: 1 }, INVALID], [{ skip: 2.5 }, INVALID]] }),
  row('timeLimit', cartPole, wrappers.timeLimit({ maxEpisodeSteps: 7 }), { bad: [[{ maxEpisodeSteps: 0 }, INVALID], [{}, INVALID]] }),
  row('recordEpisodeStatistics', cartPole, wrappers.recordEpisodeStatistics({ history: 2 }), { bad: [[{ history: 0 }, INVALID]] }),
  row('orderEnforcing', cartPole, wrappers.orderEnforcing()),
  row('passiveEnvChecker', cartPole, wrappers.passiveEnvChecker()),
  row('transformAction', pendulum, wrappers.transformAction({ transform: mirror }), {
    bad: [
      [{}, INVALID],
      [{ transform: 1 }, INVALID],
      [{ transform: { function: 'test/miror' } }, 'wrapper/function'],
      [{ transform: { function: 'test/mirror' }, actionSpace: { kind: 'Bax' } }, 'space/json'],
    ],
  }),
  row('transformAction from another space', pendulum, wrappers.transformAction({ transform: push, actionSpace: new Discrete({ n: 2 }) })),
  row('clipAction', pendulum, wrappers.clipAction()),
  row('rescaleAction', pendulum, wrappers.rescaleAction({ min: -1, max: [3] }), {
    bad: [
      [{ min: 0 }, INVALID],
      [{ min: 0, max: 'Infinity' }, INVALID],
      [{ min: 1, max: 1 }, INVALID],
      [{ min: [0, 0], max: [1] }, INVALID],
      [{ min: [0, 0], max: 1 }, SPACE],
    ],
  }),
  row('discretizeAction', pendulum, wrappers.discretizeAction({ bins: 5 }), {
    bad: [
      [{ bins: 0 }, INVALID],
      [{ bins: [2.5] }, INVALID],
      [{ bins: [2, 2] }, SPACE],
      [{ bins: 2 ** 33 }, 'space/discrete'],
    ],
  }),
  row('discretizeAction, each element', pendulum, wrappers.discretizeAction({ bins: [4], multidiscrete: true })),
  row('stickyAction', pendulum, wrappers.stickyAction({ repeatProbability: 0.4, repeatDuration: [1, 3] }), {
    bad: [
      [{}, INVALID],
      [{ repeatProbability: 1.1 }, INVALID],
      [{ repeatProbability: 0.5, repeatDuration: 0 }, INVALID],
      [{ repeatProbability: 0.5, repeatDuration: [3, 2] }, INVALID],
    ],
  }),
  row('repeatAction', cartPole, wrappers.repeatAction({ times: 3 }), { bad: [[{ times: 0 }, INVALID], [{ times: 1.5 }, INVALID]] }),
  row('transformReward', pendulum, wrappers.transformReward({ transform: halve }),
    { bad: [[{}, INVALID], [{ transform: { function: 'test/nobody' } }, 'wrapper/function']] }),
  row('clipReward', pendulum, wrappers.clipReward({ min: -1 }),
    { bad: [[{}, INVALID], [{ min: 1, max: 0 }, INVALID], [{ min: 'low' }, INVALID]] }),
  row('normalizeReward', pendulum, wrappers.normalizeReward({ gamma: 0.9 }), {
    learns: true,
    bad: [
      [{ gamma: 1.1 }, INVALID],
      [{ epsilon: 0 }, INVALID],
      [{ update: 1 }, INVALID],
    ],
  }),
  row('renderCollection', screen, wrappers.renderCollection({ popFrames: false }), { bad: [[{ popFrames: 'no' }, INVALID]] }),
  row('addWhiteNoise', screen, wrappers.addWhiteNoise({ probability: 0.5 }), { bad: [[{}, INVALID], [{ probability: 2 }, INVALID]] }),
  row('obstructView', screen, wrappers.obstructView({ ratio: 0.5, width: 4 }),
    { bad: [[{ ratio: 0.5, width: 0 }, INVALID], [{ ratio: -1, width: 2 }, INVALID]] }),
]
