/** What all batches of dishes have in common: an array over each dish. What lives in the dishes is for the subclasses. */
import { STEP_MS, type Depolarisations, type PlasticitySwitches, type SpikeColumns } from '../../culture/index.js'
import { Bl1Error } from '../../errors.js'
import { meaParameters, type ArrayLayout, type MeaParameters } from '../../mea/index.js'
import { readParameters } from '../../parameters.js'
import { MS_PER_SECOND, wholeSteps } from '../../units.js'
import type { EncodedPulse } from '../encoder.js'
import type { Substrate } from '../types.js'
import { DishReadOut } from './dishReadOut.js'
import { dishesParameters, type DishesOptions } from './parameters.js'
import { readSavedDish, readSavedDishes, refuseSaved } from './saved.js'
import type { DishBatch, SavedDish, SavedDishes } from './types.js'

/** Dishes settle in pieces of this length. */
const SETTLING_MS = 1000

/** What lives in the dishes of a batch. */
export interface Tissues {
  /** One or more; each advances alone. */
  readonly dishes: readonly Substrate[]
  /** Lets time pass in all; the stimulation of each lies inside the stretch. The spikes are written again by the next call. */
  advance(durationMs: number, stimulation: readonly Depolarisations[]): readonly Readonly<SpikeColumns>[]
  /** The exact state of one: typed arrays with memory of their own, and plain JSON. */
  save(dish: number): unknown
  /** Checks what `save` returned and puts it in the place of one; the others go on as they are. */
  replace(dish: number, saved: unknown): void
  close(): void
}

/** The array of a batch and its clock, every value set. */
export interface DishSetting {
  readonly mea: MeaParameters
  readonly latencyMs: number
  readonly blindMs: number
  readonly settleSeconds: number
}

/** Completes what dishes are made from. @throws Bl1Error `parameter/unknown`, `parameter/invalid` */
export const readDishSetting = ({ culture: _culture, mea = {}, threads: _threads, ...clock }: DishesOptions): DishSetting => ({
  ...readParameters(dishesParameters, clock, 'dishes'),
  mea: readParameters(meaParameters, mea, 'array parameters'),
})

/** Dishes under arrays. @typeParam T what lives in them */
export abstract class ArrayedDishes<T extends Tissues = Tissues> implements DishBatch {
  readonly count: number
  readonly channels: number
  readonly layout: ArrayLayout
  readonly mea: MeaParameters
  readonly latencyMs: number
  readonly blindMs: number
  readonly counts: readonly Float64Array[]
  readonly spikes: Float64Array
  readonly seenMs: Float64Array
  /** What lives in the dishes; another one after a load. */
  protected tissues: T
  /** Name of the kind in what is saved. */
  protected abstract readonly kind: string
  readonly #readOuts: DishReadOut[]
  readonly #stimulation: Depolarisations[]

  /** @param tissues of one dish or more @throws Bl1Error `loop/no-dish` */
  protected constructor(tissues: T, { mea, latencyMs, blindMs }: Omit<DishSetting, 'settleSeconds'>) {
    if (tissues.dishes.length === 0) throw new Bl1Error('loop/no-dish', { kind: new.target.name })
    this.tissues = tissues
    this.count = tissues.dishes.length
    this.mea = mea
    this.latencyMs = latencyMs
    this.blindMs = blindMs
    this.#readOuts = tissues.dishes.map((dish) => this.#readOutOf(dish))
    this.#stimulation = Array.from(this.#readOuts, (readOut) => readOut.take(0, 0))
    this.layout = this.#readOuts[0].array.layout
    this.channels = this.layout.channels
    this.counts = Array.from(this.#readOuts, () => new Float64Array(this.channels))
    this.spikes = new Float64Array(this.count)
    this.seenMs = new Float64Array(this.count)
  }

  /** Checks all that `Tissues.save` returned, then makes from it what goes on from there. Leaves the present tissues as they are. */
  protected abstract restoreTissues(saved: readonly unknown[]): T
  /** What `Tissues.save` returned, with other noise from there on. */
  protected abstract withNoise(saved: unknown, seed: number): unknown
  abstract setPlasticity(switches: Partial<PlasticitySwitches>): void

  timeMs(dish: number): number {
    return this.#tissueOf(dish).step * STEP_MS
  }

  send(dish: number, pulse: EncodedPulse): boolean {
    const { step } = this.#tissueOf(dish)
    const { offsetMs } = pulse
    if (!(offsetMs >= 0 && offsetMs < Infinity)) throw new Bl1Error('loop/pulse-offset', { received: String(offsetMs) })
    return this.#readOuts[dish].send(pulse, step * STEP_MS + this.latencyMs + offsetMs)
  }

  interrupt(dish: number): void {
    this.#tissueOf(dish)
    this.#readOuts[dish].interrupt()
  }

  live(durationMs: number): void {
    const steps = wholeSteps(durationMs, STEP_MS, 'durationMs')
    const { dishes } = this.tissues
    for (let dish = 0; dish < this.count; dish++) this.#stimulation[dish] = this.#readOuts[dish].take(dishes[dish].step, dishes[dish].step + steps)
    const spikes = this.tissues.advance(durationMs, this.#stimulation)
    for (let dish = 0; dish < this.count; dish++) this.#read(dish, spikes[dish], steps)
  }

  liveOne(dish: number, durationMs: number): void {
    const steps = wholeSteps(durationMs, STEP_MS, 'durationMs')
    const tissue = this.#tissueOf(dish)
    const stimulation = this.#readOuts[dish].take(tissue.step, tissue.step + steps)
    this.#read(dish, tissue.advance(durationMs, stimulation), steps)
  }

  save(): SavedDishes {
    const { kind, latencyMs, blindMs, mea } = this
    return { kind, format: 1, latencyMs, blindMs, mea, dishes: this.#readOuts.map((_, dish) => this.saveOne(dish)) }
  }

  load(saved: unknown): void {
    const { kind, latencyMs, blindMs, mea, dishes } = readSavedDishes(saved)
    if (kind !== this.kind) refuseSaved(`they are '${kind}', not '${this.kind}'`)
    if (dishes.length !== this.count) refuseSaved(`they are ${dishes.length}, not ${this.count}`)
    if (latencyMs !== this.latencyMs || blindMs !== this.blindMs) refuseSaved(`their latency and blind time are ${latencyMs} and ${blindMs} ms`)
    if (JSON.stringify(mea) !== JSON.stringify(this.mea)) refuseSaved('their array has other parameters')
    for (const dish of dishes) this.#checkCounts(dish)
    const tissues = this.restoreTissues(dishes.map(({ tissue }) => tissue))
    const readOuts = dishes.map((dish, k) => {
      const readOut = this.#readOutOf(tissues.dishes[k])
      loadReadOut(readOut, dish, tissues.dishes[k])
      return readOut
    })
    this.tissues.close()
    this.tissues = tissues
    for (const [k, dish] of dishes.entries()) {
      this.#readOuts[k] = readOuts[k]
      this.#show(k, dish)
    }
  }

  /** One dish of what `save` returns. @throws Bl1Error `loop/dish` */
  saveOne(dish: number): SavedDish {
    this.#tissueOf(dish)
    const readOut = this.#readOuts[dish].save()
    return { tissue: this.tissues.save(dish), readOut, counts: this.counts[dish].slice(), spikes: this.spikes[dish], seenMs: this.seenMs[dish] }
  }

  /**
   * Lets one dish go on from what `saveOne` returned, of this batch or another of the same array and clock; the others go on as they are.
   * @param noiseSeed of the noise from there on, which is the dish's own when left out: equal states and seeds give equal futures
   * @throws Bl1Error `loop/dish`, `rng/seed` and those of `load`
   */
  loadOne(dish: number, saved: SavedDish, noiseSeed?: number): void {
    this.#tissueOf(dish)
    const one = readSavedDish(saved)
    this.#checkCounts(one)
    const tissue = noiseSeed === undefined ? one.tissue : this.withNoise(one.tissue, noiseSeed)
    const before = this.saveOne(dish)
    try {
      this.#put(dish, { ...one, tissue })
    } catch (error) {
      this.#put(dish, before)
      throw error
    }
  }

  close(): void {
    this.tissues.close()
  }

  /** Lets the dishes be for a while and forgets what was seen of it. */
  protected settle(settleSeconds: number): void {
    let leftMs = settleSeconds * MS_PER_SECOND
    wholeSteps(leftMs, STEP_MS, 'settleSeconds')
    for (; leftMs > 0; leftMs -= SETTLING_MS) this.live(Math.min(leftMs, SETTLING_MS))
    for (const counts of this.counts) counts.fill(0)
    this.spikes.fill(0)
    this.seenMs.fill(0)
  }

  #tissueOf(dish: number): Substrate {
    if (!(Number.isInteger(dish) && dish >= 0 && dish < this.count)) throw new Bl1Error('loop/dish', { dish: String(dish), count: this.count })
    return this.tissues.dishes[dish]
  }

  #readOutOf({ population }: Substrate): DishReadOut {
    return new DishReadOut(population, this.mea, this.blindMs)
  }

  #read(dish: number, spikes: Readonly<SpikeColumns>, steps: number): void {
    const { step } = this.tissues.dishes[dish]
    this.seenMs[dish] = this.#readOuts[dish].read(spikes, step - steps, step, this.counts[dish])
    this.spikes[dish] = spikes.count
  }

  #put(dish: number, saved: SavedDish): void {
    this.tissues.replace(dish, saved.tissue)
    const tissue = this.tissues.dishes[dish]
    if (!this.#readOuts[dish].liesOver(tissue.population)) this.#readOuts[dish] = this.#readOutOf(tissue)
    loadReadOut(this.#readOuts[dish], saved, tissue)
    this.#show(dish, saved)
  }

  #show(dish: number, { counts, spikes, seenMs }: SavedDish): void {
    this.counts[dish].set(counts)
    this.spikes[dish] = spikes
    this.seenMs[dish] = seenMs
  }

  #checkCounts({ counts }: SavedDish): void {
    if (counts.length !== this.channels) refuseSaved(`their counts are of ${counts.length} channels, not ${this.channels}`)
  }
}

const loadReadOut = (readOut: DishReadOut, { readOut: saved }: SavedDish, { step }: Substrate): void => {
  const [first = step] = saved.stimulator.steps
  if (first < step) refuseSaved(`a pulse lies at step ${first}, before the dish's own step ${step}`)
  readOut.load(saved)
}
