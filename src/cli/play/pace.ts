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

  /** Waits until the clock has caught up with this much simulated time; blocks the thread. */
  keep(simulatedMs: number): void {
    const dueMs = this.#due(simulatedMs)
    if (dueMs === 0) return
    const startedMs = this.#clock.nowMs()
    this.#clock.waitMs(dueMs)
    this.#waitedMs += this.#clock.nowMs() - startedMs
  }

  /** The same without blocking. @param wait resolves after so many ms, or earlier where there is no more to wait for */
  async keepLater(simulatedMs: number, wait: (ms: number) => Promise<void>): Promise<void> {
    const dueMs = this.#due(simulatedMs)
    if (dueMs === 0) return
    const startedMs = this.#clock.nowMs()
    await wait(dueMs)
    this.#waitedMs += this.#clock.nowMs() - startedMs
  }

  /** How far the clock is behind, ms; 0 where it is not. */
  #due(simulatedMs: number): number {
    this.#simulatedMs = simulatedMs
    if (this.#speed === null) return 0
    const aheadMs = this.#originMs + simulatedMs / this.#speed - this.#clock.nowMs()
    if (aheadMs < -FORGIVEN_MS) this.#originMs -= aheadMs
    // Below a millisecond a wait is all overhead.
    return aheadMs < 1 ? 0 : aheadMs
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
