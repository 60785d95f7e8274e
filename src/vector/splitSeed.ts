/** The seeds of the environments of a vector. */
import { Rng } from '../rng.js'

/**
 * The seed of environment `index` under one seed for all: a 53-bit number of its own stream. Not `seed + index`, with which environment 1 of
 * seed 1 would play the episodes of environment 0 of seed 2.
 * @throws Bl1Error `rng/seed`
 */
export const splitSeed = (seed: number, index: number): number => Math.floor(Rng.fromSeed(seed).split(`vector/${index}`).uniform() * 2 ** 53)
