/** What a game is expected to bring from here on: the prediction that surprise is measured against. */
import type { z } from 'zod'
import { Bl1Error } from '../../errors.js'
import { group, quantity, readParameters } from '../../parameters.js'

/** Predicts the discounted return from what the game shows. A trained critic can take the place of {@link linearValue}. */
export interface ValueEstimate {
  /** What a reward one step later is worth now. */
  readonly discount: number
  /** Finite for finite features. */
  value(features: ArrayLike<number>): number
  /** Learns from a step. @param nextFeatures null where nothing follows */
  learn(features: ArrayLike<number>, reward: number, nextFeatures: ArrayLike<number> | null): void
  /** Forgets what it learned in play; a critic trained beforehand keeps that. */
  reset(): void
}

/** Schema of {@link linearValue}. */
export const linearValueParameters = group(
  {
    discount: quantity({ default: 0.99, unit: '1', min: 0, max: 0.9999, doc: 'what a reward one step later is worth now' }),
    stepSize: quantity({ default: 0.1, unit: '1', above: 0, max: 1, doc: 'share of the error of one step that is corrected at once' }),
  },
  'the value estimate of graded feedback',
)
/** What `linearValue` takes: any part of the table. */
export type LinearValueOptions = z.input<typeof linearValueParameters>

/**
 * TD(0) with a linear value of the features and a constant (Sutton & Barto 2018, 9.3 and 9.4), its step normalised by the length of the
 * features (as in normalised LMS), so that it needs no knowledge of their scale:
 *
 *  V(x) = w . x + w0, held within +- largest |reward| seen / (1 - discount), beyond which no return can lie
 *  delta = r + discount V(x') - V(x)
 *  w <- w + stepSize delta x / (1 + x . x)
 *
 * It starts from 0, draws no random number and, as predictions are held, stays finite whatever finite rewards come.
 * @param features number of features
 * @throws Bl1Error `parameter/unknown`, `parameter/invalid`, `feedback/features`
 */
export const linearValue = (features: number, options: LinearValueOptions = {}): ValueEstimate => {
  const { discount, stepSize } = readParameters(linearValueParameters, options, 'value parameters')
  if (!(Number.isSafeInteger(features) && features >= 0)) {
    throw new Bl1Error('feedback/features', { expected: 'a whole number of features', received: String(features) })
  }
  const weights = new Float64Array(features)
  let constant = 0
  let largest = 0
  const predict = (x: ArrayLike<number>): number => {
    if (x.length !== features) throw new Bl1Error('feedback/features', { expected: `${features} features`, received: `${x.length}` })
    let sum = constant
    for (let i = 0; i < features; i++) sum += weights[i] * x[i]
    const bound = largest / (1 - discount)
    return Math.min(bound, Math.max(-bound, sum))
  }
  return {
    discount,
    value: predict,
    learn: (x, reward, next) => {
      largest = Math.max(largest, Math.abs(reward))
      const delta = reward + discount * (next === null ? 0 : predict(next)) - predict(x)
      let square = 1
      for (let i = 0; i < features; i++) square += x[i] * x[i]
      const correction = (stepSize * delta) / square
      if (!Number.isFinite(correction)) {
        throw new Bl1Error('feedback/features', { expected: 'finite features and rewards', received: `reward ${reward}, squared length ${square}` })
      }
      for (let i = 0; i < features; i++) weights[i] += correction * x[i]
      constant += correction
    },
    reset: () => {
      weights.fill(0)
      constant = 0
      largest = 0
    },
  }
}
