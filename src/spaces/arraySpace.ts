/** What the three spaces of typed arrays share: an element type, a shape and bounds. */
import type { JsonValue } from '../json.js'
import { Bl1Error } from '../errors.js'
import { dtypes, type DType, type DTypes } from './dtypes.js'
import { fromJsonNumber, toJsonNumber } from './jsonValue.js'
import { arraySlots, type Slots } from './slots.js'
import { Space } from './space.js'

/** Arrays of numbers between bounds, as a kind declares them. */
export interface ArrayBounds<D extends DType> {
  readonly dtype: D
  readonly shape: readonly number[]
  readonly low: DTypes[D]
  readonly high: DTypes[D]
}

/** Typed arrays whose elements lie between `low` and `high`, both included, in row-major order. */
export abstract class ArraySpace<D extends DType> extends Space<DTypes[D]> implements ArrayBounds<D> {
  readonly dtype: D
  readonly shape: readonly number[]
  /** Elements in a value: the product of `shape`. */
  readonly size: number
  /** The smallest value of each element. */
  readonly low: DTypes[D]
  /** The largest value of each element. */
  readonly high: DTypes[D]
  readonly #slots: Slots<DTypes[D]>

  protected constructor({ dtype, shape, low, high }: ArrayBounds<D>) {
    super()
    this.dtype = dtype
    this.shape = shape
    this.size = low.length
    this.low = low
    this.high = high
    this.#slots = arraySlots(dtype, this.size)
  }

  /** The same typed array class, `size` elements, each within its bounds. NaN is never a member. */
  contains(x: unknown): x is DTypes[D] {
    // A proxy of an array is an instance of its class, and throws when it is asked for its length.
    if (!ArrayBuffer.isView(x) || !dtypes[this.dtype].is(x) || x.length !== this.size) return false
    for (let i = 0; i < this.size; i++) {
      if (!(x[i] >= this.low[i] && x[i] <= this.high[i])) return false
    }
    return true
  }

  override get structure(): unknown {
    return { kind: this.kind, dtype: this.dtype, shape: this.shape }
  }

  override get isFixedSize(): boolean {
    return true
  }

  override get slots(): Slots<DTypes[D]> {
    return this.#slots
  }

  override valueToJSON(value: DTypes[D]): JsonValue {
    return Array.from<number, JsonValue>(value, toJsonNumber)
  }

  override valueFromJSON(json: unknown): DTypes[D] {
    const { create, integer } = dtypes[this.dtype]
    if (!Array.isArray(json) || json.length !== this.size) return this.refuseValue(`a list of ${this.size} numbers`, json)
    const value: DTypes[D] = create(this.size)
    for (let i = 0; i < this.size; i++) {
      const number = fromJsonNumber(json[i]) ?? this.refuseValue(`a number at entry ${i}`, json[i])
      value[i] = number
      if (integer && value[i] !== number) this.refuseValue(`a number of type ${this.dtype} at entry ${i}`, number)
    }
    return value
  }

  /** @throws Bl1Error `space/choice` */
  protected refuseHow(expected: string, received: string): never {
    throw new Bl1Error('space/choice', { kind: this.kind, expected, received })
  }
}
