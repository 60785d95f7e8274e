/** NormalizeVectorObservation: observations with mean 0 and variance 1 over all environments, as far as they are known. */
import { z } from 'zod'
import { defineWrapper, type Info } from '../env/index.js'
import { Bl1Error } from '../errors.js'
import { readParameters } from '../parameters.js'
import { Box, createEmptyArray, readSlot, type Batched, type DType, type Member, type Space } from '../spaces/index.js'
import { momentsJSON } from '../wrappers/runningMoments.js'
import { readState } from '../wrappers/state.js'
import { RunningMoments, type MomentsJSON, type Normalization, type NormalizeObservationOptions } from '../wrappers/index.js'
import type { Final } from './types.js'
import { wasReset, type VectorHooks, type VectorShape } from './vectorHooks.js'

const NAME = 'NormalizeVectorObservation'
const schema = z.strictObject({ epsilon: z.number().positive().default(1e-8), update: z.boolean().default(true) })

/** What `findVector(vec, normalizeVectorObservation)` shows. */
export interface VectorNormalization extends Normalization {
  /** The moments as plain JSON, to go with a trained policy. */
  save(): MomentsJSON
  /** Puts saved moments back. @throws Bl1Error `env/state` where they are no moments of such observations */
  load(moments: MomentsJSON): void
}

/**
 * Subtracts the running mean of the observations of all environments and divides by their standard deviation:
 * (x - mean) / sqrt(variance + epsilon), float32. Every observation counts once, also the last of an episode and the first of the next where
 * both come with one step (`sameStep`); those in `finals` are normalised with the same moments as all others of the step. An environment that
 * a masked reset leaves alone does not count again.
 *
 * @example
 * ```ts
 * const vec = wrapVector(new SyncVectorEnv([() => new CartPoleEnv(), () => new CartPoleEnv()]), normalizeVectorObservation())
 * vec.reset({ seed: 1 })
 * console.log(findVector(vec, normalizeVectorObservation)?.count.toFixed(0)) // 2
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, `vector/envs` unless the observations are of a Box
 */
export const normalizeVectorObservation = defineWrapper(NAME, (options: NormalizeObservationOptions = {}) => {
  const { epsilon, update } = readParameters(schema, options, NAME)
  return <D extends DType, AS extends Space, I extends Info>(
    vec: VectorShape<Box<D>, AS, I>,
  ): VectorHooks<Box<D>, I, Box> & VectorNormalization => {
    const { count, reusesBuffers, singleObservationSpace: inner } = vec
    const given: Space = inner
    if (!(given instanceof Box)) throw new Bl1Error('vector/envs', { expected: `a Box of observations for ${NAME}`, received: JSON.stringify(given) })
    const { size, shape } = inner
    const outer = new Box({ low: -Infinity, high: Infinity, shape })
    const moments = new RunningMoments({ size })
    const buffer = createEmptyArray(outer, count)

    const normalize = (values: ArrayLike<number>, out: Float32Array): Float32Array => {
      for (let at = 0; at < out.length; at++) {
        const place = at % size
        out[at] = (values[at] - moments.mean[place]) / Math.sqrt(moments.variance[place] + epsilon)
      }
      return out
    }
    const batchOf = (observations: Batched<Box<D>>): Float32Array => normalize(observations, reusesBuffers ? buffer : createEmptyArray(outer, count))
    const finalOf = (final: Final<Box<D>, I> | undefined): Final<Box, I> | undefined =>
      final === undefined ? undefined : { ...final, observation: normalize(final.observation, new Float32Array(size)) }
    const countIn = (values: Member<Box<D>>): void => moments.update(values)

    const hooks: VectorHooks<Box<D>, I, Box> & VectorNormalization = {
      wrapper: { name: NAME, options: { epsilon, update } },
      singleObservationSpace: outer,
      mean: moments.mean,
      variance: moments.variance,
      get count() {
        return moments.count
      },
      update,
      onReset: ({ observations, infos }, resetOptions) => {
        for (let i = 0; hooks.update && i < count; i++) if (wasReset(resetOptions, i)) countIn(readSlot(inner, observations, i))
        return { observations: batchOf(observations), infos }
      },
      onStep: (step) => {
        if (hooks.update) {
          moments.updateBatch(step.observations, count)
          for (const final of step.finals) if (final !== undefined) countIn(final.observation)
        }
        return { ...step, observations: batchOf(step.observations), finals: step.finals.map(finalOf) }
      },
      save: () => moments.save(),
      load: (saved) => moments.load(readState(NAME, momentsJSON(size), saved)),
    }
    return hooks
  }
})
