/** What `wrap`, `find` and `make` promise to the compiler. */
import { expectTypeOf } from 'vitest'
import { CartPoleEnv, PendulumEnv } from '../../envs/classic-control/index.js'
import { PongEnv, type PongInfo } from '../../envs/pong/index.js'
import { find, toAsync, wrap, type AsyncEnv, type AsyncSaveable, type Env, type Saveable } from '../../src/env/index.js'
import type { Frame } from '../../src/env/index.js'
import { Discrete, Text, type Box, type MultiDiscrete } from '../../src/spaces/index.js'
import { clipAction, clipReward, discretizeAction, normalizeReward, passiveEnvChecker } from '../../src/wrappers/index.js'
import { recordEpisodeStatistics, renderCollection, repeatAction, rescaleAction } from '../../src/wrappers/index.js'
import { stickyAction, timeLimit, transformAction, transformReward, type EpisodeInfo } from '../../src/wrappers/index.js'

const pong = new PongEnv()
const limited = wrap(pong, timeLimit({ maxEpisodeSteps: 3 }))
expectTypeOf(limited).toEqualTypeOf<Env<Box, Discrete<3>, PongInfo> & Saveable>()

// infos add up, spaces and the way to save stay
const recorded = wrap(wrap(limited, stickyAction({ repeatProbability: 0.25 })), recordEpisodeStatistics())
expectTypeOf(recorded).toEqualTypeOf<Env<Box, Discrete<3>, PongInfo & EpisodeInfo> & Saveable>()
expectTypeOf(recorded.step(1).info.episode?.return).toEqualTypeOf<number | undefined>()
expectTypeOf(recorded.step(1).info.rally).toEqualTypeOf<number>()

// an asynchronous environment stays one
const remote = wrap(toAsync(pong), transformReward({ transform: Math.sign }))
expectTypeOf(remote).toEqualTypeOf<AsyncEnv<Box, Discrete<3>, PongInfo> & AsyncSaveable>()
// @ts-expect-error a forgotten await
remote.step(1).observation

// @ts-expect-error an action of another type
recorded.step('up')
// @ts-expect-error an option of another type
timeLimit({ maxEpisodeSteps: '3' })
// @ts-expect-error a missing option
stickyAction({})

// what a wrapper keeps is typed by its factory
expectTypeOf(find(recorded, recordEpisodeStatistics)?.returns).toEqualTypeOf<readonly number[] | undefined>()

// wrappers of continuous actions
const pendulum = new PendulumEnv()
expectTypeOf(wrap(pendulum, clipAction()).actionSpace).toEqualTypeOf<Box>()
expectTypeOf(wrap(toAsync(pendulum), rescaleAction({ min: -1, max: [1] })).actionSpace).toEqualTypeOf<Box>()
// @ts-expect-error a choice has no bounds to clip to
wrap(new CartPoleEnv(), clipAction())
// @ts-expect-error a choice has no bounds to rescale
wrap(new CartPoleEnv(), rescaleAction({ min: -1, max: 1 }))
// @ts-expect-error a choice is discrete already
wrap(new CartPoleEnv(), discretizeAction({ bins: 2 }))
// @ts-expect-error a missing bound
rescaleAction({ min: -1 })
// @ts-expect-error an option that there is not
clipAction({ min: 1 })

// a wrapper that changes the type of an action
const buttons = wrap(pendulum, discretizeAction({ bins: 5 }))
expectTypeOf(buttons).toEqualTypeOf<Env<Box, Discrete> & Saveable>()
buttons.step(3)
// @ts-expect-error the action of the environment inside
buttons.step(Float32Array.of(1))
expectTypeOf(wrap(pendulum, discretizeAction({ bins: [5], multidiscrete: true })).actionSpace).toEqualTypeOf<MultiDiscrete>()

// a function between two spaces
const words = new Text({ maxLength: 5 })
const spoken = wrap(new CartPoleEnv(), transformAction({ transform: (word) => (word === 'left' ? 0 : 1), actionSpace: words }))
expectTypeOf(spoken.actionSpace).toEqualTypeOf<Text>()
wrap(pendulum, transformAction({ transform: (torque: Float32Array) => torque.map((x) => -x) }))
wrap(pendulum, transformAction({ transform: (push) => Float32Array.of(push), actionSpace: new Discrete({ n: 2 }) }))
// @ts-expect-error the environment takes arrays
wrap(pendulum, transformAction({ transform: (push) => 2 * push, actionSpace: new Discrete({ n: 2 }) }))
// @ts-expect-error the environment gives numbers to no such function
wrap(pendulum, transformAction({ transform: (push: number) => -push }))
// @ts-expect-error another space outside has to be named
transformAction({ transform: (push: number) => Float32Array.of(push) })

// wrappers that change no type
expectTypeOf(wrap(wrap(wrap(pong, repeatAction({ times: 2 })), clipReward({ max: 1 })), passiveEnvChecker())).toEqualTypeOf<
  Env<Box, Discrete<3>, PongInfo> & Saveable
>()
expectTypeOf(find(buttons, renderCollection)?.take()).toEqualTypeOf<readonly (Frame | string)[] | undefined>()
expectTypeOf(find(buttons, normalizeReward)?.update).toEqualTypeOf<boolean | undefined>()
// @ts-expect-error a range has two ends
stickyAction({ repeatProbability: 0.1, repeatDuration: [1, 2, 3] })
