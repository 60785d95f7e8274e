/** MultiDiscrete: several choices at once, each with its own number of options. The space of game pads. */
import { z } from 'zod'
import { Bl1Error } from '../errors.js'
import type { Rng } from '../rng.js'
import { ArraySpace } from './arraySpace.js'
import { sizeOf, type BoundInput } from './bounds.js'
import { repeat, type Box } from './box.js'
import { draw, requireEither, type Choice, type MaskOrProbability } from './choice.js'
import { dtypes } from './dtypes.js'
import { oneHot, sideBySide, type Flat } from './flat.js'
import { parseSpaceJSON } from './parseJson.js'

/** What a MultiDiscrete is built from. */
export interface MultiDiscreteOptions {
  /** How many options each element has: whole numbers of 1 or more, in row-major order. */
  readonly nvec: ArrayLike<number>
  /** Lengths of the axes. @default [nvec.length] */
  readonly shape?: readonly number[]
  /** The first option: one number for all elements, or one an element. @default 0 */
  readonly start?: BoundInput
}

/** Restricts or weighs a draw: one mask, or one list of probabilities whose sum is 1, for each element in row-major order. */
export type MultiDiscreteChoice = MaskOrProbability<readonly ArrayLike<number>[]>

const multiDiscreteJSON = z.strictObject({
  kind: z.literal('MultiDiscrete'),
  nvec: z.array(z.number()),
  shape: z.array(z.number()),
  start: z.array(z.number()),
})

/** A MultiDiscrete as plain JSON. */
export type MultiDiscreteJSON = z.output<typeof multiDiscreteJSON>

const refuse = (expected: string, received: string): never => {
  throw new Bl1Error('space/invalid', { kind: 'MultiDiscrete', expected, received })
}

const readRange = (nvec: ArrayLike<number>, start: BoundInput): { low: Int32Array; high: Int32Array } => {
  const { min, max } = dtypes.int32
  if (nvec.length === 0) refuse('an nvec of 1 entry or more', 'an empty one')
  if (typeof start !== 'number' && start.length !== nvec.length) refuse(`one start or ${nvec.length}, one an element`, `${start.length}`)
  const low = new Int32Array(nvec.length)
  const high = new Int32Array(nvec.length)
  for (let i = 0; i < nvec.length; i++) {
    const first = typeof start === 'number' ? start : start[i]
    const last = first + nvec[i] - 1
    if (!Number.isInteger(nvec[i]) || nvec[i] < 1) refuse('whole numbers of 1 or more in nvec', `${nvec[i]} at entry ${i}`)
    if (!Number.isInteger(first) || first < min || last > max) refuse(`options from ${min} to ${max}`, `${first} to ${last} at entry ${i}`)
    low[i] = first
    high[i] = last
  }
  return { low, high }
}

/**
 * Arrays of whole numbers, element i from `start[i]` to `start[i] + nvec[i] - 1`. A member is an Int32Array in row-major order.
 *
 * @example
 * ```ts
 * const pad = new MultiDiscrete({ nvec: [5, 2] }) // a direction and a button
 * pad.sample(rng, { mask: [[1, 1, 0, 0, 0], [1, 1]] })
 * ```
 */
export class MultiDiscrete extends ArraySpace<'int32'> {
  readonly kind = 'MultiDiscrete'
  /** How many options each element has. */
  readonly nvec: readonly number[]

  /** @throws Bl1Error `space/invalid` for an entry below 1, options outside 32-bit whole numbers, or a shape or start that does not fit */
  constructor({ nvec, shape = [nvec.length], start = 0 }: MultiDiscreteOptions) {
    const range = readRange(nvec, start)
    if (sizeOf(shape, refuse) !== nvec.length) refuse(`a shape of ${nvec.length} elements`, `[${shape.join(', ')}]`)
    super({ dtype: 'int32', shape: [...shape], ...range })
    this.nvec = Array.from(nvec)
  }

  /** Rebuilds a MultiDiscrete from its JSON. @throws Bl1Error `space/json`, `space/invalid` */
  static fromJSON(json: unknown): MultiDiscrete {
    return new MultiDiscrete(parseSpaceJSON(multiDiscreteJSON, json))
  }

  /** The first option of each element. */
  get start(): Int32Array {
    return this.low
  }

  /**
   * Each element alone: uniform, over the options its mask allows (its start if none), or by its probabilities.
   * @throws Bl1Error `space/choice`
   */
  sample(rng: Rng, how?: MultiDiscreteChoice): Int32Array {
    const choiceOf = this.#choices(how)
    return this.low.map((first, i) => first + draw(rng, this.kind, this.nvec[i], choiceOf(i)))
  }

  #choices(how: MultiDiscreteChoice | undefined): (i: number) => Choice | undefined {
    if (how === undefined) return () => undefined
    requireEither(this.kind, how, this.size)
    const { mask, probability } = how
    return mask === undefined ? (i) => ({ probability: probability[i] }) : (i) => ({ mask: mask[i] })
  }

  /** A Box of whole numbers with a leading axis of length n. */
  override batch(n: number): Box<'int32'> {
    return repeat(this, n)
  }

  /** One place an option, 1 at the one taken, element after element. */
  override get flat(): Flat<Int32Array, 'uint8'> {
    const elements = this.nvec.map((n, i) => oneHot(n, this.start[i]))
    return sideBySide('uint8', elements, { partOf: (value: Int32Array, i) => value[i], assemble: (parts) => Int32Array.from(parts) })
  }

  toJSON(): MultiDiscreteJSON {
    return { kind: 'MultiDiscrete', nvec: [...this.nvec], shape: [...this.shape], start: [...this.low] }
  }
}
