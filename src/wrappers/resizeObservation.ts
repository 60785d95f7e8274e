/** ResizeObservation: images of another size. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import { dtypes } from '../spaces/dtypes.js'
import { Box, type DType, type Space } from '../spaces/index.js'
import { outputArray } from './outputArray.js'
import { refuseSpace } from './refuseSpace.js'
import { requireBox } from './requireBox.js'
import { resizer, type ResizeMethod } from './resize.js'

const NAME = 'ResizeObservation'
const schema = z.strictObject({
  height: z.int().positive(),
  width: z.int().positive(),
  method: z.enum(['area', 'nearest']).default('area'),
})

/** Options of {@link resizeObservation}. */
export interface ResizeObservationOptions {
  /** Rows of the new image: 1 or more. */
  readonly height: number
  /** Pixels of a row: 1 or more. */
  readonly width: number
  /** 'area': the mean of what a new pixel covers; 'nearest': the old pixel at its top left corner. @default 'area' */
  readonly method?: ResizeMethod
}

/**
 * Scales images, [height, width] or [height, width, channels], of any element type. Where images shrink, 'area' is the mean that
 * OpenCV's INTER_AREA, and so Gymnasium, computes; where they grow, OpenCV blends linearly and this does not. In an integer type the mean
 * is rounded to the nearest number, halves upwards (OpenCV: mostly to the even one).
 *
 * @example
 * ```ts
 * const image = new Box({ low: 0, high: 255, shape: [2, 4], dtype: 'uint8' })
 * const paint = (_state: Float32Array) => Uint8Array.of(0, 10, 100, 200, 20, 30, 100, 200)
 * const painted = wrap(new CartPoleEnv(), transformObservation({ transform: paint, observationSpace: image }))
 * const env = wrap(painted, resizeObservation({ height: 1, width: 2 }))
 * console.log(env.reset({ seed: 1 }).observation.join(' ')) // 15 150
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, `env/wrapper-space`
 */
export const resizeObservation = defineWrapper(NAME, (options: ResizeObservationOptions) => {
  const { height, width, method } = readParameters(schema, options, NAME)
  return <D extends DType, AS extends Space, I extends Info>(env: EnvShape<Box<D>, AS, I>): Hooks<Box<D>, AS, I> => {
    const space = requireBox(env, NAME)
    const [fromHeight, fromWidth, channels = 1] = space.shape
    const [low, high] = [space.low[0], space.high[0]]
    const isImage = space.shape.length === 2 || space.shape.length === 3
    const isUniform = space.low.every((bound) => bound === low) && space.high.every((bound) => bound === high)
    const expected = 'images: a Box of shape [height, width] or [height, width, channels] with one low and one high'
    if (!isImage || !isUniform) refuseSpace(env, NAME, expected, space)
    const { dtype } = space
    const { integer } = dtypes[dtype]
    const resize = resizer({ fromHeight, fromWidth, height, width, channels }, method)
    const next = outputArray(dtype, height * width * channels, env.reusesBuffers)
    return {
      wrapper: { name: NAME, options: { height, width, method } },
      observationSpace: new Box({ low, high, shape: [height, width, ...space.shape.slice(2)], dtype }),
      onObservation: (image) => {
        const resized = resize(image)
        const out = next()
        // The sums of a mean may round, which must not carry it past a bound.
        for (let i = 0; i < out.length; i++) out[i] = Math.min(high, Math.max(low, integer ? Math.round(resized[i]) : resized[i]))
        return out
      },
    }
  }
})
