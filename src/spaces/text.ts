/** Text: strings of characters from a set. */
import { z } from 'zod'
import { Bl1Error } from '../errors.js'
import type { Rng } from '../rng.js'
import { ALPHANUMERIC, readCharset, refuseText } from './charset.js'
import { draw, requireWhole, type Choice } from './choice.js'
import { describe } from '../describe.js'
import { refuseFlat, type Flat } from './flat.js'
import { parseSpaceJSON } from './parseJson.js'
import { Space } from './space.js'

/** What a Text is built from. */
export interface TextOptions {
  /** Most characters a text has: whole number of 1 or more. */
  readonly maxLength: number
  /** Fewest characters. @default 1 */
  readonly minLength?: number
  /** The characters, each once: a string, or a list of single characters. @default digits, then letters */
  readonly charset?: string | readonly string[]
}

interface TextLength {
  /** How many characters. */
  readonly length?: number
}

/** Restricts or weighs a draw: the length, the characters (one entry a character, in the order of the charset), or both. */
export type TextHow = TextLength & (Choice | { readonly mask?: never; readonly probability?: never })

const textJSON = z.strictObject({ kind: z.literal('Text'), maxLength: z.number(), minLength: z.number(), charset: z.array(z.string()) })

/** A Text as plain JSON. */
export type TextJSON = z.output<typeof textJSON>

/** Lengths are drawn with one 32-bit draw, and flat values are arrays of this length. */
const MAX_LENGTH = 2 ** 31 - 1

/**
 * Strings of `minLength` to `maxLength` characters of `charset`. A character is one code point, so an emoji counts once.
 *
 * @example
 * ```ts
 * const digits = new Text({ maxLength: 3, charset: '0123456789' })
 * digits.contains('042') // true
 * ```
 */
export class Text extends Space<string> {
  readonly kind = 'Text'
  readonly maxLength: number
  readonly minLength: number
  /** The characters in order. */
  readonly charset: readonly string[]
  readonly #codes: ReadonlyMap<string, number>

  /** @throws Bl1Error `space/invalid` for lengths out of order, and a charset of anything but single characters, each once */
  constructor({ maxLength, minLength = 1, charset = ALPHANUMERIC }: TextOptions) {
    super()
    const isLength = (length: number): boolean => Number.isInteger(length) && length >= 0 && length <= MAX_LENGTH
    if (!isLength(maxLength) || maxLength === 0) refuseText(`a maxLength from 1 to ${MAX_LENGTH}`, String(maxLength))
    if (!isLength(minLength) || minLength > maxLength) refuseText(`a minLength from 0 to ${maxLength}`, String(minLength))
    this.maxLength = maxLength
    this.minLength = minLength
    this.#codes = readCharset(charset)
    this.charset = [...this.#codes.keys()]
  }

  /** Rebuilds a Text from its JSON. @throws Bl1Error `space/json`, `space/invalid` */
  static fromJSON(json: unknown): Text {
    return new Text(parseSpaceJSON(textJSON, json))
  }

  contains(x: unknown): x is string {
    if (typeof x !== 'string') return false
    let length = 0
    for (const character of x) if (++length > this.maxLength || !this.#codes.has(character)) return false
    return length >= this.minLength
  }

  /**
   * A length, uniform over those allowed unless given, and that many characters: uniform, over those a mask allows, or by probabilities.
   * A mask that allows none gives the empty text.
   * @throws Bl1Error `space/choice`, also for such a mask where the empty text is no member
   */
  sample(rng: Rng, how: TextHow = {}): string {
    const { length = this.minLength + rng.integer(this.maxLength - this.minLength + 1) } = how
    requireWhole(this.kind, 'length', length, this.minLength, this.maxLength)
    const choice = how.mask === undefined && how.probability === undefined ? undefined : how
    if (choice?.mask !== undefined && Array.from(choice.mask).every((allowed) => allowed === 0)) return this.#sampleEmpty()
    return Array.from({ length }, () => this.charset[draw(rng, this.kind, this.charset.length, choice)]).join('')
  }

  #sampleEmpty(): string {
    if (this.minLength === 0) return ''
    throw new Bl1Error('space/choice', { kind: this.kind, expected: 'a mask that allows a character', received: 'one of zeros' })
  }

  override get structure(): unknown {
    return { kind: this.kind, maxLength: this.maxLength }
  }

  /** The position of each character in the charset, filled up with the charset's length. */
  override get flat(): Flat<string, 'int32'> {
    const { maxLength, charset } = this
    const filler = charset.length
    return {
      length: maxLength,
      dtype: 'int32',
      writeBounds: (low, high, offset) => {
        low.fill(0, offset, offset + maxLength)
        high.fill(filler, offset, offset + maxLength)
      },
      write: (value, out, offset) => {
        if (!this.contains(value)) refuseFlat(`${describe(value)} is no member of the Text`)
        out.fill(filler, offset, offset + maxLength)
        out.set(Array.from(value, (character) => this.#codes.get(character) ?? filler), offset)
      },
      read: (flat, offset) => Array.from({ length: maxLength }, (_, i) => charset[flat[offset + i]] ?? '').join(''),
    }
  }

  toJSON(): TextJSON {
    return { kind: 'Text', maxLength: this.maxLength, minLength: this.minLength, charset: [...this.charset] }
  }
}
