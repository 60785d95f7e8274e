/** Discrete: one of n choices, as a number. The space of button presses. */
import { z } from 'zod'
import { Bl1Error } from '../errors.js'
import type { Rng } from '../rng.js'
import { Space } from './space.js'

/** Restricts or weighs a draw: entry i stands for the choice `start + i`. */
export type DiscreteChoice =
  | {
      /** 1 where a choice is allowed, 0 where not. If none is, `start` is returned. */
      readonly mask: ArrayLike<number>
    }
  | {
      /** The chance of each choice; the sum is 1. */
      readonly probability: ArrayLike<number>
    }

const discreteJSON = z.strictObject({ kind: z.literal('Discrete'), n: z.number(), start: z.number() })

/** A Discrete as plain JSON. */
export type DiscreteJSON = z.output<typeof discreteJSON>

/** As many as one 32-bit draw can tell apart. */
const MAX_CHOICES = 2 ** 32

/** Probabilities may miss a sum of 1 by rounding only. */
const SUM_TOLERANCE = 1e-6

const refuse = (expected: string, received: string): never => {
  throw new Bl1Error('space/choice', { expected, received })
}

const requireMask = (mask: ArrayLike<number>, n: number): void => {
  if (mask.length !== n) refuse(`a mask of ${n} entries`, `${mask.length}`)
  for (let i = 0; i < n; i++) if (mask[i] !== 0 && mask[i] !== 1) refuse('a mask of 0 and 1', `${mask[i]} at entry ${i}`)
}

/** The sum of the probabilities, which is 1 but for rounding. */
const requireProbabilities = (probability: ArrayLike<number>, n: number): number => {
  if (probability.length !== n) refuse(`${n} probabilities`, `${probability.length}`)
  let sum = 0
  for (let i = 0; i < n; i++) {
    if (!(probability[i] >= 0)) refuse('probabilities of 0 or more', `${probability[i]} at entry ${i}`)
    sum += probability[i]
  }
  if (Math.abs(sum - 1) > SUM_TOLERANCE) refuse('probabilities that sum to 1', `a sum of ${sum}`)
  return sum
}

/**
 * The whole numbers from `start` to `start + n - 1`.
 *
 * @example
 * ```ts
 * const buttons = new Discrete({ n: 3 })
 * buttons.sample(rng, { mask: [1, 0, 1] }) // 0 or 2
 * ```
 */
export class Discrete<const N extends number = number> extends Space<number> {
  readonly kind = 'Discrete'
  /** How many choices there are. Kept in the type, for tables with one row a choice. */
  readonly n: N
  /** The first choice. */
  readonly start: number

  /**
   * @param options n: whole number, 1 to 2^32; start: whole number, 0 where left out
   * @throws Bl1Error `space/discrete`
   */
  constructor(options: { readonly n: N; readonly start?: number }) {
    super()
    const { n, start = 0 } = options
    if (!Number.isSafeInteger(n) || n < 1 || n > MAX_CHOICES) throw new Bl1Error('space/discrete', { name: 'n', received: String(n) })
    const isRange = Number.isSafeInteger(start) && Number.isSafeInteger(start + n)
    if (!isRange) throw new Bl1Error('space/discrete', { name: 'start', received: String(start) })
    this.n = n
    this.start = start
  }

  /** Rebuilds a Discrete from its JSON. @throws Bl1Error `space/json`, `space/discrete` */
  static fromJSON(json: unknown): Discrete {
    const parsed = discreteJSON.safeParse(json)
    if (!parsed.success) throw new Bl1Error('space/json', { reason: z.prettifyError(parsed.error) })
    return new Discrete<number>(parsed.data)
  }

  contains(x: unknown): x is number {
    return typeof x === 'number' && Number.isInteger(x) && x >= this.start && x < this.start + this.n
  }

  /**
   * Uniform over all choices, over those a mask allows, or by probabilities.
   * @throws Bl1Error `space/choice` for a mask or probabilities of the wrong length or with wrong entries
   */
  sample(rng: Rng, how?: DiscreteChoice): number {
    if (how === undefined) return this.start + rng.integer(this.n)
    return this.start + ('mask' in how ? this.#sampleMasked(rng, how.mask) : this.#sampleWeighted(rng, how.probability))
  }

  #sampleMasked(rng: Rng, mask: ArrayLike<number>): number {
    requireMask(mask, this.n)
    let allowed = 0
    for (let i = 0; i < this.n; i++) allowed += mask[i]
    if (allowed === 0) return 0
    let left = rng.integer(allowed)
    let choice = 0
    while (mask[choice] === 0 || left-- > 0) choice++
    return choice
  }

  #sampleWeighted(rng: Rng, probability: ArrayLike<number>): number {
    let left = rng.uniform() * requireProbabilities(probability, this.n)
    let last = 0
    for (let i = 0; i < this.n; i++) {
      if (probability[i] === 0) continue
      last = i
      left -= probability[i]
      if (left < 0) break
    }
    return last
  }

  equals(other: Space): boolean {
    return other instanceof Discrete && other.n === this.n && other.start === this.start
  }

  toJSON(): DiscreteJSON {
    return { kind: 'Discrete', n: this.n, start: this.start }
  }
}
