/** What Dict and Tuple share: parts with names, each a space; every value has one member of each. */
import type { JsonValue } from '../json.js'
import type { Rng } from '../rng.js'
import { commonDType } from './commonDType.js'
import { field } from './field.js'
import { sideBySide, type Flat } from './flat.js'
import { flatsOf, requireSpaces } from './parts.js'
import { refuseBatch, type Slots } from './slots.js'
import { Space } from './space.js'

/** One part: where it is in a value, and what it holds. */
export type Part = readonly [key: string, space: Space]

const flatOfParts = <T>(parts: readonly Part[], assemble: (values: unknown[]) => T): Flat<T> | undefined => {
  const flats = flatsOf(parts.map(([, space]) => space))
  if (flats === undefined) return undefined
  const dtype = commonDType(flats.map((flat) => flat.dtype))
  return sideBySide(dtype, flats, { partOf: (value: T, i) => field(value, parts[i][0]), assemble })
}

const slotsOfParts = <T>(parts: readonly Part[], assemble: (values: unknown[]) => T): Slots<T> => {
  const slots = parts.map(([, space]) => space.slots)
  const keys = parts.map(([key]) => key)
  return {
    create: (count, memory) => assemble(slots.map((part) => part.create(count, memory))),
    count: (batch) => {
      const counts = slots.map((part, i) => part.count(field(batch, keys[i])))
      return counts.every((count) => count === counts[0]) ? counts[0] : refuseBatch('equally many values in each part', counts.join(', '))
    },
    // Without closures, as this runs at every step of every environment.
    write: (batch, index, value) => {
      for (let i = 0; i < slots.length; i++) slots[i].write(field(batch, keys[i]), index, field(value, keys[i]))
    },
    read: (batch, index) => assemble(slots.map((part, i) => part.read(field(batch, keys[i]), index))),
  }
}

/** Values made of one member of each part. */
export abstract class CompositeSpace<T> extends Space<T> {
  readonly #parts: readonly Part[]
  readonly #assemble: (values: unknown[]) => T
  #slots: Slots<T> | undefined
  #flat: Flat<T> | undefined

  /** @param assemble makes a value of one member of each part, in order */
  protected constructor(kind: string, parts: readonly Part[], assemble: (values: unknown[]) => T) {
    super()
    requireSpaces(kind, parts)
    this.#parts = parts
    this.#assemble = assemble
  }

  /** Whether `x` has the outer form of a value: exactly the parts. */
  protected abstract hasForm(x: unknown): boolean

  contains(x: unknown): x is T {
    return this.hasForm(x) && this.#parts.every(([key, space]) => space.contains(field(x, key)))
  }

  /** Draws every part in order from the same stream. */
  protected sampleParts(rng: Rng, how: unknown): T {
    return this.#assemble(this.#parts.map(([key, space]) => space.sample(rng, field(how, key))))
  }

  override get structure(): unknown {
    return { kind: this.kind, parts: this.#parts.map(([key, space]) => [key, space.structure]) }
  }

  override get isFixedSize(): boolean {
    return this.#parts.every(([, space]) => space.isFixedSize)
  }

  override get slots(): Slots<T> {
    return (this.#slots ??= slotsOfParts(this.#parts, this.#assemble))
  }

  override get flat(): Flat<T> | undefined {
    return (this.#flat ??= flatOfParts(this.#parts, this.#assemble))
  }

  /** The parts of a value in JSON, in order. */
  protected partsToJSON(value: T): JsonValue[] {
    return this.#parts.map(([key, space]) => space.valueToJSON(field(value, key)))
  }

  override valueFromJSON(json: unknown): T {
    if (!this.hasForm(json)) return this.refuseValue(`with exactly the parts [${this.#parts.map(([key]) => key).join(', ')}]`, json)
    return this.#assemble(this.#parts.map(([key, space]) => space.valueFromJSON(field(json, key))))
  }
}
