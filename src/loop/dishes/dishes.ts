/** Cultures side by side, each under an array of its own: what a policy stimulates and reads, many at a time. */
import { z } from 'zod'
import { CultureBatch, type CultureSnapshot, type Network, type PlasticitySwitches, type ThreadOptions } from '../../culture/index.js'
import { Rng } from '../../rng.js'
import { ArrayedDishes, readDishSetting, type DishSetting, type Tissues } from './arrayedDishes.js'
import type { DishesOptions } from './parameters.js'
import { readSaved, readSavedDishes } from './saved.js'

/** Snapshots are looked at column by column where they are restored. */
const snapshot = z.custom<CultureSnapshot>((value) => typeof value === 'object' && value !== null, 'it is no snapshot of a culture')

/** The columns of a culture may be windows on the memory of its engine. */
const copyNetwork = ({ rowStart, post, delaySteps, weightScale, incoming, ...numbers }: Network): Network => ({
  ...numbers,
  rowStart: rowStart.slice(),
  post: post.slice(),
  delaySteps: delaySteps.slice(),
  weightScale: weightScale.slice(),
  ...(incoming !== undefined && { incoming: { start: incoming.start.slice(), row: incoming.row.slice(), origin: incoming.origin.slice() } }),
})

class CultureTissues implements Tissues {
  readonly batch: CultureBatch

  constructor(batch: CultureBatch) {
    this.batch = batch
  }

  get dishes(): CultureBatch['cultures'] {
    return this.batch.cultures
  }

  advance(...stretch: Parameters<Tissues['advance']>): ReturnType<Tissues['advance']> {
    return this.batch.advance(...stretch)
  }

  save(dish: number): CultureSnapshot {
    const { network, ...rest } = this.dishes[dish].snapshot()
    return { ...rest, network: copyNetwork(network) }
  }

  replace(dish: number, saved: unknown): void {
    this.batch.replace(dish, readSaved(snapshot, saved))
  }

  close(): void {
    this.batch.close()
  }
}

/**
 * Cultures under arrays. What each does is bit for bit what it would do alone.
 *
 * @example
 * ```ts
 * const dishes = Dishes.grow({ culture: { neurons: 500 } }, [1, 2, 3, 4])
 * dishes.send(0, { offsetMs: 0, channel: 27, currentUa: 3 })
 * dishes.live(100)
 * console.log(dishes.counts[0])
 * dishes.close()
 * ```
 */
export class Dishes extends ArrayedDishes<CultureTissues> {
  protected readonly kind = 'culture'
  readonly #threading: ThreadOptions

  private constructor(batch: CultureBatch, setting: Omit<DishSetting, 'settleSeconds'>, threading: ThreadOptions) {
    super(new CultureTissues(batch), setting)
    this.#threading = threading
  }

  /**
   * Grows one culture a seed and lets them settle.
   * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `time/not-a-multiple` and those of CultureBatch.grow
   */
  static grow(options: DishesOptions, seeds: readonly number[]): Dishes {
    const setting = readDishSetting(options)
    const threading: ThreadOptions = options.threads === undefined ? {} : { threads: options.threads }
    const dishes = new Dishes(CultureBatch.grow(options.culture ?? {}, seeds, threading), setting, threading)
    dishes.settle(setting.settleSeconds)
    return dishes
  }

  /**
   * Goes on from what `save` returned, without growing anything.
   * @throws Bl1Error those of `load`
   */
  static restore(saved: unknown, threading: ThreadOptions = {}): Dishes {
    const { latencyMs, blindMs, mea, dishes: all } = readSavedDishes(saved)
    const batch = CultureBatch.restore(all.map(({ tissue }) => readSaved(snapshot, tissue)), threading)
    const dishes = new Dishes(batch, { latencyMs, blindMs, mea }, threading)
    dishes.load(saved)
    return dishes
  }

  /** The cultures. Those of before a load are closed. */
  get batch(): CultureBatch {
    return this.tissues.batch
  }

  /** Switches long-term plasticity in all dishes. @throws Bl1Error `culture/no-stdp` */
  setPlasticity(switches: Partial<PlasticitySwitches>): void {
    for (const culture of this.batch.cultures) culture.setPlasticity(switches)
  }

  protected restoreTissues(saved: readonly unknown[]): CultureTissues {
    return new CultureTissues(CultureBatch.restore(saved.map((tissue) => readSaved(snapshot, tissue)), this.#threading))
  }

  /** The seed of a culture that has been grown matters to its noise alone. */
  protected withNoise(saved: unknown, seed: number): CultureSnapshot {
    const own = readSaved(snapshot, saved)
    return { ...own, seed, state: { ...own.state, slowNoiseStream: Rng.fromSeed(seed).split('culture').split('slow noise').save() } }
  }
}
