/**
 * Seeded, named random streams: the only source of randomness in the project.
 *
 * A stream is xoshiro128** (Blackman & Vigna 2018, 32-bit words, period 2^128 - 1). `split(name)` derives another stream from the
 * stream's *key* and the name, never from how many numbers were drawn: a draw added in one place cannot shift another stream. That
 * is what keeps wiring, noise and serves bit-identical when only the feedback changes.
 */
import { Bl1Error } from './errors.js'

/** A saved stream: plain JSON. */
export interface RngState {
  readonly key: readonly [number, number, number, number]
  readonly state: readonly [number, number, number, number]
}

type Words = readonly [number, number, number, number]

/** 32-bit finaliser of MurmurHash3 (Appleby): every input bit reaches every output bit. */
export const mix32 = (word: number): number => {
  let x = word | 0
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

/** Folds `text` into a key: four lanes, each with its own odd multiplier, every character mixed into all of them. */
const deriveKey = (parent: Words, text: string): Words => {
  let [a, b, c, d] = parent
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i) + 1
    a = mix32(Math.imul(a, 0x9e3779b1) ^ unit)
    b = mix32(Math.imul(b, 0x85ebca77) + a + unit)
    c = mix32(Math.imul(c, 0xc2b2ae3d) ^ b)
    d = mix32(Math.imul(d, 0x27d4eb2f) + c)
  }
  return [mix32(a + d), mix32(b ^ a), mix32(c + b), mix32(d ^ c)]
}

/** Passes a seed on: a whole number, 0 to 2^53 - 1. @throws Bl1Error `rng/seed` */
export const requireSeed = (seed: number): number => {
  // Makes 0 of -0, which JSON cannot carry.
  if (Number.isSafeInteger(seed) && seed >= 0) return Math.abs(seed)
  throw new Bl1Error('rng/seed', { received: String(seed) })
}

/** One random stream. */
export class Rng {
  readonly #key: Words
  readonly #s: Uint32Array

  private constructor(key: Words, state: Words) {
    this.#key = key
    const s = new Uint32Array(4)
    s[0] = state[0]
    s[1] = state[1]
    s[2] = state[2]
    s[3] = state[3]
    // xoshiro stays at zero for ever if all words are zero.
    if ((s[0] | s[1] | s[2] | s[3]) === 0) s[0] = 0x9e3779b9
    this.#s = s
  }

  /**
   * The root stream of a run.
   * @param seed whole number, 0 to 2^53 - 1
   * @throws Bl1Error `rng/seed`
   */
  static fromSeed(seed: number): Rng {
    requireSeed(seed)
    const low = seed >>> 0
    const high = Math.floor(seed / 2 ** 32)
    const key = deriveKey([mix32(low + 1), mix32(high + 2), mix32(low ^ 0x6a09e667), mix32(high ^ 0xbb67ae85)], 'seed')
    return new Rng(key, deriveKey(key, 'state'))
  }

  /** Continues a saved stream exactly. @throws Bl1Error `rng/state` */
  static load(saved: RngState): Rng {
    const isWords = (words: unknown): words is Words =>
      Array.isArray(words) && words.length === 4 && Array.from(words, Number).every((w) => Number.isInteger(w) && w >= 0 && w < 2 ** 32)
    if (typeof saved !== 'object' || saved === null) throw new Bl1Error('rng/state', { reason: 'not an object' })
    if (!isWords(saved.key) || !isWords(saved.state)) {
      throw new Bl1Error('rng/state', { reason: 'key and state must each be four 32-bit whole numbers' })
    }
    return new Rng([...saved.key], saved.state)
  }

  /** The stream as it is now. */
  save(): RngState {
    const [a = 0, b = 0, c = 0, d = 0] = this.#s
    return { key: [...this.#key], state: [a, b, c, d] }
  }

  /** An independent stream for one purpose. The same name always gives the same stream. */
  split(name: string | number): Rng {
    const key = deriveKey(this.#key, `/${name}`)
    return new Rng(key, deriveKey(key, 'state'))
  }

  /** A 32-bit key of this stream, for counter-based noise. Independent of how many numbers were drawn. */
  get key32(): number {
    return this.#key[0]
  }

  /** Uniform over 0 to 2^32 - 1. */
  uint32(): number {
    const s = this.#s
    const product = Math.imul(s[1], 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0
    const shifted = s[1] << 9
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= shifted
    s[3] = (s[3] << 11) | (s[3] >>> 21)
    return result
  }

  /** Uniform over [0, 1), 53 bits. */
  uniform(): number {
    const high = this.uint32() >>> 5
    const low = this.uint32() >>> 6
    return (high * 2 ** 26 + low) / 2 ** 53
  }

  /** Uniform over [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform()
  }

  /**
   * Uniform whole number over 0 to n - 1 (exact: rejects the biased tail).
   * @param n whole number, 1 to 2^32
   * @throws Bl1Error `rng/integer`
   */
  integer(n: number): number {
    if (!(n >= 1 && n <= 2 ** 32 && Number.isInteger(n))) throw new Bl1Error('rng/integer', { received: String(n) })
    const limit = 2 ** 32 - (2 ** 32 % n)
    let word = this.uint32()
    while (word >= limit) word = this.uint32()
    return word % n
  }

  /** Standard normal (Box & Muller 1958; the second value is not kept, so a saved stream needs no spare). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    return radius * Math.cos(2 * Math.PI * this.uniform())
  }

  /** Shuffles in place (Fisher & Yates) and returns the same array. */
  shuffle<T>(items: T[]): T[] {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1)
      const kept = items[i]
      items[i] = items[j]
      items[j] = kept
    }
    return items
  }
}
