/** An encoder turns what the game shows into pulses. */
import type { PulseDesign } from '../mea/index.js'

/** A pulse of an encoder, in mV or in uA: on one channel, this long after the start of the tick. */
export type EncodedPulse = PulseDesign & {
  readonly offsetMs: number
  readonly channel: number
}

/** Shows the game to the culture, tick by tick. */
export interface Encoder {
  readonly name: string
  /** Channels it may pulse. */
  readonly channels: readonly number[]
  /** Forgets everything, as before the first tick. */
  reset(): void
  /** Pulses of one tick, offsets in [0, tickMs), sorted. The array and its pulses are reused by the next call. */
  encode(observation: ArrayLike<number>, tickMs: number): readonly EncodedPulse[]
}
