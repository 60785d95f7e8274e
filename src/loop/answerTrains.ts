/** Gives the answers of a graded policy: schedules their trains, and keeps how long the culture is shown nothing. */
import { STEP_MS } from '../culture/index.js'
import { Bl1Error } from '../errors.js'
import type { GradedAnswer, GradedPolicy, ScriptedTrain } from '../feedback/index.js'
import type { Stimulator } from '../mea/index.js'
import type { PulseGate } from './pulseGate.js'

/** What answers are given through. */
export interface AnswerTrainsParts {
  readonly policy: GradedPolicy
  readonly stimulator: Stimulator
  readonly gate: PulseGate
  readonly sensoryChannels: readonly number[]
  readonly latencyMs: number
}

export class AnswerTrains {
  /** Everything answered so far. */
  readonly given: ScriptedTrain[] = []
  droppedPulses = 0
  passedOver = 0
  /** The culture is shown nothing before this time of play. */
  suspendedUntilMs = -Infinity
  readonly #parts: AnswerTrainsParts
  #nextScripted = 0

  constructor(parts: AnswerTrainsParts) {
    this.#parts = parts
  }

  /**
   * Starts an answer now. One that would suspend the sensory input while it is suspended is only counted, unless it is given always: then
   * the longer suspension holds.
   * @param clockMs the culture's clock at this moment of play
   * @param always for answers that come once, to an episode, and for those of a script, which were given once before
   * @returns whether it was given
   * @throws Bl1Error `loop/suspension`, and the limits of a pulse
   */
  start(answer: GradedAnswer, playMs: number, clockMs: number, always: boolean): boolean {
    const { policy, stimulator, gate, sensoryChannels, latencyMs } = this.#parts
    const { suspendsSensoryMs } = answer
    if (!(suspendsSensoryMs >= 0 && suspendsSensoryMs < Infinity)) {
      throw new Bl1Error('loop/suspension', { policy: policy.name, answer: answer.name, received: String(suspendsSensoryMs) })
    }
    if (suspendsSensoryMs > 0) {
      if (playMs < this.suspendedUntilMs && !always) {
        this.passedOver++
        return false
      }
      this.suspendedUntilMs = Math.max(this.suspendedUntilMs, playMs + suspendsSensoryMs)
      stimulator.interrupt(sensoryChannels)
    }
    if (answer.interrupts.length > 0) stimulator.interrupt(answer.interrupts)
    for (const pulse of answer.pulses) {
      for (const channel of pulse.channels) {
        if (!gate.send(channel, pulse, clockMs + latencyMs + pulse.offsetMs)) this.droppedPulses++
      }
    }
    this.given.push({ startMs: playMs, answer })
    return true
  }

  /** Starts the scripted answers that are due. */
  replay(playMs: number, clockMs: number): void {
    while (this.stepsToNext(playMs) <= 0) {
      const { answer } = this.#parts.policy.script[this.#nextScripted]
      this.#nextScripted++
      this.start(answer, playMs, clockMs, true)
    }
  }

  /** Steps until the next scripted answer; infinite if none is left. */
  stepsToNext(playMs: number): number {
    const { script } = this.#parts.policy
    if (this.#nextScripted >= script.length) return Infinity
    return Math.ceil((script[this.#nextScripted].startMs - playMs) / STEP_MS - 1e-9)
  }
}
