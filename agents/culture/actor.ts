/** Acts through cultures: one dish for each environment. */
import { z } from 'zod'
import { Bl1Error } from '../../src/errors.js'
import type { FeedbackAnswer } from '../../src/feedback/index.js'
import type { DishBatch, SpikeReplacement } from '../../src/loop/index.js'
import { checkChannel } from '../../src/mea/index.js'
import { Rng } from '../../src/rng.js'
import type { Actor, StepOutcome } from '../actor.js'
import type { Column } from '../policy.js'
import type { CultureAgent } from './agent.js'
import { DishPlay, savedPlay } from './dishPlay.js'
import { checkEncoderLimits } from './encoders/limits.js'
import { streamsOf } from './streams.js'

/** What acts, and in what. */
export interface CultureActorOptions {
  readonly agent: CultureAgent
  /** Dish k plays in environment k. They belong to the caller: the actor neither saves nor closes them. */
  readonly dishes: DishBatch
  /** Dish k draws from its own stream `dish/k`. */
  readonly rng: Rng
  /** What is read in place of the spikes. */
  readonly replacement?: SpikeReplacement
  /** Between two episodes the dish lives alone for so long, ms. @default 0 */
  readonly pauseMs?: number
  /** What is given to the culture itself after a step; see `FeedbackPolicy.answer`. */
  readonly answer?: (env: number, outcome: StepOutcome) => FeedbackAnswer | undefined
  /**
   * Called when an episode begins that has a seed of its own (those of `evaluate`): puts the dish into the state that the episode is to
   * begin with, for example `(dish, seed) => dishes.loadOne(dish, trained, seed)`. Such an episode depends on its seed and on nothing
   * before it, once the agent is calibrated (the first `act` of one that is not takes place in this state too). Left out, cultures live on
   * from episode to episode.
   */
  readonly begin?: (dish: number, seed: number) => void
}

const savedActor = z.strictObject({ plays: z.array(savedPlay) })

/** Runs what takes place, and says how many seconds it took. */
const timed = (act: () => void): number => {
  const began = performance.now()
  act()
  return (performance.now() - began) / 1000
}

class CultureActor implements Actor {
  readonly columns: readonly Column[]
  readonly seconds = { policy: 0, culture: 0 }
  readonly #options: CultureActorOptions
  readonly #plays: readonly DishPlay[]

  constructor(options: CultureActorOptions) {
    const { agent, dishes, rng } = options
    checkEncoderLimits(agent.parameters.encoder, dishes.mea)
    for (const channel of [...agent.channels.encoding, ...agent.channels.readout]) checkChannel(dishes.layout, channel)
    this.#options = options
    this.columns = agent.columns.filter(({ name }) => name !== 'observation')
    this.#plays = Array.from(
      { length: dishes.count },
      (_, dish) => new DishPlay(dishes, dish, agent.stimulation.trains(), streamsOf(rng.split(`dish/${dish}`))),
    )
  }

  act(observations: Float32Array, into: Readonly<Record<string, Float32Array>>, firstRow: number, greedy: boolean): void {
    const { agent } = this.#options
    const { decoder } = agent.parameters
    if (agent.needsWarmUp && decoder.warmUpSteps > 0) this.#warmUp(decoder.warmUpSteps)
    const { spikes, action } = into
    const width = agent.moments.width
    this.#read(observations, into, firstRow, greedy)
    const rows = spikes.subarray(firstRow * width, (firstRow + this.#plays.length) * width)
    this.seconds.policy += timed(() => {
      agent.decide(rows, { streams: this.#plays.map(({ streams }) => streams.action), greedy }, action, firstRow)
    })
  }

  outcome(env: number, outcome: StepOutcome): void {
    const answer = this.#options.answer?.(env, outcome)
    if (answer === undefined) return
    this.seconds.culture += timed(() => this.#plays[env].answer(answer))
  }

  reset(env: number, seed?: number): void {
    const { begin, pauseMs = 0 } = this.#options
    const play = this.#plays[env]
    this.seconds.culture += timed(() => {
      if (seed !== undefined && begin !== undefined) {
        begin(env, seed)
        play.restart()
      } else if (play.hasPlayed && pauseMs > 0) {
        play.rest(pauseMs)
      }
    })
    if (seed !== undefined) play.streams = streamsOf(Rng.fromSeed(seed).split('actor'))
  }

  save(): unknown {
    return { plays: this.#plays.map((play) => play.save()) }
  }

  load(saved: unknown): void {
    const refuse = (reason: string): never => {
      throw new Bl1Error('agents/saved', { what: 'culture actor', reason })
    }
    const read = savedActor.safeParse(saved)
    if (!read.success) return refuse(read.error.issues[0]?.message ?? 'unreadable')
    const { plays } = read.data
    if (plays.length !== this.#plays.length) return refuse(`it had ${plays.length} dishes, not ${this.#plays.length}`)
    const present = this.#plays.map((play) => play.save())
    try {
      for (const [dish, play] of plays.entries()) this.#plays[dish].load(play)
    } catch (error) {
      for (const [dish, play] of present.entries()) this.#plays[dish].load(play)
      throw error
    }
  }

  /** Observation -> stimulation -> the dishes live -> features. */
  #read(observations: Float32Array, into: Readonly<Record<string, Float32Array>>, firstRow: number, greedy: boolean): void {
    const { stimulation, spikes } = into
    this.seconds.policy += timed(() => {
      const streams = this.#plays.map(({ streams: { stimulation: stream } }) => stream)
      this.#options.agent.stimulate(observations, { streams, greedy }, stimulation, firstRow)
    })
    this.#live(stimulation, spikes, firstRow)
  }

  /** Stimulation -> the dishes live -> features. */
  #live(stimulation: Float32Array, spikes: Float32Array, firstRow: number): void {
    const { agent, dishes, replacement } = this.#options
    const { stepMs } = agent.parameters
    this.seconds.culture += timed(() => {
      for (const [dish, play] of this.#plays.entries()) play.show(stimulation, firstRow + dish, stepMs)
      dishes.live(stepMs)
      for (let dish = 0; dish < dishes.count; dish++) {
        agent.readFeatures(dishes.counts[dish], spikes, firstRow + dish)
        replacement?.apply(dish, spikes, firstRow + dish)
      }
    })
  }

  /** Stimulates at random for a while, so that the features are centred and calibrated before anything is learned from them. */
  #warmUp(steps: number): void {
    const { agent, dishes } = this.#options
    const stimulation = new Float32Array(steps * dishes.count * agent.stimulation.width)
    const spikes = new Float32Array(steps * dishes.count * agent.moments.width)
    for (let step = 0; step < steps; step++) {
      const firstRow = step * dishes.count
      for (const [dish, { streams }] of this.#plays.entries()) agent.stimulation.drawAny(streams.stimulation, stimulation, firstRow + dish)
      this.#live(stimulation, spikes, firstRow)
    }
    agent.calibrate(stimulation, spikes)
  }
}

/**
 * An actor that plays through cultures. Each step: encode what is seen, send its pulses into the coming window, let all cultures live for
 * `stepMs`, count the spikes at the read-out electrodes, decode them.
 *
 * An agent that was never calibrated is calibrated first: at the first `act`, all dishes live through `decoder.warmUpSteps` steps of random
 * stimulation, and the games wait. Pulses, phases and the cultures go on from episode to episode.
 * @throws Bl1Error `agents/encoder-limits`, `mea/channel-unknown`, `mea/channel-forbidden` where the dishes have another array than the
 * agent was made for
 */
export const cultureActor = (options: CultureActorOptions): Actor => new CultureActor(options)
