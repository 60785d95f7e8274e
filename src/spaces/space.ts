/**
 * What every space is: a set of values an observation or an action may take.
 *
 * A space holds no generator: `space.sample(rng)` draws from the stream it is given, so there is no second seed to forget. A value
 * of an array space is a flat typed array; its shape lives on the space.
 *
 * Nothing outside a kind asks what kind a space is: each kind declares here how its values are batched, flattened and written as
 * JSON. A kind of your own needs the four abstract members, and takes part in the rest by overriding it.
 */
import type { JsonValue } from '../json.js'
import { Bl1Error } from '../errors.js'
import type { Rng } from '../rng.js'
import { describe } from '../describe.js'
import type { Flat } from './flat.js'
import { isJsonValue } from './jsonValue.js'
import { listSlots, type Slots } from './slots.js'

/** A space as plain JSON: `kind` says which class rebuilds it. */
export interface SpaceJSON {
  readonly kind: string
}

/** A set of values of type `T`. Compare spaces with `equals`, move them between processes with `toJSON` and `spaceFromJSON`. */
export abstract class Space<T = unknown> {
  /** The class's name in JSON: 'Box', 'Discrete'. */
  abstract readonly kind: string

  /** Whether `x` is a member. Takes anything and never throws. */
  abstract contains(x: unknown): x is T

  /**
   * A random member, drawn from `rng` alone.
   * @param how restricts or weighs the draw where the kind allows it (see the kind); other kinds take none
   */
  abstract sample(rng: Rng, how?: unknown): T

  /** Plain JSON from which `spaceFromJSON` builds an equal space. */
  abstract toJSON(): SpaceJSON

  /** Whether both spaces hold the same values of the same type, sampled and flattened in the same order. */
  equals(other: Space): boolean {
    return other instanceof Space && other.kind === this.kind && JSON.stringify(other) === JSON.stringify(this)
  }

  /** What `sameShapeAndDtype` compares, as plain JSON: the structure without the bounds. All of the space unless overridden. */
  get structure(): unknown {
    return this.toJSON()
  }

  /** Whether all values take the same memory, so that shared memory can hold them. False unless overridden together with `slots`. */
  get isFixedSize(): boolean {
    return false
  }

  /** How values lie in a batch. By reference in a list unless overridden together with `batch`. */
  get slots(): Slots<T> {
    // The list holds what was written to it, and that was of type T.
    return listSlots as Slots<T>
  }

  /** The space of batches of n values, whose members `slots` writes. A Tuple of n copies where a kind has none. */
  batch?(n: number): Space

  /** How values lie in a flat array; undefined where they have no fixed length. */
  get flat(): Flat<T> | undefined {
    return undefined
  }

  /** A value as plain JSON. The value itself unless overridden. @throws Bl1Error `space/value` where JSON cannot carry it */
  valueToJSON(value: T): JsonValue {
    return isJsonValue(value) ? value : this.refuseValue('a value that is plain JSON (or a kind that overrides valueToJSON)', value)
  }

  /** The value that `valueToJSON` wrote. @throws Bl1Error `space/value` */
  valueFromJSON(json: unknown): T {
    return this.contains(json) ? json : this.refuseValue('a member', json)
  }

  /** @throws Bl1Error `space/value` */
  protected refuseValue(expected: string, received: unknown): never {
    throw new Bl1Error('space/value', { kind: this.kind, expected, received: describe(received) })
  }
}

/** The part of a space that says what its values are. */
interface Containing<T> {
  /** As of `Space`. */
  contains(x: unknown): x is T
}

/**
 * The type of a space's values: `Member<Box<'float32'>>` is `Float32Array`, `Member<Discrete>` is `number`. Read from `contains` alone:
 * comparing whole spaces leads the compiler through batches of batches, and it gives up with never.
 */
export type Member<S> = S extends Containing<infer T> ? T : never

/** What restricts or weighs the draws of a space: the second argument of its `sample`; never where it takes none. */
export type HowOf<S extends Space> = Required<Parameters<S['sample']>> extends readonly [Rng, infer H] ? H : never
