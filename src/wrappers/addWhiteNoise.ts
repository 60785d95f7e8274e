/** AddWhiteNoise: replaces random pixels of what is rendered. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import type { Space } from '../spaces/index.js'
import { pictureNoise, writeNoise } from './noise.js'

const NAME = 'AddWhiteNoise'
const schema = z.strictObject({ probability: z.number().min(0).max(1), grayscale: z.boolean().default(false) })

/** Options of {@link addWhiteNoise}. */
export interface AddWhiteNoiseOptions {
  /** The chance of each pixel, 0 to 1. */
  readonly probability: number
  /** Grey noise instead of coloured. @default false */
  readonly grayscale?: boolean
}

/**
 * Replaces each pixel with noise (each colour uniform over 0 to 255) with `probability`: how robust is a policy that sees the picture? The
 * noise belongs to the seed and the step: the same episode shows the same, however often it is looked at.
 *
 * @example
 * ```ts
 * const plain = new PongEnv({ renderMode: 'rgb_array' })
 * const noisy = wrap(new PongEnv({ renderMode: 'rgb_array' }), addWhiteNoise({ probability: 0.5 }))
 * for (const env of [plain, noisy]) env.reset({ seed: 1 })
 * const dataOf = (shown: Frame | string | undefined) => (typeof shown === 'object' ? shown.data : new Uint8ClampedArray())
 * const [before, after] = [dataOf(plain.render()), dataOf(noisy.render())]
 * const isNew = (pixel: number) => [0, 1, 2].some((channel) => before[4 * pixel + channel] !== after[4 * pixel + channel])
 * const share = Array.from({ length: before.length / 4 }, (_, pixel) => isNew(pixel)).filter(Boolean).length / (before.length / 4)
 * console.log(share.toFixed(1)) // 0.5
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`; when wrapping, `env/wrapper-render` unless renderMode is 'rgb_array'
 */
export const addWhiteNoise = defineWrapper(NAME, (options: AddWhiteNoiseOptions) => {
  const { probability, grayscale } = readParameters(schema, options, NAME)
  return <OS extends Space, AS extends Space, I extends Info>(env: EnvShape<OS, AS, I>): Hooks<OS, AS, I> => ({
    wrapper: { name: NAME, options: { probability, grayscale } },
    ...pictureNoise(env, NAME, (data, _frame, rng) => {
      for (let at = 0; at < data.length; at += 4) if (rng.uniform() < probability) writeNoise(data, at, rng, grayscale)
    }),
  })
})
