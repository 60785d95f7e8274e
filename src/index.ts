/**
 * BL-1: what most users need. Each room has all of it under a path of its own (`bl1/culture`, `bl1/loop`, `bl1/analysis` ...), and each
 * environment too (`bl1/envs/pong`, `bl1/envs/classic-control`). Nothing here needs Node; files, threads and figures on disk are in `bl1/io`, Doom and other
 * environments of Python in `bl1/envs/doom` and `bl1/envs/python`.
 */
export { Bl1Error, type ErrorCode, type ErrorTable } from './errors.js'
export { Rng, type RngState } from './rng.js'

export { Box, Dict, Discrete, Graph, MultiBinary, MultiDiscrete, OneOf, Sequence, Space, Text, Tuple, type Member } from './spaces/index.js'
export {
  assertEnv,
  BaseAsyncEnv,
  BaseEnv,
  checkEnv,
  find,
  isOver,
  make,
  register,
  registeredIds,
  wrap,
  type AnyEnv,
  type AsyncEnv,
  type Env,
  type EnvSpec,
  type Info,
  type ResetOptions,
  type StepResult,
} from './env/index.js'

export { Culture, STEP_MS, type CultureOptions, type CultureSnapshot, type SpikeColumns } from './culture/index.js'
export { ElectrodeArray, type MeaOptions, type PulseDesign, type PulseTrain } from './mea/index.js'

export {
  avoidance,
  fep,
  gradedFeedback,
  gradedInverted,
  gradedNoFeedback,
  gradedOpenLoop,
  gradedRest,
  gradedSilent,
  inverted,
  noFeedback,
  openLoop,
  rest,
  reward,
  silent,
  type FeedbackOptions,
  type FeedbackPolicy,
  type GameMove,
  type GradedFeedbackOptions,
  type GradedPolicy,
  type SessionScript,
} from './feedback/index.js'
export {
  boardLayout,
  channelRateEncoder,
  ClosedLoop,
  groupDecoder,
  motorRegionDecoder,
  placeRateEncoder,
  sessionScript,
  SteppedLoop,
  type BoardOptions,
  type ClosedLoopParts,
  type Decoder,
  type DecoderOptions,
  type Encoder,
  type EncoderOptions,
  type Encounter,
  type Game,
  type PlayOptions,
  type Session,
  type SteppedGame,
  type SteppedLoopParts,
  type SteppedSession,
} from './loop/index.js'
