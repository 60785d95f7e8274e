/** MultiBinary: several switches at once, each 0 or 1. */
import { z } from 'zod'
import { Bl1Error } from '../errors.js'
import type { Rng } from '../rng.js'
import { ArraySpace } from './arraySpace.js'
import { sizeOf } from './bounds.js'
import { repeat, type Box } from './box.js'
import { requireEither, type MaskOrProbability } from './choice.js'
import { arrayFlat, type Flat } from './flat.js'
import { parseSpaceJSON } from './parseJson.js'

/**
 * Restricts or weighs a draw, one entry an element in row-major order: a mask, by which the element is 0 or 1, or free where it is 2; or
 * the chance of 1, each from 0 to 1.
 */
export type MultiBinaryChoice = MaskOrProbability<ArrayLike<number>>

const multiBinaryJSON = z.strictObject({ kind: z.literal('MultiBinary'), shape: z.array(z.number()) })

/** A MultiBinary as plain JSON. */
export type MultiBinaryJSON = z.output<typeof multiBinaryJSON>

const refuse = (expected: string, received: string): never => {
  throw new Bl1Error('space/invalid', { kind: 'MultiBinary', expected, received })
}

/**
 * Arrays of 0 and 1. A member is a Uint8Array in row-major order.
 *
 * @example
 * ```ts
 * const electrodes = new MultiBinary({ shape: [8, 8] })
 * electrodes.contains(new Uint8Array(64)) // true
 * ```
 */
export class MultiBinary extends ArraySpace<'uint8'> {
  readonly kind = 'MultiBinary'

  /**
   * @param options shape: how many elements, or the lengths of the axes
   * @throws Bl1Error `space/invalid` unless every length is a whole number of 1 or more
   */
  constructor(options: { readonly shape: number | readonly number[] }) {
    const shape = typeof options.shape === 'number' ? [options.shape] : [...options.shape]
    const size = sizeOf(shape, refuse)
    super({ dtype: 'uint8', shape, low: new Uint8Array(size), high: new Uint8Array(size).fill(1) })
  }

  /** Rebuilds a MultiBinary from its JSON. @throws Bl1Error `space/json`, `space/invalid` */
  static fromJSON(json: unknown): MultiBinary {
    return new MultiBinary(parseSpaceJSON(multiBinaryJSON, json))
  }

  /**
   * Each element alone: 0 or 1 equally often, as its mask says, or by its probability.
   * @throws Bl1Error `space/choice`
   */
  sample(rng: Rng, how?: MultiBinaryChoice): Uint8Array {
    const value = new Uint8Array(this.size)
    const chanceOf = this.#chances(how)
    for (let i = 0; i < this.size; i++) value[i] = rng.uniform() < chanceOf(i) ? 1 : 0
    return value
  }

  #chances(how: MultiBinaryChoice | undefined): (i: number) => number {
    if (how === undefined) return () => 0.5
    requireEither(this.kind, how, this.size)
    const { mask, probability } = how
    if (mask !== undefined) {
      return (i) => {
        const entry = mask[i]
        if (entry !== 0 && entry !== 1 && entry !== 2) this.refuseHow('a mask of 0, 1 and 2', `${entry} at entry ${i}`)
        return entry === 2 ? 0.5 : entry
      }
    }
    return (i) => {
      const chance = probability[i]
      if (!(chance >= 0 && chance <= 1)) this.refuseHow('probabilities from 0 to 1', `${chance} at entry ${i}`)
      return chance
    }
  }

  /** A Box of 0 and 1 with a leading axis of length n. */
  override batch(n: number): Box<'uint8'> {
    return repeat(this, n)
  }

  override get flat(): Flat<Uint8Array, 'uint8'> {
    return arrayFlat(this)
  }

  toJSON(): MultiBinaryJSON {
    return { kind: 'MultiBinary', shape: [...this.shape] }
  }
}
