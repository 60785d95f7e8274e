/** A limit on a wait, which forgives a blocked event loop: while this program was busy, no answer could have been read. */

/** A timer that fires later than this was held up. */
const LATE_MS = 20
/** What an answer gets that may be waiting unread. */
const GRACE_MS = 1000
/** A program that is never idle must not wait for ever: in this many graces any answer is read that came in time. */
const MOST_GRACES = 5

/** Calls back once when the time is over, unless it is cleared before. */
export class TimeLimit {
  readonly #onOver: () => void
  #due: number
  #timer: NodeJS.Timeout
  #graces = 0

  constructor(limitMs: number, onOver: () => void) {
    this.#onOver = onOver
    this.#due = performance.now() + limitMs
    this.#timer = setTimeout(this.#look, limitMs)
  }

  /** The wait is over. */
  clear(): void {
    clearTimeout(this.#timer)
  }

  #look = (): void => {
    const now = performance.now()
    if (now - this.#due <= LATE_MS || this.#graces === MOST_GRACES) {
      this.#onOver()
      return
    }
    this.#graces++
    this.#due = now + GRACE_MS
    this.#timer = setTimeout(this.#look, GRACE_MS)
  }
}

/** Whether a promise settles within a time. */
export const settlesWithin = (promise: Promise<unknown>, limitMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    const limit = new TimeLimit(limitMs, () => resolve(false))
    const settled = (): void => {
      limit.clear()
      resolve(true)
    }
    promise.then(settled, settled)
  })
