/** NormalizeObservation: observations with mean 0 and variance 1, as far as they are known. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import { Box, type DType, type Space } from '../spaces/index.js'
import { outputArray } from './outputArray.js'
import { requireBox } from './requireBox.js'
import { momentsJSON, RunningMoments } from './runningMoments.js'
import { readState } from './state.js'

const NAME = 'NormalizeObservation'
const schema = z.strictObject({ epsilon: z.number().positive().default(1e-8), update: z.boolean().default(true) })

/** Options of {@link normalizeObservation}. */
export interface NormalizeObservationOptions {
  /** Added to the variance, so that an element that never varies is not divided by 0. Above 0. @default 1e-8 */
  readonly epsilon?: number
  /** False: the moments stay as they are. @default true */
  readonly update?: boolean
}

/** What `find(env, normalizeObservation)` shows. */
export interface Normalization {
  /** The mean of each element over all observations so far. */
  readonly mean: Float64Array
  /** The variance of each element. */
  readonly variance: Float64Array
  /** Observations so far; a fresh one has 0.0001 with mean 0 and variance 1. */
  readonly count: number
  /** Whether observations still change the moments. Set it to false to evaluate with what training found. */
  update: boolean
}

/**
 * Subtracts the running mean of all observations so far, the present one included, and divides by their standard deviation:
 * (x - mean) / sqrt(variance + epsilon), float32. The moments go on from episode to episode, so equal seeds give equal observations only
 * while `update` is false. They are part of the saved state; `save()` and `load()` of what `find` returns move them to another environment.
 * Gymnasium keeps the moments in float32; here they are float64.
 *
 * @example
 * ```ts
 * const env = wrap(new PendulumEnv(), normalizeObservation())
 * env.reset({ options: { state: [0, 4] } })
 * console.log(find(env, normalizeObservation)?.mean[2].toFixed(2)) // 4.00
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, `env/wrapper-space`
 */
export const normalizeObservation = defineWrapper(NAME, (options: NormalizeObservationOptions = {}) => {
  const read = readParameters(schema, options, NAME)
  const { epsilon } = read
  return <D extends DType, AS extends Space, I extends Info>(
    env: EnvShape<Box<D>, AS, I>,
  ): Hooks<Box<D>, AS, I, Box, AS, I> & Normalization => {
    const { size, shape } = requireBox(env, NAME)
    const moments = new RunningMoments({ size })
    const saved = z.strictObject({ update: z.boolean(), moments: momentsJSON(size) })
    const next = outputArray('float32', size, env.reusesBuffers)
    let { update } = read
    return {
      wrapper: { name: NAME, options: { epsilon, update } },
      observationSpace: new Box({ low: -Infinity, high: Infinity, shape }),
      get mean() {
        return moments.mean
      },
      get variance() {
        return moments.variance
      },
      get count() {
        return moments.count
      },
      get update() {
        return update
      },
      set update(value) {
        update = value
      },
      onObservation: (observation) => {
        if (update) moments.update(observation)
        const out = next()
        for (let i = 0; i < size; i++) out[i] = (observation[i] - moments.mean[i]) / Math.sqrt(moments.variance[i] + epsilon)
        return out
      },
      save: () => ({ update, moments: moments.save() }),
      load: (state) => {
        const given = readState(NAME, saved, state)
        update = given.update
        moments.load(given.moments)
      },
    }
  }
})
