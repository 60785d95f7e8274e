/** What vector environments promise to the compiler. */
import { expectTypeOf } from 'vitest'
import { CartPoleEnv, PendulumEnv } from '../../envs/classic-control/index.js'
import { PongEnv, type PongInfo } from '../../envs/pong/index.js'
import { toAsync } from '../../src/env/index.js'
import { iterate, type Box, type Dict, type Discrete, type MultiDiscrete } from '../../src/spaces/index.js'
import {
  AsyncVectorEnv,
  findVector,
  makeVector,
  normalizeVectorObservation,
  recordVectorEpisodeStatistics,
  SyncVectorEnv,
  wrapVector,
  type AnyVectorEnv,
  type AsyncVectorEnvLike,
  type Final,
  type VectorEnv,
} from '../../src/vector/index.js'
import { WorkerVectorEnv } from '../../src/vector/worker.js'

const pongs = new SyncVectorEnv([() => new PongEnv(), new PongEnv()])
expectTypeOf(pongs).toEqualTypeOf<SyncVectorEnv<Box, Discrete<3>, PongInfo>>()
expectTypeOf(pongs).toExtend<VectorEnv<Box, Discrete<3>, PongInfo>>()
expectTypeOf(pongs).toExtend<AnyVectorEnv>()
expectTypeOf(pongs.observationSpace).toEqualTypeOf<Box>()
expectTypeOf(pongs.actionSpace).toEqualTypeOf<MultiDiscrete>()

// observations, infos and finals are typed
const step = pongs.step([0, 1])
expectTypeOf(step.observations).toEqualTypeOf<Float32Array>()
expectTypeOf(step.infos[0].rally).toEqualTypeOf<number>()
expectTypeOf(step.finals[0]).toEqualTypeOf<Final<Box, PongInfo> | undefined>()
expectTypeOf(step.finals[0]?.observation).toEqualTypeOf<Float32Array | undefined>()
// @ts-expect-error an episode may not have ended
step.finals[0].episode

// actions: numbers for Discrete, typed arrays for Box
pongs.step(new Int32Array(2))
pongs.step(pongs.sampleActions())
// @ts-expect-error an action of another type
pongs.step(['up', 'down'])
// @ts-expect-error one action for all
pongs.step(1)
const pendulums = new SyncVectorEnv([new PendulumEnv()])
pendulums.step([new Float32Array(1)])
pendulums.step(iterate(pendulums.singleActionSpace, new Float32Array(1)))
// @ts-expect-error a batch is not a list of actions
pendulums.step(new Float32Array(1))

// environments of different spaces do not go together
// @ts-expect-error another action space
new SyncVectorEnv([new PongEnv(), new CartPoleEnv()])
// @ts-expect-error an asynchronous environment
new SyncVectorEnv([toAsync(new PongEnv())])

// a forgotten await does not compile
const remote = new AsyncVectorEnv([toAsync(new PongEnv())])
expectTypeOf(remote).toExtend<AsyncVectorEnvLike<Box, Discrete<3>, PongInfo>>()
// @ts-expect-error a forgotten await
remote.step([0]).rewards
// @ts-expect-error a forgotten await
remote.reset().observations
// @ts-expect-error not at once
const atOnce: VectorEnv = remote
void atOnce

// ids type the vector
expectTypeOf(makeVector('CartPole-v1', { count: 2 })).resolves.toEqualTypeOf<SyncVectorEnv<Box, Discrete<2>>>()
const workers = await WorkerVectorEnv.start({ spec: 'Pong-v0', envOptions: { rules: 'serve' }, modules: [], count: 2 })
expectTypeOf(workers).toEqualTypeOf<WorkerVectorEnv<Box, Discrete<3>, PongInfo>>()
// @ts-expect-error an option of another type
void makeVector('Pong-v0', { count: 2, envOptions: { rules: 3 } })
// @ts-expect-error an unknown mode
new SyncVectorEnv([new PongEnv()], { autoreset: 'nextStep' })

// wrapped vectors keep their kind
const normalized = wrapVector(wrapVector(pongs, recordVectorEpisodeStatistics()), normalizeVectorObservation())
expectTypeOf(normalized).toEqualTypeOf<VectorEnv<Box, Discrete<3>, PongInfo>>()
expectTypeOf(wrapVector(remote, recordVectorEpisodeStatistics())).toEqualTypeOf<AsyncVectorEnvLike<Box, Discrete<3>, PongInfo>>()
expectTypeOf(findVector(normalized, recordVectorEpisodeStatistics)?.returns).toEqualTypeOf<readonly number[] | undefined>()
declare const dicts: VectorEnv<Dict<{ place: Box }>, Discrete<3>>
// @ts-expect-error only a Box can be normalised
wrapVector(dicts, normalizeVectorObservation())
expectTypeOf(dicts.reset().observations.place).toEqualTypeOf<Float32Array>()
