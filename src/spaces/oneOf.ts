/** OneOf: a member of one of several spaces, with the number of that space. */
import type { JsonValue } from '../json.js'
import { z } from 'zod'
import type { Rng } from '../rng.js'
import { requireLength } from './choice.js'
import { field, hasExactly } from './field.js'
import type { Flat } from './flat.js'
import { flatOfOne } from './oneOfFlat.js'
import { flatsOf, requireSpaces } from './parts.js'
import { childJSON, parseSpaceJSON, type SpaceReader } from './parseJson.js'
import { Space, type HowOf, type Member, type SpaceJSON } from './space.js'

type IndexOf<K> = K extends `${infer I extends number}` ? I : number

/** The values of a OneOf: `index` says which space `value` is a member of. */
export type OneOfMember<S extends readonly Space[]> = {
  readonly [K in keyof S]: { readonly index: IndexOf<K>; readonly value: Member<S[K]> }
}[number]

/** Restricts or weighs a draw: for each space what its own `sample` takes, or undefined. */
export type OneOfHow<S extends readonly Space[]> = { readonly [K in keyof S]: HowOf<S[K]> | undefined }

/** A OneOf as plain JSON. */
export interface OneOfJSON extends SpaceJSON {
  readonly kind: 'OneOf'
  readonly spaces: readonly SpaceJSON[]
}

const oneOfJSON = z.strictObject({ kind: z.literal('OneOf'), spaces: z.array(childJSON) })

/**
 * Members of any one of `spaces`, as `{ index, value }`: a union that TypeScript narrows by `index`.
 *
 * @example
 * ```ts
 * const action = new OneOf([new Discrete({ n: 4 }), new Box({ low: -1, high: 1, shape: [2] })])
 * action.contains({ index: 0, value: 3 }) // true: press button 3
 * action.contains({ index: 1, value: new Float32Array(2) }) // true: move by a vector
 * ```
 */
export class OneOf<const S extends readonly Space[] = readonly Space[]> extends Space<OneOfMember<S>> {
  readonly kind = 'OneOf'
  readonly spaces: S

  /** @throws Bl1Error `space/invalid` without a space */
  constructor(spaces: S) {
    super()
    requireSpaces('OneOf', Object.entries(spaces))
    this.spaces = spaces
  }

  /** Rebuilds a OneOf from its JSON. @throws Bl1Error `space/json`, and what its spaces throw */
  static fromJSON(json: unknown, read: SpaceReader): OneOf {
    return new OneOf(parseSpaceJSON(oneOfJSON, json).spaces.map(read))
  }

  #spaceAt(index: unknown): Space | undefined {
    return typeof index === 'number' ? this.spaces[index] : undefined
  }

  contains(x: unknown): x is OneOfMember<S> {
    return hasExactly(x, ['index', 'value']) && this.#spaceAt(field(x, 'index'))?.contains(field(x, 'value')) === true
  }

  /** Any space equally often, and a member of it drawn as `how` says at its position. @throws Bl1Error `space/choice` */
  sample(rng: Rng, how?: OneOfHow<S>): OneOfMember<S> {
    if (how !== undefined) requireLength(this.kind, 'list', how, this.spaces.length)
    const index = rng.integer(this.spaces.length)
    return this.#member(index, this.spaces[index].sample(rng, how?.[index]))
  }

  #member(index: number, value: unknown): OneOfMember<S> {
    // The value came from the space at the index, which is what a member is.
    return { index, value } as OneOfMember<S>
  }

  override get structure(): unknown {
    return { kind: this.kind, spaces: this.spaces.map((space) => space.structure) }
  }

  /** One place a space, 1 at the one taken; then the value, filled up with 0 to the longest. */
  override get flat(): Flat<OneOfMember<S>> | undefined {
    const flats = flatsOf(this.spaces)
    if (flats === undefined) return undefined
    const flat = flatOfOne(flats)
    return {
      ...flat,
      read: (array, offset) => {
        const { index, value } = flat.read(array, offset)
        return this.#member(index, value)
      },
    }
  }

  override valueToJSON({ index, value }: OneOfMember<S>): JsonValue {
    return { index, value: this.spaces[index].valueToJSON(value) }
  }

  override valueFromJSON(json: unknown): OneOfMember<S> {
    const index = field(json, 'index')
    const space = this.#spaceAt(index)
    if (typeof index !== 'number' || space === undefined || !hasExactly(json, ['index', 'value'])) {
      return this.refuseValue(`{ index, value } with an index below ${this.spaces.length}`, json)
    }
    return this.#member(index, space.valueFromJSON(field(json, 'value')))
  }

  toJSON(): OneOfJSON {
    return { kind: 'OneOf', spaces: this.spaces.map((space) => space.toJSON()) }
  }
}
