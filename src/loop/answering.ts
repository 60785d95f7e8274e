/** Keeps the answer that is under way: what the policy said, when it began, whether the game waits for it. */
import { Bl1Error } from '../errors.js'
import type { FeedbackAnswer, FeedbackPolicy, GameOutcome, ScriptedAnswer } from '../feedback/index.js'
import type { Stimulator } from '../mea/index.js'
import type { Rng } from '../rng.js'

export class Answering {
  /** Everything answered so far. */
  readonly given: ScriptedAnswer[] = []
  readonly #policy: FeedbackPolicy
  readonly #stimulator: Stimulator
  readonly #channels: readonly number[]
  readonly #rng: Rng
  readonly #latencyMs: number
  #endsMs = -Infinity
  #pauses = false
  #nextScripted = 0

  constructor(policy: FeedbackPolicy, stimulator: Stimulator, channels: readonly number[], rng: Rng, latencyMs: number) {
    this.#policy = policy
    this.#stimulator = stimulator
    this.#channels = channels
    this.#rng = rng
    this.#latencyMs = latencyMs
  }

  /** Whether an answer is under way: sensory input is off and the read-out blind. */
  isUnderWay(playMs: number): boolean {
    return playMs < this.#endsMs
  }

  /** Whether the game waits. */
  pausesGame(playMs: number): boolean {
    return this.#pauses && this.isUnderWay(playMs)
  }

  /** Starts the scripted answers that are due. @param clockMs the culture's clock at this moment of play */
  replay(playMs: number, clockMs: number): void {
    const { answers } = this.#policy.script
    if (this.#nextScripted >= answers.length || answers[this.#nextScripted].startMs > playMs) return
    const next = answers[this.#nextScripted]
    this.#nextScripted++
    this.#start(next.answer, playMs, clockMs)
  }

  /** Lets the policy answer an outcome. */
  respond(outcome: GameOutcome, playMs: number, clockMs: number): void {
    const answer = this.#policy.answer(outcome, { channels: this.#channels, rng: this.#rng.split(this.given.length) })
    if (answer.durationMs > 0) this.#start(answer, playMs, clockMs)
  }

  #start(answer: FeedbackAnswer, playMs: number, clockMs: number): void {
    if (!(answer.durationMs > 0 && answer.durationMs < Infinity)) {
      throw new Bl1Error('loop/answer', { policy: this.#policy.name, durationMs: String(answer.durationMs) })
    }
    this.#stimulator.interrupt()
    for (const pulse of answer.pulses) {
      this.#stimulator.schedule(pulse.channels, pulse, clockMs + this.#latencyMs + pulse.offsetMs)
    }
    this.#endsMs = playMs + answer.durationMs
    this.#pauses = answer.pausesGame
    this.given.push({ startMs: playMs, answer })
  }
}
