/** What the registry, the checkers, the recordings, the measurements and the base classes promise to the compiler. Nothing here runs. */
import { expectTypeOf } from 'vitest'
import { CartPoleEnv, type PendulumEnv, type PendulumOptions } from '../../envs/classic-control/index.js'
import { PongEnv } from '../../envs/pong/index.js'
import { benchmarkInit, benchmarkStep, benchmarkVectorStep, type StepBenchmark } from '../../src/bench/index.js'
import { BaseAsyncEnv, checkEnv, compareEnvs, make, registerWrapper, toAsync, wrap, type AnyEnv, type Env } from '../../src/env/index.js'
import { filmVector, recordVideo } from '../../src/recording/index.js'
import type { Box, Discrete } from '../../src/spaces/index.js'
import { checkVectorEnv, makeVector, SyncVectorEnv } from '../../src/vector/index.js'
import { timeLimit } from '../../src/wrappers/index.js'

// The id says the environment and its options; a spec, which may come from a file, says neither.
expectTypeOf(await make('Pendulum-v1', { g: 9.81 })).toEqualTypeOf<PendulumEnv>()
expectTypeOf(make<'Pendulum-v1'>).parameter(1).toEqualTypeOf<PendulumOptions | undefined>()
expectTypeOf(await make({ id: 'Pendulum-v1', options: {} })).toEqualTypeOf<AnyEnv>()
// With a checker around it, it is no PendulumEnv any more, but still an environment of the same spaces.
const checked = await make('Pendulum-v1', {}, { check: true })
expectTypeOf(checked).toExtend<Env<Box, Box>>()
// @ts-expect-error the environment's own fields are inside
checked.parameters
// @ts-expect-error no such id
void make('Pendulum-v7')
// @ts-expect-error no such option
void make('Pendulum-v1', { gravity: 9.81 })
// @ts-expect-error an option of another type
void makeVector('CartPole-v1', { count: 2, envOptions: { renderMode: 'human' } })
// @ts-expect-error no name
registerWrapper({ load: async () => timeLimit })

// Either kind of environment can be checked, compared and measured.
void checkEnv(() => new CartPoleEnv(), { steps: 10 })
void checkEnv(async () => toAsync(new CartPoleEnv()))
void compareEnvs(new PongEnv(), toAsync(new PongEnv()), { steps: 10, seed: 1 })
const vec = new SyncVectorEnv([() => new CartPoleEnv()])
void checkVectorEnv(() => vec)
expectTypeOf(benchmarkStep(new CartPoleEnv())).resolves.toEqualTypeOf<StepBenchmark>()
expectTypeOf(benchmarkVectorStep(vec)).resolves.toEqualTypeOf<StepBenchmark>()
// @ts-expect-error making is measured on what makes it
void benchmarkInit(new CartPoleEnv())
// @ts-expect-error a vector is not one environment
void checkEnv(() => vec)

// A film changes neither spaces nor infos.
const film = wrap(new CartPoleEnv({ renderMode: 'rgb_array' }), recordVideo({ folder: 'videos', schedule: { every: 10 } }))
expectTypeOf(film.step(1).observation).toEqualTypeOf<Float32Array>()
const factories = filmVector([() => new CartPoleEnv({ renderMode: 'rgb_array' })], { folder: 'videos' })
expectTypeOf(factories).toExtend<(() => Env<Box, Discrete<2>>)[]>()
// @ts-expect-error no such format
recordVideo({ folder: 'videos', format: 'avi' })
// @ts-expect-error no such schedule
recordVideo({ folder: 'videos', schedule: 'sometimes' })

/** An answer that comes at once does not make an asynchronous environment. */
export abstract class Hasty extends BaseAsyncEnv<Box, Discrete<2>> {
  // @ts-expect-error a promise is expected
  protected onReset() {
    return { observation: new Float32Array(1), info: {} }
  }
}
