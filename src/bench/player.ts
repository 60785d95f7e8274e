/** A trained agent in the place of fixed encoder and decoder, with the culture that it was trained around: one read-out fits one wiring. */
import type { Culture } from '../culture/index.js'
import type { Decoder, Encoder } from '../loop/index.js'

/** What stands in for encoder, decoder and culture. @typeParam Action a number, or one number for each head of a game pad */
export interface TrainedPlayer<Action> {
  /** Electrodes that the encoder pulses, in order. */
  readonly sensory: readonly number[]
  /** Makes the encoder. @param channels the sensory electrodes, perhaps in another order */
  encoder(channels: readonly number[]): Encoder
  /** Makes the decoder: nothing of it adapts, so there are no gains to find at rest. */
  decoder(): Decoder<Action>
  /** The trained culture, with a noise of its own for this seed. */
  grow(): Culture
}

/** The player of each seed of a comparison. */
export type PlayerOf<Action> = (seed: number) => TrainedPlayer<Action>
