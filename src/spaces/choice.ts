/** Draws one of n things by a mask or by probabilities. */
import { Bl1Error } from '../errors.js'
import type { Rng } from '../rng.js'
import { describe } from '../describe.js'
import { field } from './field.js'

/** A mask or probabilities, never both. */
export type MaskOrProbability<T> = { readonly mask: T; readonly probability?: never } | { readonly mask?: never; readonly probability: T }

/** Restricts or weighs a draw, one entry a choice: a mask, 1 where it is allowed and 0 where not, or its chance, which sum to 1. */
export type Choice = MaskOrProbability<ArrayLike<number>>

/** Probabilities may miss a sum of 1 by rounding only. */
const SUM_TOLERANCE = 1e-6

const refuse = (kind: string, expected: string, received: string): never => {
  throw new Bl1Error('space/choice', { kind, expected, received })
}

/** @throws Bl1Error `space/choice` unless there are `n` entries */
export const requireLength = (kind: string, name: string, list: unknown, n: number): void => {
  if (field(list, 'length') !== n) refuse(kind, `a ${name} of ${n} entries`, describe(list))
}

/** @throws Bl1Error `space/choice` unless `how` has either a mask or probabilities, of `n` entries */
export const requireEither = (kind: string, how: unknown, n: number): void => {
  const [mask, probability] = [field(how, 'mask'), field(how, 'probability')]
  if ((mask === undefined) === (probability === undefined)) refuse(kind, '{ mask } or { probability }', describe(how))
  requireLength(kind, mask === undefined ? 'probability' : 'mask', mask ?? probability, n)
}

/** @throws Bl1Error `space/choice` unless `value` is a whole number from `low` to `high` */
export const requireWhole = (kind: string, name: string, value: number, low: number, high: number): void => {
  if (!(Number.isInteger(value) && value >= low && value <= high)) refuse(kind, `a ${name} from ${low} to ${high}`, String(value))
}

const drawMasked = (rng: Rng, kind: string, mask: ArrayLike<number>, n: number): number => {
  let allowed = 0
  for (let i = 0; i < n; i++) {
    if (mask[i] !== 0 && mask[i] !== 1) refuse(kind, 'a mask of 0 and 1', `${mask[i]} at entry ${i}`)
    allowed += mask[i]
  }
  if (allowed === 0) return 0
  let left = rng.integer(allowed)
  let choice = 0
  while (mask[choice] === 0 || left-- > 0) choice++
  return choice
}

const drawWeighted = (rng: Rng, kind: string, probability: ArrayLike<number>, n: number): number => {
  let sum = 0
  for (let i = 0; i < n; i++) {
    if (!(probability[i] >= 0)) refuse(kind, 'probabilities of 0 or more', `${probability[i]} at entry ${i}`)
    sum += probability[i]
  }
  if (Math.abs(sum - 1) > SUM_TOLERANCE) refuse(kind, 'probabilities that sum to 1', `a sum of ${sum}`)
  let left = rng.uniform() * sum
  let last = 0
  for (let i = 0; i < n; i++) {
    if (probability[i] === 0) continue
    last = i
    left -= probability[i]
    if (left < 0) break
  }
  return last
}

/**
 * A number from 0 to n - 1: uniform, over those a mask allows (0 if it allows none), or by probabilities.
 * @throws Bl1Error `space/choice` for a mask or probabilities of the wrong length or with wrong entries
 */
export const draw = (rng: Rng, kind: string, n: number, how: Choice | undefined): number => {
  if (how === undefined) return rng.integer(n)
  requireEither(kind, how, n)
  return how.mask === undefined ? drawWeighted(rng, kind, how.probability, n) : drawMasked(rng, kind, how.mask, n)
}
