/** Discrete: one of n choices, as a number. The space of button presses. */
import type { JsonValue } from '../json.js'
import { z } from 'zod'
import { Bl1Error } from '../errors.js'
import type { Rng } from '../rng.js'
import { draw, type Choice } from './choice.js'
import { dtypes } from './dtypes.js'
import { oneHot, type Flat } from './flat.js'
import { fromJsonNumber, toJsonNumber } from './jsonValue.js'
import { MultiDiscrete } from './multiDiscrete.js'
import { parseSpaceJSON } from './parseJson.js'
import { integerSlots, refuseBatch, type Slots } from './slots.js'
import { Space } from './space.js'

const discreteJSON = z.strictObject({ kind: z.literal('Discrete'), n: z.number(), start: z.number() })

/** A Discrete as plain JSON. */
export type DiscreteJSON = z.output<typeof discreteJSON>

/** As many as one 32-bit draw can tell apart. */
const MAX_CHOICES = 2 ** 32

/**
 * The whole numbers from `start` to `start + n - 1`.
 *
 * @example
 * ```ts
 * const buttons = new Discrete({ n: 3 })
 * buttons.sample(rng, { mask: [1, 0, 1] }) // 0 or 2
 * ```
 */
export class Discrete<const N extends number = number> extends Space<number> {
  readonly kind = 'Discrete'
  /** How many choices there are. Kept in the type, for tables with one row a choice. */
  readonly n: N
  /** The first choice. */
  readonly start: number
  readonly #fits: boolean

  /**
   * @param options n: whole number, 1 to 2^32; start: whole number, 0 where left out
   * @throws Bl1Error `space/discrete`
   */
  constructor(options: { readonly n: N; readonly start?: number }) {
    super()
    const { n, start = 0 } = options
    if (!Number.isSafeInteger(n) || n < 1 || n > MAX_CHOICES) throw new Bl1Error('space/discrete', { name: 'n', received: String(n) })
    const isRange = Number.isSafeInteger(start) && Number.isSafeInteger(start + n)
    if (!isRange) throw new Bl1Error('space/discrete', { name: 'start', received: String(start) })
    this.n = n
    this.start = start
    this.#fits = start >= dtypes.int32.min && start + n - 1 <= dtypes.int32.max
  }

  /** Rebuilds a Discrete from its JSON. @throws Bl1Error `space/json`, `space/discrete` */
  static fromJSON(json: unknown): Discrete {
    return new Discrete<number>(parseSpaceJSON(discreteJSON, json))
  }

  contains(x: unknown): x is number {
    return typeof x === 'number' && Number.isInteger(x) && x >= this.start && x < this.start + this.n
  }

  /**
   * Uniform over all choices, over those a mask allows (`start` if it allows none), or by probabilities; entry i stands for `start + i`.
   * @throws Bl1Error `space/choice` for a mask or probabilities of the wrong length or with wrong entries
   */
  sample(rng: Rng, how?: Choice): number {
    return this.start + draw(rng, this.kind, this.n, how)
  }

  override get structure(): unknown {
    return { kind: this.kind }
  }

  override get isFixedSize(): boolean {
    return true
  }

  /** @throws Bl1Error `space/batch` for choices that 32-bit numbers cannot hold */
  override get slots(): Slots<number> {
    if (!this.#fits) refuseBatch('choices that fit into 32-bit whole numbers', `${this.start} to ${this.start + this.n - 1}`)
    return integerSlots
  }

  /** A MultiDiscrete of n times these choices. @throws Bl1Error `space/invalid` for choices that 32-bit numbers cannot hold */
  override batch(n: number): MultiDiscrete {
    return new MultiDiscrete({ nvec: new Array<number>(n).fill(this.n), start: this.start })
  }

  override get flat(): Flat<number, 'uint8'> {
    return oneHot(this.n, this.start)
  }

  override valueToJSON(value: number): JsonValue {
    return toJsonNumber(value)
  }

  override valueFromJSON(json: unknown): number {
    return fromJsonNumber(json) ?? this.refuseValue('a number', json)
  }

  toJSON(): DiscreteJSON {
    return { kind: 'Discrete', n: this.n, start: this.start }
  }
}
