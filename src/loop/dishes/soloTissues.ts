/** Dishes whose contents advance one after the other: the controls in place of cultures. */
import type { Depolarisations, SpikeColumns } from '../../culture/index.js'
import type { Substrate } from '../types.js'
import type { Tissues } from './arrayedDishes.js'

/** How contents of a kind are kept. */
export interface SoloKind<S> {
  /** The exact state: typed arrays with memory of their own, and plain JSON. */
  readonly save: (dish: S) => unknown
  /** Checks what `save` returned and goes on from there. */
  readonly restore: (saved: unknown) => S
}

export class SoloTissues<S extends Substrate> implements Tissues {
  readonly dishes: S[]
  readonly #kind: SoloKind<S>
  readonly #spikes: Readonly<SpikeColumns>[] = []

  constructor(dishes: readonly S[], kind: SoloKind<S>) {
    this.dishes = [...dishes]
    this.#kind = kind
  }

  advance(durationMs: number, stimulation: readonly Depolarisations[]): readonly Readonly<SpikeColumns>[] {
    for (const [k, dish] of this.dishes.entries()) this.#spikes[k] = dish.advance(durationMs, stimulation[k])
    return this.#spikes
  }

  save(dish: number): unknown {
    return this.#kind.save(this.dishes[dish])
  }

  replace(dish: number, saved: unknown): void {
    this.dishes[dish] = this.#kind.restore(saved)
  }

  /** Nothing is held open. */
  close(): void {}
}
