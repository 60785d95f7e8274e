/**
 * Looks over the bytes of a header before they are decoded: only what JSON has, maps with text as keys, no count larger than the bytes
 * there are, no deep nesting, nothing behind the end. So the decoder never meets an extension, a record or a size that lies.
 */
import { MAX_DEPTH } from './limits.js'

/** The highest word of a whole number below 2^53. */
const SAFE_HIGH_WORD = 2 ** 21

class Skimmer {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Why the bytes are refused, or undefined. */
  look(): string | undefined {
    return this.#value(0) ?? (this.#at === this.#bytes.length ? undefined : 'there are bytes behind its end')
  }

  #value(depth: number): string | undefined {
    if (this.#at >= this.#bytes.length) return 'it ends too early'
    const token = this.#bytes[this.#at++]
    if (token < 0x80 || token >= 0xe0) return undefined
    if (token < 0x90) return this.#items(token & 0x0f, depth, true)
    if (token < 0xa0) return this.#items(token & 0x0f, depth, false)
    if (token < 0xc0) return this.#skip(token & 0x1f)
    switch (token) {
      case 0xc0:
      case 0xc2:
      case 0xc3:
        return undefined
      case 0xcc:
      case 0xd0:
        return this.#skip(1)
      case 0xcd:
      case 0xd1:
        return this.#skip(2)
      case 0xca:
      case 0xce:
      case 0xd2:
        return this.#skip(4)
      case 0xcb:
        return this.#skip(8)
      case 0xcf:
      case 0xd3:
        return this.#wide(token === 0xd3)
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.#counted(token - 0xd9, (size) => this.#skip(size))
      case 0xdc:
      case 0xdd:
        return this.#counted(token - 0xdb, (count) => this.#items(count, depth, false))
      case 0xde:
      case 0xdf:
        return this.#counted(token - 0xdd, (count) => this.#items(count, depth, true))
      default:
        return `it holds a type that JSON does not have (0x${token.toString(16)})`
    }
  }

  /** A count of 1, 2 or 4 bytes (`log2Size` 0, 1, 2), then what it counts. */
  #counted(log2Size: number, then: (count: number) => string | undefined): string | undefined {
    const at = this.#at
    const refusal = this.#skip(2 ** log2Size)
    if (refusal !== undefined) return refusal
    return then(log2Size === 0 ? this.#view.getUint8(at) : log2Size === 1 ? this.#view.getUint16(at) : this.#view.getUint32(at))
  }

  #items(count: number, depth: number, isMap: boolean): string | undefined {
    if (depth >= MAX_DEPTH) return `it is nested deeper than ${MAX_DEPTH}`
    if (count * (isMap ? 2 : 1) > this.#bytes.length - this.#at) return 'it announces more than it holds'
    for (let k = 0; k < count; k++) {
      if (isMap && !this.#isTextNext()) return 'a key is not text'
      const refusal = (isMap ? this.#value(depth + 1) : undefined) ?? this.#value(depth + 1)
      if (refusal !== undefined) return refusal
    }
    return undefined
  }

  #isTextNext(): boolean {
    const token = this.#bytes[this.#at]
    return (token >= 0xa0 && token < 0xc0) || (token >= 0xd9 && token <= 0xdb)
  }

  #skip(size: number): string | undefined {
    this.#at += size
    return this.#at > this.#bytes.length ? 'it ends too early' : undefined
  }

  /** A whole number of eight bytes: a double must hold it exactly. */
  #wide(signed: boolean): string | undefined {
    const at = this.#at
    const refusal = this.#skip(8)
    if (refusal !== undefined) return refusal
    const high = signed ? this.#view.getInt32(at) : this.#view.getUint32(at)
    return high >= SAFE_HIGH_WORD || high < -SAFE_HIGH_WORD ? 'a whole number is beyond 2^53' : undefined
  }
}

/** Why these bytes are no plain msgpack value, or undefined where they are one. */
export const whyNotPlain = (bytes: Uint8Array): string | undefined => new Skimmer(bytes).look()
