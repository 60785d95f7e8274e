/**
 * The stepped closed loop: a game that waits for each action (and may answer later) joined with a culture that lives on in whole steps.
 *
 * One step: encode what the game shows -> schedule the pulses over the coming window -> the culture lives for `stepMs` -> decode the spikes
 * of that window -> step the game -> the feedback policy sees what happened -> schedule its trains. Between two episodes the culture
 * lives on for `pauseMs`. Trains of the feedback run on across steps, pauses and episodes.
 */
import type { z } from 'zod'
import { STEP_MS } from '../culture/index.js'
import { Bl1Error } from '../errors.js'
import { ElectrodeArray } from '../mea/index.js'
import { readParameters } from '../parameters.js'
import { Rng } from '../rng.js'
import type { Space } from '../spaces/index.js'
import { MS_PER_MINUTE, wholeSteps } from '../units.js'
import { ticksIn } from './minutes.js'
import { checkPurposes } from './purposes.js'
import { Recorder } from './recorder.js'
import { SteppedPlay } from './steppedPlay.js'
import { steppedTiming, type SteppedLoopParts, type SteppedPlayOptions, type SteppedSession } from './steppedTypes.js'

/**
 * @example
 * ```ts
 * const loop = new SteppedLoop({ env, features: ({ features }) => features, culture, encoder, decoder, feedback: gradedFeedback(), seed: 3 })
 * loop.rest(5)
 * const { episodes } = await loop.play({ episodes: 20 })
 * ```
 */
export class SteppedLoop<OS extends Space = Space> {
  readonly array: ElectrodeArray
  readonly #parts: SteppedLoopParts<OS>
  readonly #timing: z.output<typeof steppedTiming>
  readonly #rng: Rng
  readonly #recorder: Recorder
  readonly #stepSteps: number
  #plays = 0
  #episodes = 0

  /**
   * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `time/not-a-multiple` (of 0.5 ms), `rng/seed`, `mea/channel-unknown`,
   * `mea/channel-forbidden`, `loop/channels` where two of encoder, decoder and feedback share one, `loop/heads`
   */
  constructor(parts: SteppedLoopParts<OS>) {
    const { env, encoder, decoder, feedback } = parts
    this.#parts = parts
    this.#timing = readParameters(steppedTiming, parts.timing ?? {}, 'stepped loop timing')
    this.#stepSteps = wholeSteps(this.#timing.stepMs, STEP_MS, 'stepMs')
    wholeSteps(this.#timing.pauseMs, STEP_MS, 'pauseMs')
    this.array = parts.array ?? new ElectrodeArray(parts.culture.population)
    checkPurposes(this.array.layout, { sensory: encoder.channels, motor: decoder.channels, feedback: feedback.channels })
    const heads = decoder.idleAction.length
    const expected = env.actionSpace.nvec.length
    if (heads !== expected) throw new Bl1Error('loop/heads', { heads, expected })
    this.#rng = Rng.fromSeed(parts.seed ?? 0)
    this.#recorder = new Recorder(parts.culture, this.array, this.#timing.blindMs)
  }

  /** Lets the culture be: no stimulation, no game; the decoder adapts its gains. @throws Bl1Error `loop/minutes` */
  rest(minutes: number): void {
    const { stepMs } = this.#timing
    const windows = ticksIn(minutes, stepMs, 'minutes', 0)
    for (let window = 0; window < windows; window++) {
      this.#recorder.clear()
      this.#recorder.live(this.#stepSteps)
      this.#parts.decoder.adapt(this.#recorder.counts, stepMs)
    }
  }

  /**
   * Plays whole episodes, a number of minutes, or whichever ends first. Episode k of a loop is always seeded the same, whatever
   * happened in those before it; playing on goes on with the next one, and with what the feedback learned.
   *
   * A signal that is aborted ends play before the next step: the session so far is returned as `interrupted`. A game without promises never
   * lets others run, so give it an `onStep` that waits for something if the signal is to be heard. Nothing is closed: game and culture
   * belong to the caller.
   *
   * Rejects with Bl1Error `loop/minutes`, `loop/episodes`, `loop/report` for what is not finite, `loop/choice`, `loop/suspension`, and
   * with whatever the parts throw. The culture then stays as it was, with nothing scheduled.
   */
  async play(options: SteppedPlayOptions<OS>): Promise<SteppedSession> {
    const { feedback } = this.#parts
    const { episodes, minutes } = options
    if (minutes === undefined ? episodes === undefined : !(minutes * MS_PER_MINUTE >= this.#timing.stepMs && minutes < Infinity)) {
      if (minutes !== undefined) throw new Bl1Error('loop/minutes', { name: 'minutes', minutes: String(minutes) })
      throw new Bl1Error('loop/episodes', { received: 'left out' })
    }
    if (episodes !== undefined && !(Number.isSafeInteger(episodes) && episodes >= 1)) {
      throw new Bl1Error('loop/episodes', { received: String(episodes) })
    }
    if (this.#plays === 0) feedback.reset()
    const play = new SteppedPlay(
      {
        parts: this.#parts,
        array: this.array,
        timing: this.#timing,
        recorder: this.#recorder,
        gameStream: this.#rng.split('game'),
        feedbackStream: this.#rng.split('feedback').split(this.#plays),
        firstEpisode: this.#episodes,
      },
      options,
    )
    this.#plays++
    try {
      return await play.run()
    } finally {
      this.#episodes += play.begun
      this.array.stimulator.interrupt()
    }
  }
}
