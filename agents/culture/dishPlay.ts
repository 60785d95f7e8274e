/** One dish of an actor: what it is shown, how long nothing is shown to it, and the answers that it is given. */
import { z } from 'zod'
import { Bl1Error } from '../../src/errors.js'
import type { FeedbackAnswer } from '../../src/feedback/index.js'
import type { DishBatch } from '../../src/loop/index.js'
import type { StimulationTrains } from './encoders/stimulation.js'
import { loadStreams, saveStreams, streamsJSON, type DishStreams } from './streams.js'

/** Schema of a saved play. */
export const savedPlay = z.strictObject({
  streams: streamsJSON,
  phases: z.array(z.number()),
  suspendedMs: z.number().min(0),
  hasPlayed: z.boolean(),
})
/** A play as it was saved: plain JSON. */
export type SavedPlay = z.output<typeof savedPlay>

export class DishPlay {
  streams: DishStreams
  /** Whether it has been shown a game. */
  hasPlayed = false
  readonly #dishes: DishBatch
  readonly #dish: number
  readonly #trains: StimulationTrains
  /** The dish is shown nothing for so long. */
  #suspendedMs = 0

  constructor(dishes: DishBatch, dish: number, trains: StimulationTrains, streams: DishStreams) {
    this.#dishes = dishes
    this.#dish = dish
    this.#trains = trains
    this.streams = streams
  }

  /** Sends the pulses of the coming step. Those of a channel that was just pulsed are dropped, as hardware drops them. */
  show(stimulation: Float32Array, row: number, stepMs: number): void {
    for (const pulse of this.#trains.emit(stimulation, row, stepMs)) {
      if (pulse.offsetMs >= this.#suspendedMs) this.#dishes.send(this.#dish, pulse)
    }
    this.#suspendedMs = Math.max(0, this.#suspendedMs - stepMs)
    this.hasPlayed = true
  }

  /**
   * Gives an answer as the closed loop does: what is on its way is dropped, the answer's pulses are sent, and until it is over the dish is
   * shown nothing. One that pauses the game is lived through at once, by this dish alone; another goes on during the next steps, whose
   * spikes are read.
   * @throws Bl1Error `loop/answer`, and the limits of a pulse
   */
  answer({ pulses, durationMs, pausesGame }: FeedbackAnswer): void {
    if (!(durationMs >= 0 && durationMs < Infinity)) throw new Bl1Error('loop/answer', { policy: 'answer', durationMs: String(durationMs) })
    if (durationMs === 0) return
    this.#dishes.interrupt(this.#dish)
    for (const pulse of pulses) {
      for (const channel of pulse.channels) this.#dishes.send(this.#dish, { ...pulse, channel })
    }
    this.#suspendedMs = pausesGame ? 0 : durationMs
    if (pausesGame) this.rest(durationMs)
  }

  /** Lets the dish be. */
  rest(durationMs: number): void {
    this.#dishes.liveOne(this.#dish, durationMs)
  }

  /** As before it was shown anything; the streams go on. */
  restart(): void {
    this.#trains.reset()
    this.#suspendedMs = 0
    this.hasPlayed = false
  }

  save(): SavedPlay {
    return { streams: saveStreams(this.streams), phases: this.#trains.save(), suspendedMs: this.#suspendedMs, hasPlayed: this.hasPlayed }
  }

  /** @throws Bl1Error `loop/saved-trains` */
  load({ streams, phases, suspendedMs, hasPlayed }: SavedPlay): void {
    this.#trains.load(phases)
    this.streams = loadStreams(streams)
    this.#suspendedMs = suspendedMs
    this.hasPlayed = hasPlayed
  }
}
