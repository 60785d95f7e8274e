/** What a reset of many means for each: all is checked before the first environment is touched. */
import type { ResetOptions } from '../env/index.js'
import { Bl1Error } from '../errors.js'
import { splitSeed } from './splitSeed.js'
import type { VectorResetOptions } from './types.js'

/** For each environment what its reset is given; undefined for those that stay as they are. */
export type ResetPlan = readonly (ResetOptions | undefined)[]

const refuse = (expected: string, received: string): never => {
  throw new Bl1Error('vector/reset', { expected, received })
}

const readMask = (mask: ArrayLike<number | boolean> | undefined, count: number): boolean[] => {
  if (mask === undefined) return new Array<boolean>(count).fill(true)
  if (mask.length !== count) refuse(`a mask with one entry for each of the ${count} environments`, `${mask.length} entries`)
  return Array.from(mask, (entry, i) => {
    const isFlag = entry === 0 || entry === 1 || typeof entry === 'boolean'
    return isFlag ? Boolean(entry) : refuse('a mask of 0, 1, false and true', `${String(entry)} at entry ${i}`)
  })
}

const readSeeds = ({ seed, seeds }: VectorResetOptions, count: number): (number | undefined)[] => {
  if (seed !== undefined && seeds !== undefined) refuse('either seed or seeds', 'both')
  if (seed !== undefined) return Array.from({ length: count }, (_, i) => splitSeed(seed, i))
  if (seeds === undefined) return new Array<undefined>(count).fill(undefined)
  if (seeds.length !== count) refuse(`one seed for each of the ${count} environments`, `${seeds.length} seeds`)
  for (const given of seeds) {
    if (given !== undefined && !(Number.isSafeInteger(given) && given >= 0)) throw new Bl1Error('rng/seed', { received: String(given) })
  }
  return [...seeds]
}

/** @throws Bl1Error `vector/reset`, `rng/seed` */
export const planReset = (options: VectorResetOptions, count: number): ResetPlan => {
  const mask = readMask(options.mask, count)
  return readSeeds(options, count).map((seed, i) =>
    mask[i] ? { ...(seed === undefined ? {} : { seed }), ...(options.options === undefined ? {} : { options: options.options }) } : undefined)
}
