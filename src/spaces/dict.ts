/** Dict: several spaces side by side, told apart by name. */
import type { JsonValue } from '../json.js'
import { z } from 'zod'
import { Bl1Error } from '../errors.js'
import type { Rng } from '../rng.js'
import { CompositeSpace } from './composite.js'
import { field, hasExactly } from './field.js'
import { childJSON, parseSpaceJSON, type SpaceReader } from './parseJson.js'
import type { HowOf, Member, Space, SpaceJSON } from './space.js'
import { batchSpace, type BatchOf } from './tuple.js'

/** Spaces by name. */
export type Spaces = Readonly<Record<string, Space>>

/** The values of a Dict: one member of each space, by name. */
export type DictMember<S extends Spaces> = { readonly [K in keyof S]: Member<S[K]> }

/** Restricts or weighs a draw: for each space, by name, what its own `sample` takes. */
export type DictHow<S extends Spaces> = { readonly [K in keyof S]?: HowOf<S[K]> | undefined }

/** A Dict as plain JSON. */
export interface DictJSON extends SpaceJSON {
  readonly kind: 'Dict'
  readonly spaces: Readonly<Record<string, SpaceJSON>>
}

const dictJSON = z.strictObject({ kind: z.literal('Dict'), spaces: z.record(z.string(), childJSON) })

const refuseProto = (): never => {
  throw new Bl1Error('space/invalid', { kind: 'Dict', expected: 'other names', received: '__proto__' })
}

/**
 * Objects with one member of each of `spaces`, under the same names and no others. The order of the names is that of the literal; it
 * is the order in which parts are drawn and flattened, so two Dicts that differ in it are not equal.
 *
 * @example
 * ```ts
 * const seen = new Dict({ image: new Box({ low: 0, high: 255, shape: [84, 84], dtype: 'uint8' }), lives: new Discrete({ n: 4 }) })
 * seen.sample(rng, { lives: { mask: [0, 1, 1, 1] } }).lives // 1, 2 or 3
 * ```
 */
export class Dict<S extends Spaces = Spaces> extends CompositeSpace<DictMember<S>> {
  readonly kind = 'Dict'
  readonly spaces: S
  readonly #keys: readonly string[]

  /** @throws Bl1Error `space/invalid` without a space, or with the name `__proto__` */
  constructor(spaces: S) {
    const keys = Object.keys(spaces)
    if (keys.includes('__proto__')) refuseProto()
    super('Dict', Object.entries(spaces), (values) => {
      const member: Record<string, unknown> = {}
      for (let i = 0; i < keys.length; i++) member[keys[i]] = values[i]
      // One member of each space under its name is what a value is.
      return member as DictMember<S>
    })
    this.spaces = spaces
    this.#keys = keys
  }

  /** Rebuilds a Dict from its JSON. @throws Bl1Error `space/json`, and what its spaces throw */
  static fromJSON(json: unknown, read: SpaceReader): Dict {
    const { spaces } = parseSpaceJSON(dictJSON, json)
    // zod drops this name without a word.
    if (Object.hasOwn(Object(field(json, 'spaces')), '__proto__')) refuseProto()
    return new Dict(Object.fromEntries(Object.entries(spaces).map(([key, child]) => [key, read(child)])))
  }

  protected hasForm(x: unknown): boolean {
    return hasExactly(x, this.#keys)
  }

  /** One member of each space, each drawn as `how` says under its name. @throws Bl1Error `space/choice` for an unknown name */
  sample(rng: Rng, how?: DictHow<S>): DictMember<S> {
    const unknown = Object.keys(how ?? {}).find((key) => !Object.hasOwn(this.spaces, key))
    if (unknown !== undefined) {
      throw new Bl1Error('space/choice', { kind: this.kind, expected: `the names ${this.#keys.join(', ')}`, received: unknown })
    }
    return this.sampleParts(rng, how)
  }

  /** The Dict of the batches of its spaces. */
  override batch(n: number): Dict<{ readonly [K in keyof S]: BatchOf<S[K]> }> {
    const batches = Object.entries(this.spaces).map(([key, space]) => [key, batchSpace(space, n)])
    return new Dict(Object.fromEntries(batches) as { readonly [K in keyof S]: BatchOf<S[K]> })
  }

  override valueToJSON(value: DictMember<S>): JsonValue {
    const parts = this.partsToJSON(value)
    return Object.fromEntries(this.#keys.map((key, i) => [key, parts[i]]))
  }

  toJSON(): DictJSON {
    return { kind: 'Dict', spaces: Object.fromEntries(Object.entries(this.spaces).map(([key, space]) => [key, space.toJSON()])) }
  }
}
