/** What the stepped loop joins, shows and leaves behind. */
import type { z } from 'zod'
import type { SpikeColumns } from '../culture/index.js'
import type { AnyEnv, EndReason, Info } from '../env/index.js'
import type { GameHappening, GradedAnswer, GradedPolicy, ScriptedTrain } from '../feedback/index.js'
import type { DeliveredPulse, ElectrodeArray } from '../mea/index.js'
import { group, quantity } from '../parameters.js'
import type { Member, MultiDiscrete, Space } from '../spaces/index.js'
import type { Decoder } from './decoder.js'
import type { Encoder } from './encoder.js'
import type { RecordedSpikes } from './session.js'
import type { Substrate } from './types.js'

/** What the loop needs of a game's info: everything that happened in this step. */
export interface SteppedInfo extends Info {
  readonly events: readonly GameHappening[]
}

/** A game that waits for each action and may answer later; an action is one choice a head. */
export type SteppedGame<OS extends Space = Space> = AnyEnv<OS, MultiDiscrete, SteppedInfo>

/** Schema of the stepped loop's clock. */
export const steppedTiming = group(
  {
    stepMs: quantity({ default: 114.5, unit: 'ms', above: 0, max: 10_000, doc: 'time the culture lives for each action, in whole 0.5 ms steps; the default is four tics of 1/35 s' }),
    latencyMs: quantity({ default: 5, unit: 'ms', min: 5, max: 1000, doc: 'from the decision to the pulse', source: 'Kagan et al. 2022: about 5 ms' }),
    blindMs: quantity({ default: 5, unit: 'ms', min: 0, max: 1000, doc: 'the read-out is blind for this long after a pulse', source: 'an open re-implementation of the protocol' }),
    pauseMs: quantity({ default: 1000, unit: 'ms', min: 0, max: 600_000, doc: 'time after each episode in which the culture lives on and no game is shown', source: 'the public Doom protocol of the CL1 (doom-neuron)' }),
  },
  'the clock of the stepped loop',
)
/** The clock of the stepped loop: any part of the table. */
export type SteppedTiming = z.input<typeof steppedTiming>

/** What a stepped loop is made of. */
export interface SteppedLoopParts<OS extends Space = Space> {
  readonly env: SteppedGame<OS>
  /** What the encoder and the feedback read of an observation: finite numbers, always as many. May return the same array again and again. */
  readonly features: (observation: Member<OS>) => ArrayLike<number>
  readonly culture: Substrate
  /** Is given the features. */
  readonly encoder: Encoder
  /** One choice for each head of the game, 0 for its first option. */
  readonly decoder: Decoder<readonly number[]>
  readonly feedback: GradedPolicy
  /** @default the 64-electrode array over the culture */
  readonly array?: ElectrodeArray
  /** Seed of the episodes and of what the feedback draws; neither depends on the other, nor on what happens in the game. @default 0 */
  readonly seed?: number
  readonly timing?: SteppedTiming
}

/** What a display sees of a step. The object and its arrays are reused: copy what you keep. */
export interface SteppedView<OS extends Space = Space> {
  /** The step's start and length, ms of play. */
  playMs: number
  durationMs: number
  /** Counted from 0 since the loop was made; and the step in it, from 0. */
  episode: number
  step: number
  /** What the step led to. */
  observation: Member<OS>
  action: readonly number[]
  reward: number
  /** Sum of the rewards of the episode so far. */
  return: number
  events: readonly GameHappening[]
  info: SteppedInfo
  terminated: boolean
  truncated: boolean
  endReason: EndReason | null
  spikes: Readonly<SpikeColumns>
  delivered: readonly DeliveredPulse[]
  /** Spikes of each channel that the read-out saw. */
  counts: Float64Array
  /** `decoder.rates`. */
  rates: Readonly<Record<string, number>>
  /** Answers given because of this step, and of its episode if it was the last. */
  answers: readonly GradedAnswer[]
  /** The culture was shown nothing when the step began. */
  sensoryOff: boolean
}

/** What a display sees of a piece of the pause between two episodes. Reused like {@link SteppedView}. */
export type PausedView = Pick<SteppedView, 'playMs' | 'durationMs' | 'spikes' | 'delivered' | 'counts'>

/** How long to play, who watches, and what is kept. At least one of `episodes` and `minutes`; whichever is reached first ends it. */
export interface SteppedPlayOptions<OS extends Space = Space> {
  /** Whole episodes, each with its pause. */
  readonly episodes?: number
  /** Of the culture's time, pauses included. The session ends where no whole step fits in. */
  readonly minutes?: number
  /** Called after every step and awaited. */
  readonly onStep?: (view: Readonly<SteppedView<OS>>) => void | Promise<void>
  /** Called after every piece of a pause and awaited. */
  readonly onPause?: (view: Readonly<PausedView>) => void | Promise<void>
  /** Keep the spikes between these times of play. */
  readonly record?: { readonly fromMs: number; readonly toMs: number }
  /** Ends play before the next step. */
  readonly signal?: AbortSignal
}

/** One episode. Plain JSON. */
export interface EpisodeRecord {
  readonly seed: number
  readonly startMs: number
  readonly durationMs: number
  readonly steps: number
  readonly return: number
  /** False for an episode that the session's end cut off: it has no end reason, and its return is not comparable. */
  readonly complete: boolean
  readonly endReason: EndReason | null
  /** How often each event came, and the sum of its sizes. */
  readonly events: Readonly<Record<string, { readonly count: number; readonly size: number }>>
}

/** What a session leaves behind. */
export interface SteppedSession {
  readonly durationMs: number
  /** The culture's clock when play began, ms. */
  readonly startMs: number
  readonly episodes: readonly EpisodeRecord[]
  /** Answers given, with their times: what `gradedOpenLoop` replays. */
  readonly answers: readonly ScriptedTrain[]
  /** Spikes each channel recorded. */
  readonly electrodeSpikes: Float64Array
  /** Pulses delivered, sensory ones included. */
  readonly pulses: number
  /** Pulses that came too soon on their channel and were dropped, as hardware drops them. */
  readonly droppedPulses: number
  /** Answers to steps that would have suspended the sensory input while it was suspended: counted, not given. */
  readonly passedOver: number
  /** Spikes of all cells. */
  readonly spikes: number
  /** Steps played. */
  readonly steps: number
  /** Share of the steps with each choice, head by head. */
  readonly actionShares: readonly (readonly number[])[]
  readonly recording: RecordedSpikes | undefined
  /** The signal ended it early. */
  readonly interrupted: boolean
}
