/** What must and must not compile of the stepped loop and graded feedback. Checked by `tsc`; nothing here runs. */
import { PongEnv } from '../../envs/pong/index.js'
import { Culture } from '../../src/culture/index.js'
import type { AsyncEnv, Env } from '../../src/env/index.js'
import { GRADED_EVENTS, gradedFeedback, gradedOpenLoop, linearValue, ORIGINAL, type FeedbackPulse } from '../../src/feedback/index.js'
import {
  channelRateEncoder,
  groupDecoder,
  motorRegionDecoder,
  SteppedLoop,
  type Decoder,
  type EncodedPulse,
  type GameHappening,
  type SteppedInfo,
  type SteppedSession,
} from '../../src/loop/index.js'
import type { Box, Dict, MultiDiscrete } from '../../src/spaces/index.js'

interface RichInfo extends SteppedInfo {
  readonly tic: number
  readonly events: readonly (GameHappening & { readonly name: 'kill' | 'death' })[]
}
declare const late: AsyncEnv<Dict<{ features: Box }>, MultiDiscrete, RichInfo>
declare const atOnce: Env<Box, MultiDiscrete, SteppedInfo>
declare const eventless: Env<Box, MultiDiscrete>

const heads = [{ name: 'turn', groups: [[29, 30], [59, 60]] }] as const
const parts = {
  culture: Culture.grow({ neurons: 100 }, 7),
  encoder: channelRateEncoder({}, [8, 9], (features, out) => out.fill(features[0])),
  decoder: groupDecoder({ deadZone: 0.1 }, heads),
  feedback: gradedFeedback({ ...ORIGINAL, largestFrequencyHz: 200 }, linearValue(3)),
}
const flat = { ...parts, env: atOnce, features: (seen: Float32Array) => seen }

// the observation's type reaches the features and the watcher
export const session: Promise<SteppedSession> = new SteppedLoop({ ...parts, env: late, features: ({ features }) => features }).play({
  episodes: 3,
  onStep: async ({ observation }) => {
    observation.features satisfies Float32Array
  },
})
export const yoked = session.then(({ answers }) => gradedOpenLoop(answers))
export const changed = gradedFeedback({ events: { ...GRADED_EVENTS, kill: { ...GRADED_EVENTS.kill, channels: [1, 2] as const } } })
export const pulses: (FeedbackPulse | EncodedPulse)[] = [
  { offsetMs: 0, channels: [1], currentUa: 2, phaseWidthUs: 120 },
  { offsetMs: 0, channel: 1, amplitudeMv: 75 },
]
export const plain: Decoder = motorRegionDecoder()

// @ts-expect-error a pulse has an amplitude or a current
export const nothing: FeedbackPulse = { offsetMs: 0, channels: [1] }
// @ts-expect-error the game must say what happened
export const silentGame = new SteppedLoop({ ...flat, env: eventless })
// @ts-expect-error the loop of hits and misses takes another kind of game
export const pong = new SteppedLoop({ ...flat, env: new PongEnv() })
// @ts-expect-error one number is no choice for each head
export const oneHead = new SteppedLoop({ ...flat, decoder: motorRegionDecoder() })
// @ts-expect-error play answers later
export const forgotten: SteppedSession = new SteppedLoop(flat).play({ episodes: 1 })
// @ts-expect-error a misspelt option
gradedFeedback({ eventFedback: true })
// @ts-expect-error an event needs no such setting
gradedFeedback({ events: { kill: { frequency: 3 } } })
