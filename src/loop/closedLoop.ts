/**
 * The closed loop: spikes -> decoder -> game -> feedback policy and encoder -> pulses -> culture, every 10 ms.
 *
 * Each tick: read the spikes since the last tick, decode them, step the game, let the policy see the move and the outcome, encode the new
 * observation unless the sensory input pauses, schedule the pulses, advance the culture. Pulses leave `latencyMs` after the tick that
 * decided on them, and so does their absence: a pause is felt as late as an answer.
 */
import type { z } from 'zod'
import { STEP_MS } from '../culture/index.js'
import { Bl1Error } from '../errors.js'
import type { FeedbackPolicy } from '../feedback/index.js'
import { ElectrodeArray } from '../mea/index.js'
import { group, quantity, readParameters } from '../parameters.js'
import { Rng } from '../rng.js'
import { wholeSteps } from '../units.js'
import { Answering } from './answering.js'
import type { Decoder } from './decoder.js'
import type { Encoder } from './encoder.js'
import { ticksIn } from './minutes.js'
import { PulseGate } from './pulseGate.js'
import { fractionOf, PONG_FIELDS, type EncodedFields } from './fields.js'
import { checkPurposes } from './purposes.js'
import { Recorder } from './recorder.js'
import { Rewarding } from './rewarding.js'
import { SensoryPause } from './sensoryPause.js'
import { SpikeKeeper, type Session } from './session.js'
import type { Encounter, Game, GameEvent, Substrate } from './types.js'

/** Schema of the loop's clock. */
export const loopParameters = group(
  {
    tickMs: quantity({ default: 10, unit: 'ms', above: 0, max: 1000, doc: 'period of decoding and of the game', source: 'Kagan et al. 2022, Neuron 110:3952' }),
    latencyMs: quantity({ default: 5, unit: 'ms', min: 5, max: 1000, doc: 'from the decision to the pulse', source: 'Kagan et al. 2022: about 5 ms' }),
    blindMs: quantity({ default: 5, unit: 'ms', min: 0, max: 1000, doc: 'the read-out is blind for this long after a pulse', source: 'an open re-implementation of the protocol' }),
  },
  'the clock of the closed loop',
)
/** The clock of the loop: any part of the table. */
export type LoopOptions = z.input<typeof loopParameters>

/** What a loop is made of. */
export interface ClosedLoopParts {
  readonly env: Game
  readonly culture: Substrate
  readonly encoder: Encoder
  readonly decoder: Decoder
  readonly feedback: FeedbackPolicy
  /** @default the 64-electrode array over the culture */
  readonly array?: ElectrodeArray
  /** Seed of the game's serves and of what the feedback draws; neither depends on the other. @default 0 */
  readonly seed?: number
  readonly timing?: LoopOptions
  /** Where an observation says what a move is judged by, for policies that answer moves. @default those of Pong */
  readonly fields?: EncodedFields
}

/** What a display sees of a tick. The object is reused: copy what you keep. */
export interface TickView {
  playMs: number
  observation: ArrayLike<number>
  action: number
  event: GameEvent | null
  isAnswering: boolean
  /** Whether the sensory input pauses after a move. */
  isPaused: boolean
  /** Spikes of each channel in the last tick. */
  counts: Float64Array
  rates: Readonly<Record<string, number>>
}

/** How long to play, who watches, and what is kept. */
export interface PlayOptions {
  readonly minutes: number
  /** Called after every tick. The view is written again: copy what you keep. */
  readonly onTick?: (view: Readonly<TickView>) => void
  /** Keep the spikes between these times of play. */
  readonly record?: { readonly fromMs: number; readonly toMs: number }
}

/**
 * @example
 * ```ts
 * const culture = Culture.grow({ neurons: 1000 }, 7)
 * const loop = new ClosedLoop({ env: new PongEnv(), culture, encoder: placeRateEncoder(), decoder: motorRegionDecoder(), feedback: fep() })
 * const session = loop.run({ minutes: 20 })
 * ```
 */
export class ClosedLoop {
  readonly array: ElectrodeArray
  readonly #parts: ClosedLoopParts
  readonly #timing: z.output<typeof loopParameters>
  readonly #tickSteps: number
  readonly #rng: Rng
  readonly #recorder: Recorder
  readonly #gate: PulseGate
  #plays = 0

  /**
   * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `time/not-a-multiple`, `rng/seed`, `mea/channel-unknown`,
   * `mea/channel-forbidden`, `loop/channels`
   */
  constructor(parts: ClosedLoopParts) {
    this.#parts = parts
    this.#timing = readParameters(loopParameters, parts.timing ?? {}, 'loop timing')
    this.#tickSteps = wholeSteps(this.#timing.tickMs, STEP_MS, 'tickMs')
    this.array = parts.array ?? new ElectrodeArray(parts.culture.population)
    const { encoder, decoder } = parts
    checkPurposes(this.array.layout, { sensory: encoder.channels, motor: decoder.channels })
    this.#rng = Rng.fromSeed(parts.seed ?? 0)
    this.#gate = new PulseGate(this.array.stimulator)
    this.#recorder = new Recorder(parts.culture, this.array, this.#timing.blindMs)
  }

  /** The protocol: rest, in which the decoder adapts, then play. @param options.restMinutes default 10 */
  run(options: PlayOptions & { readonly restMinutes?: number }): Session {
    this.rest(options.restMinutes ?? 10)
    return this.play(options)
  }

  /** Lets the culture be: no stimulation, no game; the decoder adapts its gains. */
  rest(minutes: number): void {
    const ticks = ticksIn(minutes, this.#timing.tickMs, 'restMinutes', 0)
    for (let tick = 0; tick < ticks; tick++) {
      this.#advance()
      this.#parts.decoder.adapt(this.#recorder.counts, this.#timing.tickMs)
    }
  }

  /** Plays. @throws Bl1Error `loop/minutes`, `loop/after-miss`, `loop/no-reward`, `loop/observation`, and whatever the parts throw */
  play({ minutes, onTick, record }: PlayOptions): Session {
    const { env, culture, encoder, decoder, feedback } = this.#parts
    const { tickMs, latencyMs } = this.#timing
    const ticks = ticksIn(minutes, tickMs, 'minutes', Number.MIN_VALUE)
    const { stimulator } = this.array
    const { counts } = this.#recorder
    // playing on is not playing the same balls again
    const rng = this.#plays === 0 ? this.#rng : this.#rng.split(this.#plays)
    this.#plays++
    const answering = new Answering(feedback, stimulator, encoder.channels, rng.split('feedback'), latencyMs)
    const pause = new SensoryPause(feedback)
    const rewarding = new Rewarding(feedback, culture)
    const startStep = culture.step
    const keeper = record && new SpikeKeeper(startStep + Math.round(record.fromMs / STEP_MS), startStep + Math.round(record.toMs / STEP_MS))
    const encounters: Encounter[] = []
    const actions = Array.from({ length: env.actionSpace.n }, () => 0)
    this.#recorder.begin(keeper)
    encoder.reset()
    decoder.reset()
    let { observation } = env.reset({ seed: rng.split('game').uint32() })
    const view: TickView = { playMs: 0, observation, action: decoder.idleAction, event: null, isAnswering: false, isPaused: false, counts, rates: decoder.rates }

    for (let tick = 0; tick < ticks; tick++) {
      const playMs = tick * tickMs
      const clockMs = culture.step * STEP_MS
      answering.replay(playMs, clockMs)
      pause.replay(playMs)
      rewarding.replay(playMs)
      view.event = null
      view.action = decoder.idleAction
      if (!answering.pausesGame(playMs)) {
        if (!answering.isUnderWay(playMs)) view.action = decoder.decode(counts, tickMs)
        // a game may write its observation again: what is needed of the old one is read before
        const ownBefore = pause.watchesMoves ? this.#height(observation, 'own') : 0
        const step = env.step(view.action)
        observation = step.observation
        if (pause.watchesMoves) this.#respondToMove(pause, observation, ownBefore, playMs)
        view.event = step.info.event
        if (step.info.event !== null) {
          encounters.push(encounterOf(step.info.event, playMs))
          this.#checkAfterMiss(step.info.event, step.terminated)
          answering.respond(step.info.event.name, playMs, clockMs)
          rewarding.respond(step.info.event.name, playMs)
        }
        if (step.terminated || step.truncated) observation = env.reset().observation
      }
      actions[view.action]++
      view.isAnswering = answering.isUnderWay(playMs)
      view.isPaused = pause.isOn(playMs)
      if (feedback.sensory && !view.isAnswering && !view.isPaused) {
        for (const pulse of encoder.encode(observation, tickMs)) {
          // an answer without a rest after it can end just before: such a pulse is dropped
          this.#gate.send(pulse.channel, pulse, clockMs + latencyMs + pulse.offsetMs)
        }
      }
      this.#advance()
      if (onTick !== undefined) {
        view.playMs = playMs
        view.observation = observation
        onTick(view)
      }
    }
    stimulator.interrupt()
    return {
      durationMs: ticks * tickMs,
      startMs: startStep * STEP_MS,
      encounters,
      answers: answering.given,
      pauses: pause.given,
      rewards: rewarding.given,
      electrodeSpikes: this.#recorder.electrodeSpikes(),
      pulses: this.#recorder.pulses,
      spikes: this.#recorder.spikes,
      actionShares: actions.map((count) => count / ticks),
      recording: keeper?.recorded(),
    }
  }

  /** One tick of the culture; afterwards the recorder holds what the electrodes saw of it. */
  #advance(): void {
    this.#recorder.clear()
    this.#recorder.live(this.#tickSteps)
  }

  #height(observation: ArrayLike<number>, field: 'height' | 'own'): number {
    return fractionOf(observation, this.#parts.fields ?? PONG_FIELDS, field, this.#parts.feedback.name)
  }

  /** Both distances are to where the target is now, so that only the own move counts. */
  #respondToMove(pause: SensoryPause, observation: ArrayLike<number>, ownBefore: number, playMs: number): void {
    const target = this.#height(observation, 'height')
    const own = this.#height(observation, 'own')
    pause.respond({ distanceBefore: Math.abs(target - ownBefore), distanceAfter: Math.abs(target - own) }, playMs)
  }

  /** A policy that lets the rally go on needs a game that does, and the other way round: refuse the mixture rather than mislabel it. */
  #checkAfterMiss(event: GameEvent, terminated: boolean): void {
    const { feedback } = this.#parts
    if (event.name !== 'miss' || terminated === feedback.missEndsRally) return
    throw new Bl1Error('loop/after-miss', { policy: feedback.name, missEndsRally: feedback.missEndsRally })
  }
}

const encounterOf = (event: GameEvent, timeMs: number): Encounter => ({
  timeMs,
  hit: event.name === 'hit',
  targetHeight: event.targetHeight,
  ownHeight: event.ownHeight,
  reach: event.reach,
  lowest: event.lowest,
  highest: event.highest,
})
