/** Adds up an episode while it is played. */
import type { EndReason } from '../env/index.js'
import type { GameHappening } from '../feedback/index.js'
import type { EpisodeRecord } from './steppedTypes.js'

export class EpisodeTally {
  steps = 0
  return = 0
  readonly #seed: number
  readonly #startMs: number
  readonly #events = new Map<string, { count: number; size: number }>()

  constructor(seed: number, startMs: number) {
    this.#seed = seed
    this.#startMs = startMs
  }

  add(reward: number, events: readonly GameHappening[]): void {
    this.steps++
    this.return += reward
    for (const { name, size } of events) {
      const sum = this.#events.get(name)
      if (sum === undefined) this.#events.set(name, { count: 1, size })
      else {
        sum.count++
        sum.size += size
      }
    }
  }

  /** @param complete whether the game ended it */
  record(endMs: number, complete: boolean, endReason: EndReason | null): EpisodeRecord {
    return {
      seed: this.#seed,
      startMs: this.#startMs,
      durationMs: endMs - this.#startMs,
      steps: this.steps,
      return: this.return,
      complete,
      endReason,
      events: Object.fromEntries(this.#events),
    }
  }
}
