/** Sequence: lists of any length of members of one space. The space of spike trains and event lists. */
import type { JsonValue } from '../json.js'
import { z } from 'zod'
import { Bl1Error } from '../errors.js'
import type { Rng } from '../rng.js'
import { requireWhole } from './choice.js'
import { isListOf } from './field.js'
import { requireSpace } from './parts.js'
import { childJSON, parseSpaceJSON, type SpaceReader } from './parseJson.js'
import { Space, type HowOf, type Member, type SpaceJSON } from './space.js'

/** What a Sequence is built from. */
export interface SequenceOptions<S extends Space> {
  /** What the items are members of. */
  readonly space: S
  /** Most items a list has: whole number of 1 or more. @default no limit */
  readonly maxLength?: number | undefined
}

/** Restricts or weighs a draw. */
export interface SequenceHow<S extends Space> {
  /** How many items: a number, or a list of numbers of which one is drawn. */
  readonly length?: number | ArrayLike<number>
  /** How each item is drawn: what the `sample` of its space takes. */
  readonly item?: HowOf<S>
}

/** A Sequence as plain JSON. */
export interface SequenceJSON extends SpaceJSON {
  readonly kind: 'Sequence'
  readonly space: SpaceJSON
  readonly maxLength?: number
}

const sequenceJSON = z.strictObject({ kind: z.literal('Sequence'), space: childJSON, maxLength: z.number().optional() })

/** The chance that a list drawn without a length ends after an item, as in Gymnasium. */
const END_PROBABILITY = 0.25

/**
 * Lists of 0 to `maxLength` members of `space`.
 *
 * @example
 * ```ts
 * const spikes = new Sequence({ space: new Tuple([new Discrete({ n: 64 }), new Box({ low: 0, high: 1 })]) }) // channel and time
 * spikes.sample(rng, { length: 3 }).length // 3
 * ```
 */
export class Sequence<S extends Space = Space> extends Space<readonly Member<S>[]> {
  readonly kind = 'Sequence'
  readonly space: S
  /** Most items a list has, Infinity without a limit. */
  readonly maxLength: number

  /** @throws Bl1Error `space/invalid` */
  constructor({ space, maxLength = Infinity }: SequenceOptions<S>) {
    super()
    requireSpace('Sequence', 'space', space)
    const isLength = maxLength === Infinity || (Number.isSafeInteger(maxLength) && maxLength > 0)
    if (!isLength) {
      throw new Bl1Error('space/invalid', { kind: 'Sequence', expected: 'a whole maxLength of 1 or more', received: String(maxLength) })
    }
    this.space = space
    this.maxLength = maxLength
  }

  /** Rebuilds a Sequence from its JSON. @throws Bl1Error `space/json`, `space/invalid`, and what its space throws */
  static fromJSON(json: unknown, read: SpaceReader): Sequence {
    const { space, maxLength } = parseSpaceJSON(sequenceJSON, json)
    return new Sequence({ space: read(space), maxLength })
  }

  contains(x: unknown): x is readonly Member<S>[] {
    return isListOf(x, (item): item is Member<S> => this.space.contains(item)) && x.length <= this.maxLength
  }

  /**
   * A length as `how` says, else geometric from 1 on (mean 4, cut at `maxLength`), and that many members of the space.
   * @throws Bl1Error `space/choice`
   */
  sample(rng: Rng, how: SequenceHow<S> = {}): readonly Member<S>[] {
    const length = this.#drawLength(rng, how.length)
    // A space samples its own members.
    return Array.from({ length }, () => this.space.sample(rng, how.item) as Member<S>)
  }

  #drawLength(rng: Rng, length: SequenceHow<S>['length']): number {
    // The inverse of the geometric distribution function 1 - (1 - p)^length.
    const geometric = () => 1 + Math.floor(Math.log(1 - rng.uniform()) / Math.log(1 - END_PROBABILITY))
    if (length === undefined) return Math.min(this.maxLength, geometric())
    const lengths: ArrayLike<number> = typeof length === 'number' ? [length] : length
    requireWhole(this.kind, 'number of lengths', lengths.length, 1, Infinity)
    for (let i = 0; i < lengths.length; i++) requireWhole(this.kind, 'length', lengths[i], 0, this.maxLength)
    return typeof length === 'number' ? length : length[rng.integer(length.length)]
  }

  override get structure(): unknown {
    return { kind: this.kind, space: this.space.structure }
  }

  override get flat(): undefined {
    return undefined
  }

  override valueToJSON(value: readonly Member<S>[]): JsonValue {
    return value.map((item) => this.space.valueToJSON(item))
  }

  override valueFromJSON(json: unknown): readonly Member<S>[] {
    if (!Array.isArray(json)) return this.refuseValue('a list', json)
    // A space reads its own members.
    return json.map((item) => this.space.valueFromJSON(item) as Member<S>)
  }

  toJSON(): SequenceJSON {
    const { maxLength } = this
    return { kind: 'Sequence', space: this.space.toJSON(), ...(maxLength === Infinity ? {} : { maxLength }) }
  }
}
