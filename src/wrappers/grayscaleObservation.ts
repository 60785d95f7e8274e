/** GrayscaleObservation: colour images as images of one channel. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import { Box, type Space } from '../spaces/index.js'
import { outputArray } from './outputArray.js'
import { refuseSpace } from './refuseSpace.js'
import { requireBox } from './requireBox.js'

const NAME = 'GrayscaleObservation'
const schema = z.strictObject({ keepChannel: z.boolean().default(false) })

// Luminance of linear RGB with the primaries of ITU-R Rec. 709, in the decimals of Poynton's Color FAQ, which Gymnasium, scikit-image and
// others use; the standard itself rounds to 0.2126, 0.7152 and 0.0722. Not Rec. 601, which has 0.299, 0.587 and 0.114.
const RED = 0.2125
const GREEN = 0.7154
const BLUE = 0.0721

/** Options of {@link grayscaleObservation}. */
export interface GrayscaleObservationOptions {
  /** True: the shape is [height, width, 1]. @default false: [height, width] */
  readonly keepChannel?: boolean
}

/**
 * Turns RGB images of bytes into grey ones: 0.2125 red + 0.7154 green + 0.0721 blue (Rec. 709). Rounds to the nearest byte, so that grey
 * stays the same grey; Gymnasium cuts the fraction off, and its pixels are darker by one wherever the fraction is a half or more.
 *
 * @example
 * ```ts
 * const image = new Box({ low: 0, high: 255, shape: [1, 2, 3], dtype: 'uint8' })
 * const paint = (_state: Float32Array) => Uint8Array.of(255, 0, 0, 10, 10, 10)
 * const painted = wrap(new CartPoleEnv(), transformObservation({ transform: paint, observationSpace: image }))
 * const env = wrap(painted, grayscaleObservation())
 * console.log(env.reset({ seed: 1 }).observation.join(' ')) // 54 10
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, `env/wrapper-space`
 */
export const grayscaleObservation = defineWrapper(NAME, (options: GrayscaleObservationOptions = {}) => {
  const { keepChannel } = readParameters(schema, options, NAME)
  return <AS extends Space, I extends Info>(env: EnvShape<Box<'uint8'>, AS, I>): Hooks<Box<'uint8'>, AS, I> => {
    const space = requireBox(env, NAME)
    const [height, width, channels] = space.shape
    const isImage = space.shape.length === 3 && channels === 3 && space.dtype === 'uint8'
    const isFull = space.low.every((low) => low === 0) && space.high.every((high) => high === 255)
    if (!isImage || !isFull) refuseSpace(env, NAME, 'images of bytes: a Box of 0 to 255, shape [height, width, 3], dtype uint8', space)
    const shape = keepChannel ? [height, width, 1] : [height, width]
    const next = outputArray('uint8', height * width, env.reusesBuffers)
    return {
      wrapper: { name: NAME, options: { keepChannel } },
      observationSpace: new Box({ low: 0, high: 255, shape, dtype: 'uint8' }),
      onObservation: (image) => {
        const grey = next()
        for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
          grey[i] = Math.round(RED * image[at] + GREEN * image[at + 1] + BLUE * image[at + 2])
        }
        return grey
      },
    }
  }
})
