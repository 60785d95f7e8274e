/**
 * What every space is: a set of values an observation or an action may take.
 *
 * A space holds no generator: `space.sample(rng)` draws from the stream it is given, so there is no second seed to forget. A value
 * of an array space is a flat typed array; its shape lives on the space.
 */
import type { Rng } from '../rng.js'

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

  /** Whether both spaces hold the same values of the same type. */
  abstract equals(other: Space): boolean

  /** Plain JSON from which `spaceFromJSON` builds an equal space. */
  abstract toJSON(): SpaceJSON
}

/** The type of a space's values: `Member<Box<'float32'>>` is `Float32Array`, `Member<Discrete>` is `number`. */
export type Member<S> = S extends Space<infer T> ? T : never
