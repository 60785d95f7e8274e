/** RescaleAction: actions on another scale, usually -1 to 1. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import { Box, type Space } from '../spaces/index.js'
import { affineMap } from './affine.js'
import { writtenAction, requireFiniteBox, type FloatType } from './boxActions.js'
import { refuseSpace } from './refuseSpace.js'

const NAME = 'RescaleAction'
const bound = z.union([z.number(), z.array(z.number())], { error: 'a number, or a list with one number an element' })

/** Whether every element's `min` is below its `max`; lists of different lengths are not. */
const isBelow = (min: z.output<typeof bound>, max: z.output<typeof bound>): boolean => {
  if (typeof min === 'number') return typeof max === 'number' ? min < max : max.every((high) => min < high)
  return typeof max === 'number' ? min.every((low) => low < max) : min.length === max.length && min.every((low, i) => low < max[i])
}
const schema = z
  .strictObject({ min: bound, max: bound })
  .refine(({ min, max }) => isBelow(min, max), 'an object whose min is below its max in every element')

/** Options of {@link rescaleAction}. */
export interface RescaleActionOptions {
  /** The smallest action outside: one number for all elements, or one an element in row-major order. */
  readonly min: number | readonly number[]
  /** The largest one; above `min` in every element. */
  readonly max: number | readonly number[]
}

/**
 * Maps actions between `min` and `max` linearly onto the bounds of the environment, element by element. Rounding never carries one outside.
 *
 * @example
 * ```ts
 * const env = wrap(new PendulumEnv(), rescaleAction({ min: -1, max: 1 })) // 1 is the largest torque
 * env.reset({ seed: 1 })
 * const plain = new PendulumEnv()
 * plain.reset({ seed: 1 })
 * console.log(env.step(Float32Array.of(0.5)).reward === plain.step(Float32Array.of(1)).reward) // true
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`; when wrapping, `env/wrapper-space` for actions that are no finite Box of
 * float32 or float64, or that `min` and `max` do not fit
 */
export const rescaleAction = defineWrapper(NAME, (options: RescaleActionOptions) => {
  const { min, max } = readParameters(schema, options, NAME)
  return <OS extends Space, D extends FloatType, I extends Info>(env: EnvShape<OS, Box<D>, I>): Hooks<OS, Box<D>, I, OS, Box<D>, I> => {
    const inner = requireFiniteBox(env, NAME)
    const { dtype, shape, size } = inner
    const fits = [min, max].every((given) => typeof given === 'number' || given.length === size)
    if (!fits) return refuseSpace(env, NAME, `as many elements as min and max have (${JSON.stringify({ min, max })})`, env.actionSpace)
    const actionSpace = new Box({ low: min, high: max, shape, dtype })
    const rescale = affineMap(actionSpace, inner)
    return {
      wrapper: { name: NAME, options: { min, max } },
      actionSpace,
      onAction: (outer) => writtenAction(inner, (action) => rescale(outer, action)),
    }
  }
})
