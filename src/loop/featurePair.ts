/** The features of two moments, before a step and after it, in arrays of the loop's own: a game may write its arrays again. */
import { Bl1Error } from '../errors.js'

export class FeaturePair {
  now: Float64Array
  next: Float64Array
  readonly #game: string

  /** @throws Bl1Error `loop/report` */
  constructor(first: ArrayLike<number>, game: string) {
    this.#game = game
    this.now = new Float64Array(first.length)
    this.next = new Float64Array(first.length)
    this.read(first)
    this.turn()
  }

  /** Copies into `next`. @throws Bl1Error `loop/report` for a number that is not finite, or another number of features */
  read(features: ArrayLike<number>): void {
    const { next } = this
    if (features.length !== next.length) this.#refuse(`${next.length} features at first, now a list`, `${features.length}`)
    for (let i = 0; i < next.length; i++) {
      if (!Number.isFinite(features[i])) this.#refuse(`feature ${i}`, String(features[i]))
      next[i] = features[i]
    }
  }

  /** What came next is now. */
  turn(): void {
    const { now } = this
    this.now = this.next
    this.next = now
  }

  #refuse(what: string, received: string): never {
    throw new Bl1Error('loop/report', { game: this.#game, what, received })
  }
}
