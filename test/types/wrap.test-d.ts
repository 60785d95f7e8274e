/** What `wrap`, `find` and `make` promise to the compiler. */
import { expectTypeOf } from 'vitest'
import { PongEnv, type PongInfo } from '../../envs/pong/index.js'
import { find, toAsync, wrap, type AsyncEnv, type AsyncSaveable, type Env, type Saveable } from '../../src/env/index.js'
import type { Box, Discrete } from '../../src/spaces/index.js'
import { recordEpisodeStatistics, stickyAction, timeLimit, transformReward, type EpisodeInfo } from '../../src/wrappers/index.js'

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
