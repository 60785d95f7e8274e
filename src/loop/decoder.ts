/** A decoder turns spikes per electrode into an action. */

/** Reads an action from the spikes of each tick. @typeParam Action a number, or one number for each head of a game pad */
export interface Decoder<Action = number> {
  readonly name: string
  /** Channels it reads. */
  readonly channels: readonly number[]
  /** What it does when the read-out is blind. */
  readonly idleAction: Action
  /** Forgets the recent past; what it learned while resting stays. */
  reset(): void
  /** One tick of rest: nothing is played, the decoder may adapt. */
  adapt(counts: Float64Array, tickMs: number): void
  /**
   * The action of one tick. One that is an array is reused by the next call.
   * @param counts spikes of each channel in the last tick
   * @param tickMs time in which they could be seen
   */
  decode(counts: Float64Array, tickMs: number): Action
  /** Present rate of each region, Hz per electrode after gain, for display. */
  readonly rates: Readonly<Record<string, number>>
}
