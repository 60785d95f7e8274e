/** Keeps simulated time in step with the clock, and measures both. */

/** Behind by more (a stopped process, a busy machine), lost time is not caught up. */
const FORGIVEN_MS = 500

/** The clock and the wait are arguments, so that tests need neither. */
export interface PaceClock {
  readonly nowMs: () => number
  readonly waitMs: (ms: number) => void
}

/** Blocks the thread: for worker threads only. */
export const threadClock: PaceClock = {
  nowMs: () => performance.now(),
  waitMs: (ms) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms),
}

export class Pace {
  readonly #speed: number | null
  readonly #clock: PaceClock
  readonly #startedMs: number
  /** When simulated time 0 was, or would have been had nothing been lost. */
  #originMs: number
  #waitedMs = 0
  #simulatedMs = 0

  /** @param speed simulated time per time on the clock; null: never waits */
  constructor(speed: number | null, clock: PaceClock = threadClock) {
    this.#speed = speed
    this.#clock = clock
    this.#startedMs = clock.nowMs()
    this.#originMs = this.#startedMs
  }

  /** Waits until the clock has caught up with this much simulated time. */
  keep(simulatedMs: number): void {
    this.#simulatedMs = simulatedMs
    if (this.#speed === null) return
    const nowMs = this.#clock.nowMs()
    const aheadMs = this.#originMs + simulatedMs / this.#speed - nowMs
    if (aheadMs < -FORGIVEN_MS) this.#originMs -= aheadMs
    // Below a millisecond a wait is all overhead.
    if (aheadMs < 1) return
    this.#clock.waitMs(aheadMs)
    this.#waitedMs += this.#clock.nowMs() - nowMs
  }

  /** Simulated time over time on the clock. */
  get realTimeFactor(): number {
    return this.#simulatedMs / Math.max(1, this.#clock.nowMs() - this.#startedMs)
  }

  /** Simulated time over time not spent waiting. */
  get possibleFactor(): number {
    return this.#simulatedMs / Math.max(1, this.#clock.nowMs() - this.#startedMs - this.#waitedMs)
  }
}
