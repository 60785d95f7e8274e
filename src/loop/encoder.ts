/** An encoder turns what the game shows into pulses. */

/** A pulse of an encoder: on one channel, this long after the start of the tick. */
export interface EncodedPulse {
  readonly offsetMs: number
  readonly channel: number
  readonly amplitudeMv: number
}

/** Shows the game to the culture, tick by tick. */
export interface Encoder {
  readonly name: string
  /** Channels it may pulse. */
  readonly channels: readonly number[]
  /** Forgets everything, as before the first tick. */
  reset(): void
  /** Pulses of one tick, offsets in [0, tickMs), sorted. The array is reused by the next call. */
  encode(observation: ArrayLike<number>, tickMs: number): readonly EncodedPulse[]
}
