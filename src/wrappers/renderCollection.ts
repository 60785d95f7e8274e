/** RenderCollection: keeps every picture of an episode. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Frame, type Hooks, type Info } from '../env/index.js'
import { flag, readParameters } from '../parameters.js'
import type { Space } from '../spaces/index.js'
import { framesJSON, loadFrames, saveFrames } from './frameJSON.js'
import { readState } from './state.js'

const NAME = 'RenderCollection'
const schema = z.strictObject({
  popFrames: flag(true, 'whether take() empties the collection'),
  resetClean: flag(true, 'whether a reset empties the collection'),
})

/** Options of {@link renderCollection}. */
export interface RenderCollectionOptions {
  /** Whether `take()` empties the collection. @default true */
  readonly popFrames?: boolean
  /** Whether a reset empties the collection, so that it holds one episode at most. @default true */
  readonly resetClean?: boolean
}

/** What `find(env, renderCollection)` shows. */
export interface CollectedFrames {
  /** What was rendered after each reset and step, oldest first: pictures, or texts with `renderMode: 'ansi'`. */
  readonly frames: readonly (Frame | string)[]
  /** Returns the frames and, with `popFrames`, empties the collection. */
  take(): readonly (Frame | string)[]
}

/**
 * Renders after every reset and step and keeps what is shown, as copies.
 *
 * @example
 * ```ts
 * const env = wrap(new PongEnv({ renderMode: 'rgb_array' }), renderCollection())
 * env.reset({ seed: 1 })
 * for (let i = 0; i < 5; i++) env.step(0)
 * console.log(find(env, renderCollection)?.take().length) // 6
 * console.log(find(env, renderCollection)?.frames.length) // 0
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`; when wrapping, `env/wrapper-render` without a render mode
 */
export const renderCollection = defineWrapper(NAME, (options: RenderCollectionOptions = {}) => {
  const { popFrames, resetClean } = readParameters(schema, options, NAME)
  return <OS extends Space, AS extends Space, I extends Info>(_env: EnvShape<OS, AS, I>): Hooks<OS, AS, I> & CollectedFrames => {
    let frames: (Frame | string)[] = []
    return {
      wrapper: { name: NAME, options: { popFrames, resetClean } },
      get frames() {
        return frames
      },
      take: () => {
        const taken = frames
        frames = popFrames ? [] : [...frames]
        return taken
      },
      onReset: () => {
        if (resetClean) frames = []
      },
      onFrame: (shown) => {
        frames.push(typeof shown === 'string' ? shown : { ...shown, data: shown.data.slice() })
      },
      save: () => saveFrames(frames),
      load: (state) => {
        frames = loadFrames(readState(NAME, framesJSON, state))
      },
    }
  }
})
