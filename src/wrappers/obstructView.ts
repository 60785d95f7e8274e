/** ObstructView: hides random patches of what is rendered. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import type { Space } from '../spaces/index.js'
import { pictureNoise, writeNoise } from './noise.js'

const NAME = 'ObstructView'
const schema = z.strictObject({ ratio: z.number().min(0).max(1), width: z.int().positive(), grayscale: z.boolean().default(false) })

/** Options of {@link obstructView}. */
export interface ObstructViewOptions {
  /** The part of the picture that the patches would cover if none overlapped another or the edge, 0 to 1. */
  readonly ratio: number
  /** Side of a patch in pixels: 1 or more. */
  readonly width: number
  /** Grey noise instead of coloured. @default false */
  readonly grayscale?: boolean
}

/**
 * Covers random square patches of the picture with noise: how robust is a policy that sees it? There are as many patches as
 * `ratio * pixels / width^2` rounded down; their centres are uniform over the picture. They belong to the seed and the step: the same
 * episode shows the same, however often it is looked at.
 *
 * @example
 * ```ts
 * const env = wrap(new PongEnv({ renderMode: 'rgb_array' }), obstructView({ ratio: 0.3, width: 8 }))
 * env.reset({ seed: 1 })
 * const shown = env.render() // the same size, with patches of 8 x 8 pixels
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`; when wrapping, `env/wrapper-render` unless renderMode is 'rgb_array'
 */
export const obstructView = defineWrapper(NAME, (options: ObstructViewOptions) => {
  const { ratio, width, grayscale } = readParameters(schema, options, NAME)
  /** How far a patch goes to the left and up of its centre. */
  const before = Math.floor(width / 2)
  return <OS extends Space, AS extends Space, I extends Info>(env: EnvShape<OS, AS, I>): Hooks<OS, AS, I> => ({
    wrapper: { name: NAME, options: { ratio, width, grayscale } },
    ...pictureNoise(env, NAME, (data, frame, rng) => {
      const pixels = frame.width * frame.height
      const patches = Math.floor((ratio * pixels) / width ** 2)
      for (let patch = 0; patch < patches; patch++) {
        const centre = rng.integer(pixels)
        const left = (centre % frame.width) - before
        const top = Math.floor(centre / frame.width) - before
        for (let y = Math.max(0, top); y < Math.min(frame.height, top + width); y++) {
          for (let x = Math.max(0, left); x < Math.min(frame.width, left + width); x++) {
            writeNoise(data, 4 * (y * frame.width + x), rng, grayscale)
          }
        }
      }
    }),
  })
})
