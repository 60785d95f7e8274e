/** ClipAction: takes any number and holds it within the environment's bounds. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import { dtypes } from '../spaces/dtypes.js'
import { Box, type DType, type Space } from '../spaces/index.js'
import { actionOf } from './boxActions.js'
import { refuseSpace } from './refuseSpace.js'

const NAME = 'ClipAction'
const schema = z.strictObject({})

/** All arrays of the shape and element type. */
const unbounded = <D extends DType>({ dtype, shape }: Box<D>): Box<D> => {
  const { integer, min, max } = dtypes[dtype]
  return new Box({ low: integer ? min : -Infinity, high: integer ? max : Infinity, shape, dtype })
}

/**
 * The action space outside is a Box of the same shape without bounds (for whole numbers: those of their type); each number is held
 * within the bounds of the environment. NaN stays an error.
 *
 * @example
 * ```ts
 * const env = wrap(new PendulumEnv(), clipAction()) // torque -2 to 2 N m
 * env.reset({ seed: 1 })
 * console.log(env.step(Float32Array.of(100)).reward < 0) // true
 * ```
 * @throws Bl1Error `parameter/unknown`; when wrapping, `env/wrapper-space` for actions that are no Box
 */
export const clipAction = defineWrapper(NAME, (options: Readonly<Record<string, never>> = {}) => {
  readParameters(schema, options, NAME)
  return <OS extends Space, D extends DType, I extends Info>(env: EnvShape<OS, Box<D>, I>): Hooks<OS, Box<D>, I, OS, Box<D>, I> => {
    const inner = env.actionSpace
    if (!(inner instanceof Box)) return refuseSpace(env, NAME, 'actions of a Box', inner)
    return {
      wrapper: { name: NAME, options: {} },
      actionSpace: unbounded(inner),
      onAction: (action) => actionOf(inner, (i) => action[i]),
    }
  }
})
