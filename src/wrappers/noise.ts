/**
 * Noise on pictures, the same whenever the same moment of an episode is shown: it is drawn from the episode's seed and the step, so looking
 * twice, or not at all, changes nothing that comes later.
 */
import { z } from 'zod'
import type { EnvShape, Frame, Hooks, Info } from '../env/index.js'
import { Bl1Error } from '../errors.js'
import type { Rng } from '../rng.js'
import type { Space } from '../spaces/index.js'
import { readState } from './state.js'

const saved = z.strictObject({ seed: z.int().min(0), steps: z.int().min(0) })

/** Overwrites the pixel at an index of `data` with noise: one level for all colours, or one each. */
export const writeNoise = (data: Uint8ClampedArray, at: number, rng: Rng, grayscale: boolean): void => {
  const word = rng.uint32()
  for (let channel = 0; channel < 3; channel++) data[at + channel] = (word >>> (grayscale ? 0 : 8 * channel)) & 255
}

type PictureHooks<OS extends Space, AS extends Space, I extends Info> = Required<
  Pick<Hooks<OS, AS, I>, 'onReset' | 'onStep' | 'onRender' | 'save' | 'load'>
>

/**
 * The hooks of a wrapper that disturbs pictures.
 * @param disturb changes the pixels, with a stream that belongs to the moment
 * @throws Bl1Error `env/wrapper-render` unless the environment draws pictures
 */
export const pictureNoise = <OS extends Space, AS extends Space, I extends Info>(
  env: EnvShape<OS, AS, I>,
  wrapper: string,
  disturb: (data: Uint8ClampedArray, frame: Frame, rng: Rng) => void,
): PictureHooks<OS, AS, I> => {
  if (env.renderMode !== 'rgb_array') {
    throw new Bl1Error('env/wrapper-render', { id: env.spec.id, wrapper, modes: ['rgb_array'], received: env.renderMode })
  }
  let moment = { seed: 0, steps: 0 }
  return {
    onReset: ({ info }) => {
      moment = { seed: info.seed, steps: 0 }
    },
    onStep: () => {
      moment.steps++
    },
    onRender: (shown) => {
      if (typeof shown === 'string') return shown
      const data = shown.data.slice()
      disturb(data, shown, env.stream(moment.seed).split(`step/${moment.steps}`))
      return { ...shown, data }
    },
    save: () => ({ ...moment }),
    load: (state) => {
      moment = readState(wrapper, saved, state)
    },
  }
}
