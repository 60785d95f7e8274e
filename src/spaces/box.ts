/** Box: arrays of numbers between bounds. The space of positions, images and continuous actions. */
import { z } from 'zod'
import type { Rng } from '../rng.js'
import { ArraySpace, type ArrayBounds } from './arraySpace.js'
import { readBound, refuseBox, requireOrder, shapeOf, sizeOf, type BoundInput } from './bounds.js'
import { dtypeNames, dtypes, type DType, type DTypes } from './dtypes.js'
import { describe } from '../describe.js'
import { arrayFlat, type Flat } from './flat.js'
import { jsonBound } from './jsonValue.js'
import { parseSpaceJSON } from './parseJson.js'

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

const boxJSON = z.strictObject({
  kind: z.literal('Box'),
  dtype: z.enum(dtypeNames),
  shape: z.array(z.int().positive()),
  low: z.union([jsonBound, z.array(jsonBound)]),
  high: z.union([jsonBound, z.array(jsonBound)]),
})
type JsonBound = z.output<typeof jsonBound>

/** A Box as plain JSON; a bound that is the same everywhere is one number. */
export type BoxJSON = z.output<typeof boxJSON>

const toJsonBound = (value: number): JsonBound => {
  if (Number.isFinite(value)) return value
  return value > 0 ? 'Infinity' : '-Infinity'
}
const writeBound = (bound: ArrayLike<number>): JsonBound | JsonBound[] => {
  const values = Array.from(bound)
  return values.every((value) => value === values[0]) ? toJsonBound(values[0] ?? 0) : values.map(toJsonBound)
}
const fromJsonBound = (bound: JsonBound | JsonBound[]): BoundInput => (Array.isArray(bound) ? bound.map(Number) : Number(bound))

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
export class Box<D extends DType = 'float32'> extends ArraySpace<D> {
  readonly kind = 'Box'

  /** @throws Bl1Error `space/box` for NaN bounds, low > high, bounds outside the element type, or a shape that does not fit them */
  constructor(options: BoxOptions<D>) {
    // Without a dtype there is nothing to infer D from, so it is its default: 'float32'.
    const dtype = options.dtype ?? ('float32' as D)
    if (!Object.hasOwn(dtypes, dtype)) refuseBox(`a dtype of ${dtypeNames.join(', ')}`, describe(dtype))
    const shape = shapeOf(options.low, options.high, options.shape)
    const size = sizeOf(shape, refuseBox)
    const low = readBound('low', options.low, size, dtype)
    const high = readBound('high', options.high, size, dtype)
    requireOrder(low, high)
    super({ dtype, shape, low, high })
  }

  /** Rebuilds a Box from its JSON. @throws Bl1Error `space/json`, `space/box` */
  static fromJSON(json: unknown): Box<DType> {
    const { low, high, shape, dtype } = parseSpaceJSON(boxJSON, json)
    return new Box<DType>({ low: fromJsonBound(low), high: fromJsonBound(high), shape, dtype })
  }

  /** Each element alone: uniform where bounded, exponential (mean 1) from a single bound, standard normal where unbounded. */
  sample(rng: Rng, how?: undefined): DTypes[D] {
    if (how !== undefined) this.refuseHow('no mask and no probabilities', describe(how))
    const type = dtypes[this.dtype]
    const value: DTypes[D] = type.create(this.size)
    for (let i = 0; i < this.size; i++) value[i] = sampleBetween(rng, this.low[i], this.high[i], type.integer)
    return value
  }

  /** A Box with a leading axis of length n. */
  override batch(n: number): Box<D> {
    return repeat(this, n)
  }

  /** The array as it is. (NoInfer: inside another space, D is its default and not whatever a Space may be.) */
  override get flat(): Flat<DTypes[D], NoInfer<D>> {
    return arrayFlat(this)
  }

  toJSON(): BoxJSON {
    return { kind: 'Box', dtype: this.dtype, shape: [...this.shape], low: writeBound(this.low), high: writeBound(this.high) }
  }
}

const tile = <D extends DType>(dtype: D, bound: DTypes[D], n: number): DTypes[D] => {
  const tiled: DTypes[D] = dtypes[dtype].create(bound.length * n)
  for (let i = 0; i < n; i++) tiled.set(bound, i * bound.length)
  return tiled
}

/** The Box of batches of n arrays between bounds. */
export const repeat = <D extends DType>({ dtype, shape, low, high }: ArrayBounds<D>, n: number): Box<D> =>
  new Box({ dtype, shape: [n, ...shape], low: tile(dtype, low, n), high: tile(dtype, high, n) })
