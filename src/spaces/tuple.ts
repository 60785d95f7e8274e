/** Tuple: several spaces side by side, told apart by their position. Also the batches of kinds whose values differ in size. */
import type { JsonValue } from '../json.js'
import { z } from 'zod'
import { Bl1Error } from '../errors.js'
import type { Rng } from '../rng.js'
import { requireLength } from './choice.js'
import { CompositeSpace } from './composite.js'
import { childJSON, parseSpaceJSON, type SpaceReader } from './parseJson.js'
import type { HowOf, Member, Space, SpaceJSON } from './space.js'

/** The values of a Tuple: one member of each space, in order. */
export type TupleMember<S extends readonly Space[]> = { readonly [K in keyof S]: Member<S[K]> }

/** Restricts or weighs a draw: for each space what its own `sample` takes, or undefined. */
export type TupleHow<S extends readonly Space[]> = { readonly [K in keyof S]: HowOf<S[K]> | undefined }

/** The batch spaces of the spaces of a Tuple, in order. */
export type TupleBatches<S extends readonly Space[]> = { readonly [K in keyof S]: BatchOf<S[K]> }

/** The part of a space that says what its batches are. */
interface Batching<B extends Space> {
  /** As of `Space`. */
  batch(n: number): B
}

/**
 * The space of batches of a space: what `batchSpace(space, n)` returns. Written over `T` instead of `S`, so that the compiler compares two
 * of them by what they are: a vector of Boxes is then a vector of Spaces.
 */
export type BatchOf<S extends Space> = S extends infer T extends Space
  ? Space extends T
    ? Space
    : T extends Batching<infer B>
      ? B
      : Tuple<readonly T[]>
  : never

/** A batch of a space's values, as `createEmptyArray` makes it: one typed array for a Box, an object of batches for a Dict. */
export type Batched<S extends Space> = Member<BatchOf<S>>

/** A Tuple as plain JSON. */
export interface TupleJSON extends SpaceJSON {
  readonly kind: 'Tuple'
  readonly spaces: readonly SpaceJSON[]
}

const tupleJSON = z.strictObject({ kind: z.literal('Tuple'), spaces: z.array(childJSON) })

/**
 * Lists with one member of each of `spaces`.
 *
 * @example
 * ```ts
 * const seen = new Tuple([new Box({ low: 0, high: 1, shape: [2] }), new Discrete({ n: 3 })])
 * seen.contains([new Float32Array(2), 1]) // true
 * ```
 */
export class Tuple<const S extends readonly Space[] = readonly Space[]> extends CompositeSpace<TupleMember<S>> {
  readonly kind = 'Tuple'
  readonly spaces: S

  /** @throws Bl1Error `space/invalid` without a space */
  constructor(spaces: S) {
    const parts = spaces.map((space, i) => [String(i), space] as const)
    // One member of each space, in order, is what a value is.
    super('Tuple', parts, (values) => values as readonly unknown[] as TupleMember<S>)
    this.spaces = spaces
  }

  /** Rebuilds a Tuple from its JSON. @throws Bl1Error `space/json`, and what its spaces throw */
  static fromJSON(json: unknown, read: SpaceReader): Tuple {
    return new Tuple(parseSpaceJSON(tupleJSON, json).spaces.map(read))
  }

  protected hasForm(x: unknown): boolean {
    return Array.isArray(x) && x.length === this.spaces.length
  }

  /** One member of each space, each drawn as `how` says at its position. @throws Bl1Error `space/choice` */
  sample(rng: Rng, how?: TupleHow<S>): TupleMember<S> {
    if (how !== undefined) requireLength(this.kind, 'list', how, this.spaces.length)
    return this.sampleParts(rng, how)
  }

  /** The Tuple of the batches of its spaces. */
  override batch(n: number): Tuple<TupleBatches<S>> {
    // One batch space for each space, in order.
    return new Tuple(this.spaces.map((space) => batchSpace(space, n)) as readonly Space[] as TupleBatches<S>)
  }

  override valueToJSON(value: TupleMember<S>): JsonValue {
    return this.partsToJSON(value)
  }

  toJSON(): TupleJSON {
    return { kind: 'Tuple', spaces: this.spaces.map((space) => space.toJSON()) }
  }
}

/**
 * The space of batches of n values: a Box with a leading axis for a Box, a MultiDiscrete for a Discrete, a Box of whole numbers for a
 * MultiDiscrete or a MultiBinary, a Dict or Tuple of batches for a Dict or Tuple, and a Tuple of n copies for everything else.
 * @param n whole number of 1 or more
 * @throws Bl1Error `space/batch`
 */
export const batchSpace = <S extends Space>(space: S, n: number): BatchOf<S> => {
  if (!Number.isSafeInteger(n) || n < 1) throw new Bl1Error('space/batch', { expected: '1 value or more', received: String(n) })
  const batch = space.batch?.(n) ?? new Tuple(Array.from({ length: n }, () => space))
  // BatchOf says the same as this line, which the compiler cannot follow for an S not yet known.
  return batch as BatchOf<S>
}
