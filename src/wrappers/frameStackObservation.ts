/** FrameStackObservation: the latest observations at once, so that a policy without memory sees motion. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import { batchSpace, concatenate, createEmptyArray, valueFromJSON, valueToJSON } from '../spaces/index.js'
import type { BatchOf, Member, Space } from '../spaces/index.js'
import { keptValue } from './copyValue.js'
import { readState } from './state.js'
import { zeroValue } from './zeroValue.js'

const NAME = 'FrameStackObservation'
const schema = z.strictObject({ stackSize: z.int().positive(), padding: z.enum(['reset', 'zero']).default('reset') })

/** Options of {@link frameStackObservation}. */
export interface FrameStackObservationOptions {
  /** How many observations are shown at once: 1 or more. */
  readonly stackSize: number
  /** What an episode begins with: 'reset' repeats its first observation, 'zero' shows the value nearest to zero. @default 'reset' */
  readonly padding?: 'reset' | 'zero'
}

/**
 * Shows the latest `stackSize` observations, oldest first, as one value of the batch space: a Box of shape [3] and four frames give a Box
 * of shape [4, 3].
 *
 * @example
 * ```ts
 * const env = wrap(new PendulumEnv(), frameStackObservation({ stackSize: 2, padding: 'zero' }))
 * console.log(env.observationSpace.shape.join(' x ')) // 2 x 3
 * console.log(env.reset({ options: { state: [0, 4] } }).observation.join(' ')) // 0 0 0 1 0 4
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`, `env/wrapper-space` for observations without a zero, with that padding
 */
export const frameStackObservation = defineWrapper(NAME, (options: FrameStackObservationOptions) => {
  const { stackSize, padding } = readParameters(schema, options, NAME)
  const saved = z.strictObject({ frames: z.union([z.tuple([]), z.array(z.json()).length(stackSize)]) })
  return <OS extends Space, AS extends Space, I extends Info>(env: EnvShape<OS, AS, I>): Hooks<OS, AS, I, BatchOf<OS>, AS, I> => {
    const space = env.observationSpace
    const zero = padding === 'zero' ? zeroValue(env, NAME) : undefined
    const buffer = env.reusesBuffers ? createEmptyArray(space, stackSize) : undefined
    let frames: Member<OS>[] = []
    return {
      wrapper: { name: NAME, options: { stackSize, padding } },
      observationSpace: batchSpace(space, stackSize),
      onReset: () => {
        frames = []
      },
      onObservation: (observation) => {
        const frame = keptValue(observation, env.reusesBuffers)
        if (frames.length === 0) frames = Array.from({ length: stackSize }, () => zero?.() ?? frame)
        frames.shift()
        frames.push(frame)
        // Batches of no fixed size hold the frames themselves, which are not to be written to outside.
        return concatenate(space, space.isFixedSize ? frames : frames.map((kept) => keptValue(kept, true)), buffer)
      },
      save: () => ({ frames: frames.map((frame) => valueToJSON(space, frame)) }),
      load: (state) => {
        frames = readState(NAME, saved, state).frames.map((json) => valueFromJSON(space, json))
      },
    }
  }
})
