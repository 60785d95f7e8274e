/** A decoder turns spikes per electrode into an action. */

/** Reads an action from the spikes of each tick. */
export interface Decoder {
  readonly name: string
  /** Channels it reads. */
  readonly channels: readonly number[]
  /** What it does when the read-out is blind. */
  readonly idleAction: number
  /** Forgets the recent past; what it learned while resting stays. */
  reset(): void
  /** One tick of rest: nothing is played, the decoder may adapt. */
  adapt(counts: Float64Array, tickMs: number): void
  /**
   * The action of one tick.
   * @param counts spikes of each channel in the last tick
   */
  decode(counts: Float64Array, tickMs: number): number
  /** Present rate of each region, Hz per electrode after gain, for display. */
  readonly rates: Readonly<Record<string, number>>
}
