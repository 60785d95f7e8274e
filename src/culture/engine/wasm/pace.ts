/**
 * Whether help pays. On a busy machine, or for a small culture, two threads that wait for each other are slower than one: the time of a
 * step is measured with and without help, and the faster way is taken. Results do not depend on it.
 */

/** Chunks computed the faster way before the other way is tried again. */
const CHUNKS_BETWEEN_TRIALS = 50
/** Weight of the newest measurement. */
const NEWEST = 0.3

export class Pace {
  /** Running mean of the ms a step takes: without help, with help. */
  readonly #stepMs = new Float64Array(2).fill(Number.NaN)
  #isHelping = true
  #untilTrial = CHUNKS_BETWEEN_TRIALS

  /** Whether the next chunk is to be computed with help. */
  next(): boolean {
    if (this.#untilTrial > 0) {
      this.#untilTrial--
      return this.#isHelping
    }
    this.#untilTrial = CHUNKS_BETWEEN_TRIALS
    return !this.#isHelping
  }

  /** What the chunk took. */
  record(isHelped: boolean, steps: number, elapsedMs: number): void {
    const way = isHelped ? 1 : 0
    const stepMs = elapsedMs / steps
    this.#stepMs[way] = Number.isNaN(this.#stepMs[way]) ? stepMs : this.#stepMs[way] + NEWEST * (stepMs - this.#stepMs[way])
    const [alone, helped] = this.#stepMs
    if (!Number.isNaN(alone + helped)) this.#isHelping = helped < alone
  }
}
