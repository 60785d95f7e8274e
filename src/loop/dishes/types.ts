/** What a learner needs of dishes under arrays: pulses go in, time passes, spikes are counted at the electrodes. */
import type { PlasticitySwitches } from '../../culture/index.js'
import type { ArrayLayout, MeaParameters, SavedStimulator } from '../../mea/index.js'
import type { EncodedPulse } from '../encoder.js'

/** The array over a dish as it was saved. */
export interface SavedReadOut {
  /** Pulses on their way. */
  readonly stimulator: SavedStimulator
  /** Steps of the pulses after which the read-out may still be blind. */
  readonly blanking: readonly number[]
}

/** One dish as it was saved: typed arrays and plain JSON. */
export interface SavedDish {
  /** What lives in the dish. */
  readonly tissue: unknown
  readonly readOut: SavedReadOut
  readonly counts: Float64Array
  readonly spikes: number
  readonly seenMs: number
}

/** A batch of dishes as it was saved: typed arrays and plain JSON. */
export interface SavedDishes {
  readonly kind: string
  readonly format: 1
  readonly latencyMs: number
  readonly blindMs: number
  readonly mea: MeaParameters
  readonly dishes: readonly SavedDish[]
}

/** Dishes side by side, each under an array of its own. What happens in one does not depend on the others. */
export interface DishBatch {
  /** Number of dishes. */
  readonly count: number
  /** Number of channels of each array. */
  readonly channels: number
  readonly layout: ArrayLayout
  readonly mea: MeaParameters
  /** For each dish the spikes that each channel recorded in the stretch last lived. The arrays are written again by the next. */
  readonly counts: readonly Float64Array[]
  /** For each dish the spikes of all its cells in the stretch last lived, recorded or not. */
  readonly spikes: Float64Array
  /** For each dish the time of the stretch last lived in which its read-out was not blind. */
  readonly seenMs: Float64Array
  /**
   * Sends a pulse: it leaves its offset and the latency from now, in the stretch that is lived then.
   * @returns false where it comes too soon on its channel and is dropped, as hardware drops it
   * @throws Bl1Error `loop/dish`, `loop/pulse-offset`, `mea/channel-unknown`, `mea/channel-forbidden` and the limits of a pulse
   */
  send(dish: number, pulse: EncodedPulse): boolean
  /** Lets time pass in all dishes. @param durationMs positive multiple of 0.5 ms @throws Bl1Error `time/not-a-multiple`, `culture/duration` */
  live(durationMs: number): void
  /** Lets time pass in one dish; only its counts are written again. @throws Bl1Error `loop/dish` and those of `live` */
  liveOne(dish: number, durationMs: number): void
  /** Drops the pulses of a dish that have not left yet. @throws Bl1Error `loop/dish` */
  interrupt(dish: number): void
  /** Age of a dish, ms. @throws Bl1Error `loop/dish` */
  timeMs(dish: number): number
  /** Switches long-term plasticity in all dishes that have it. @throws Bl1Error `culture/no-stdp` */
  setPlasticity(switches: Partial<PlasticitySwitches>): void
  /** The exact state, pulses on their way and blanking included: a batch that loads it goes on bit for bit. */
  save(): SavedDishes
  /**
   * Goes on from what `save` of a batch of the same kind, count, array and clock returned. Nothing changes where that is refused.
   * @throws Bl1Error `loop/saved-dishes`, `mea/saved`, `culture/snapshot`
   */
  load(saved: unknown): void
  /** Ends the threads of dishes that have some. */
  close(): void
}
