/** The seeds of a training: what is trained on, what chooses the best checkpoint and what measures it never share one. */
import { Rng } from '../../rng.js'

/** What a stream of randomness is for. */
export type SeedPurpose = 'training' | 'validation' | 'held-out' | 'noise'

/**
 * A seed for one purpose: 53 bits of a stream of its own, so that no purpose sees the episodes of another.
 * @param seed of the training
 * @param k which of several: the `--seed` of an evaluation
 */
export const seedOf = ({ seed }: { readonly seed: number }, purpose: SeedPurpose, k = 0): number =>
  Math.floor(Rng.fromSeed(seed).split(`train/${purpose}`).split(k).uniform() * 2 ** 53)
