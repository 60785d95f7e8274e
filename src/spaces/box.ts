/** Box: arrays of numbers between bounds. The space of positions, images and continuous actions. */
import { z } from 'zod'
import { Bl1Error } from '../errors.js'
import type { Rng } from '../rng.js'
import { readBound, requireOrder, shapeOf, sizeOf, type BoundInput } from './bounds.js'
import { dtypeNames, dtypes, type DType, type DTypes } from './dtypes.js'
import { Space } from './space.js'

/** What a Box is built from. */
export interface BoxOptions<D extends DType = DType> {
  /** Inclusive lower bound: one number for all elements, or one an element. `-Infinity` means unbounded (float types only). */
  readonly low: BoundInput
  /** Inclusive upper bound. */
  readonly high: BoundInput
  /** Lengths of the axes, for example [84, 84, 3]; taken from the bounds where left out, [] (one number) if those are scalars. */
  readonly shape?: readonly number[]
  /** Element type of the values. @default 'float32' */
  readonly dtype?: D
}

/** JSON has no infinities: they are written as words. */
const jsonNumber = z.union([z.number(), z.literal('Infinity'), z.literal('-Infinity')])
const boxJSON = z.strictObject({
  kind: z.literal('Box'),
  dtype: z.enum(dtypeNames),
  shape: z.array(z.int().positive()),
  low: z.union([jsonNumber, z.array(jsonNumber)]),
  high: z.union([jsonNumber, z.array(jsonNumber)]),
})
type JsonNumber = z.output<typeof jsonNumber>

/** A Box as plain JSON; a bound that is the same everywhere is one number. */
export type BoxJSON = z.output<typeof boxJSON>

const toJsonNumber = (value: number): JsonNumber => {
  if (Number.isFinite(value)) return value
  return value > 0 ? 'Infinity' : '-Infinity'
}
const writeBound = (bound: ArrayLike<number>): JsonNumber | JsonNumber[] => {
  const values = Array.from(bound, toJsonNumber)
  return values.every((value) => value === values[0]) ? (values[0] ?? 0) : values
}
const fromJsonBound = (bound: JsonNumber | JsonNumber[]): BoundInput => (Array.isArray(bound) ? bound.map(Number) : Number(bound))

const sampleBetween = (rng: Rng, low: number, high: number, integer: boolean): number => {
  if (integer) return low + rng.integer(high - low + 1)
  const belowBounded = Number.isFinite(low)
  const aboveBounded = Number.isFinite(high)
  if (belowBounded && aboveBounded) {
    // A weighted mean, as high - low may overflow; rounding may carry it past a bound, so it is held inside.
    const u = rng.uniform()
    return Math.min(high, Math.max(low, low * (1 - u) + high * u))
  }
  if (!belowBounded && !aboveBounded) return rng.normal()
  const exponential = -Math.log(1 - rng.uniform())
  return belowBounded ? low + exponential : high - exponential
}

/**
 * Arrays of `shape` whose elements lie between `low` and `high`, both included. A member is a flat typed array in row-major order.
 *
 * @example
 * ```ts
 * const image = new Box({ low: 0, high: 255, shape: [84, 84, 3], dtype: 'uint8' })
 * image.contains(new Uint8Array(84 * 84 * 3)) // true
 * ```
 */
export class Box<D extends DType = 'float32'> extends Space<DTypes[D]> {
  readonly kind = 'Box'
  readonly dtype: D
  readonly shape: readonly number[]
  /** Elements in a value: the product of `shape`. */
  readonly size: number
  readonly low: DTypes[D]
  readonly high: DTypes[D]

  /** @throws Bl1Error `space/box` for NaN bounds, low > high, bounds outside the element type, or a shape that does not fit them */
  constructor(options: BoxOptions<D>) {
    super()
    // Without a dtype there is nothing to infer D from, so it is its default: 'float32'.
    this.dtype = options.dtype ?? ('float32' as D)
    this.shape = shapeOf(options.low, options.high, options.shape)
    this.size = sizeOf(this.shape)
    this.low = readBound('low', options.low, this.size, this.dtype)
    this.high = readBound('high', options.high, this.size, this.dtype)
    requireOrder(this.low, this.high)
  }

  /** Rebuilds a Box from its JSON. @throws Bl1Error `space/json`, `space/box` */
  static fromJSON(json: unknown): Box<DType> {
    const parsed = boxJSON.safeParse(json)
    if (!parsed.success) throw new Bl1Error('space/json', { reason: z.prettifyError(parsed.error) })
    const { low, high, shape, dtype } = parsed.data
    return new Box<DType>({ low: fromJsonBound(low), high: fromJsonBound(high), shape, dtype })
  }

  /** The same typed array class, `size` elements, each within its bounds. NaN is never a member. */
  contains(x: unknown): x is DTypes[D] {
    if (!dtypes[this.dtype].is(x) || x.length !== this.size) return false
    for (let i = 0; i < this.size; i++) {
      if (!(x[i] >= this.low[i] && x[i] <= this.high[i])) return false
    }
    return true
  }

  /** Each element alone: uniform where bounded, exponential (mean 1) from a single bound, standard normal where unbounded. */
  sample(rng: Rng): DTypes[D] {
    const type = dtypes[this.dtype]
    const value: DTypes[D] = type.create(this.size)
    for (let i = 0; i < this.size; i++) value[i] = sampleBetween(rng, this.low[i], this.high[i], type.integer)
    return value
  }

  equals(other: Space): boolean {
    return other instanceof Box && JSON.stringify(this) === JSON.stringify(other)
  }

  toJSON(): BoxJSON {
    return { kind: 'Box', dtype: this.dtype, shape: [...this.shape], low: writeBound(this.low), high: writeBound(this.high) }
  }
}
