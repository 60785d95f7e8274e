/** RescaleObservation: observations between other bounds. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import { jsonBound, toJsonNumber } from '../spaces/jsonValue.js'
import { Box, type BoundInput, type DType, type JsonValue, type Space } from '../spaces/index.js'
import { affineMap } from './affine.js'
import { outputArray } from './outputArray.js'
import { refuseSpace } from './refuseSpace.js'
import { requireBox } from './requireBox.js'

const NAME = 'RescaleObservation'
const number = z.union([jsonBound.transform(Number), z.literal(Infinity), z.literal(-Infinity)], { error: 'a number' })
const bound = z.union([number, z.array(number)], { error: 'a number, or one number an element' })
const schema = z.strictObject({ min: bound, max: bound })

/** Options of {@link rescaleObservation}. An infinite bound must be infinite in the old space too, and the other way round. */
export interface RescaleObservationOptions {
  /** The new lower bound: one number for all elements, or one an element. */
  readonly min: number | readonly number[]
  /** The new upper bound. */
  readonly max: number | readonly number[]
}

/** The element type of rescaled numbers. */
export type FloatOf<D extends DType> = D extends 'float64' ? 'float64' : 'float32'

const jsonOf = (input: BoundInput): JsonValue => (typeof input === 'number' ? toJsonNumber(input) : Array.from(input, toJsonNumber))

/**
 * Takes each element of the observations by a straight line from its old bounds to new ones. Floats keep their type; whole numbers become
 * float32 (Gymnasium keeps their type and loses the fractions). Values outside the old bounds are held at the new ones, not carried on.
 *
 * @example
 * ```ts
 * const env = wrap(new PendulumEnv(), rescaleObservation({ min: 0, max: 1 }))
 * console.log(env.reset({ options: { state: [0, 4] } }).observation.join(' ')) // 1 0.5 0.75
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, `space/box` for new bounds that are no bounds, `env/wrapper-space`
 */
export const rescaleObservation = defineWrapper(NAME, (options: RescaleObservationOptions) => {
  const { min, max } = readParameters(schema, options, NAME)
  return <D extends DType, AS extends Space, I extends Info>(
    env: EnvShape<Box<D>, AS, I>,
  ): Hooks<Box<D>, AS, I, Box<FloatOf<D>>, AS, I> => {
    const inner = requireBox(env, NAME)
    // The line says what FloatOf says.
    const dtype = (inner.dtype === 'float64' ? 'float64' : 'float32') as FloatOf<D>
    const outer = new Box({ low: min, high: max, shape: inner.shape, dtype })
    for (const side of ['low', 'high'] as const) {
      const [old, wanted] = [inner[side], outer[side]]
      const misfit = old.findIndex((edge, i) => edge !== wanted[i] && !(Number.isFinite(edge) && Number.isFinite(wanted[i])))
      if (misfit < 0) continue
      const change = `${side} of element ${misfit} would go from ${old[misfit]} to ${wanted[misfit]}`
      refuseSpace(env, NAME, `a Box that is infinite where the new bounds are (${change})`, inner)
    }
    const rescale = affineMap(inner, outer)
    const next = outputArray(dtype, inner.size, env.reusesBuffers)
    return {
      wrapper: { name: NAME, options: { min: jsonOf(min), max: jsonOf(max) } },
      observationSpace: outer,
      onObservation: (observation) => {
        const out = next()
        rescale(observation, out)
        return out
      },
    }
  }
})
