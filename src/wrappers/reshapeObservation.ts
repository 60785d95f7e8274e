/** ReshapeObservation: the same numbers under another shape. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import { Box, type DType, type Space } from '../spaces/index.js'
import { refuseSpace } from './refuseSpace.js'
import { requireBox } from './requireBox.js'

const NAME = 'ReshapeObservation'
const schema = z.strictObject({ shape: z.array(z.int().positive()) })

/** Options of {@link reshapeObservation}. */
export interface ReshapeObservationOptions {
  /** The new lengths of the axes; their product is that of the old ones. [] is the shape of one number. */
  readonly shape: readonly number[]
}

/**
 * Gives a Box of observations another shape. Values are flat arrays in row-major order, so they stay as they are. Gymnasium's -1 for a
 * length to be found is not taken.
 *
 * @example
 * ```ts
 * const env = wrap(new CartPoleEnv(), reshapeObservation({ shape: [2, 2] }))
 * console.log(env.observationSpace.shape.join(' x ')) // 2 x 2
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, `env/wrapper-space` for another number of elements
 */
export const reshapeObservation = defineWrapper(NAME, (options: ReshapeObservationOptions) => {
  const { shape } = readParameters(schema, options, NAME)
  return <D extends DType, AS extends Space, I extends Info>(env: EnvShape<Box<D>, AS, I>): Hooks<Box<D>, AS, I> => {
    const space = requireBox(env, NAME)
    const size = shape.reduce((product, length) => product * length, 1)
    if (size !== space.size) refuseSpace(env, NAME, `a Box of ${size} elements`, space)
    const { low, high, dtype } = space
    return { wrapper: { name: NAME, options: { shape } }, observationSpace: new Box({ low, high, shape, dtype }) }
  }
})
