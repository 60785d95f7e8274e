/** Keeps the sensory input off after moves that the policy answers so, or at the times of a script. */
import type { FeedbackPolicy, GameMove } from '../feedback/index.js'

export class SensoryPause {
  /** Start and end of each pause so far in turn, ms of play; pauses that touch are one. */
  readonly given: number[] = []
  readonly #policy: FeedbackPolicy
  #nextScripted = 0

  constructor(policy: FeedbackPolicy) {
    this.#policy = policy
  }

  /** Whether moves are looked at at all. */
  get watchesMoves(): boolean {
    return this.#policy.pauseAfterMove !== undefined
  }

  /** Whether the input is off. A pause lasts whole ticks: those that begin before its end. */
  isOn(playMs: number): boolean {
    return playMs < (this.given.at(-1) ?? 0)
  }

  /** Starts the scripted pauses that are due. */
  replay(playMs: number): void {
    const { pauses } = this.#policy.script
    for (; this.#nextScripted + 1 < pauses.length && pauses[this.#nextScripted] <= playMs; this.#nextScripted += 2) {
      this.#pause(pauses[this.#nextScripted], pauses[this.#nextScripted + 1])
    }
  }

  /** Lets the policy answer a move. */
  respond(move: GameMove, playMs: number): void {
    const pauseMs = this.#policy.pauseAfterMove?.(move) ?? 0
    if (pauseMs > 0) this.#pause(playMs, playMs + pauseMs)
  }

  #pause(startMs: number, endMs: number): void {
    const last = this.given.length - 1
    if (last > 0 && startMs <= this.given[last]) this.given[last] = Math.max(this.given[last], endMs)
    else this.given.push(startMs, endMs)
  }
}
