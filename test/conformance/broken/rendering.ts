/** Environments that show what they should not. */
import type { WalkEnv } from '../walkEnv.js'
import type { Breakage } from './brokenEnv.js'
import { override, put } from './patch.js'
import { rngOf } from './seeds.js'

const changeFrame = (env: WalkEnv, to: (frame: { data: Uint8ClampedArray }) => unknown): void =>
  override(env, 'render', (render) => () => {
    const shown = render()
    return typeof shown === 'object' && shown !== null ? to(shown as { data: Uint8ClampedArray }) : shown
  })

export const rendering = {
  'render/metadata': { breaks: (env) => put(env, 'metadata', { renderModes: ['ansi'], renderFps: 0 }) },
  'render/frame': { breaks: (env) => changeFrame(env, (frame) => ({ ...frame, data: frame.data.slice(1) })) },
  'render/each-mode': { breaks: (env) => put(env, 'renderMode', undefined) },
  'render/pure': {
    breaks: (env) =>
      override(env, 'render', (render) => () => {
        const shown = render()
        rngOf(env).uniform()
        return shown
      }),
  },
  'alias/frame': {
    breaks: (env) => {
      const data = new Uint8ClampedArray(8)
      changeFrame(env, (frame) => {
        data.set(frame.data)
        return { ...frame, data }
      })
    },
  },
} as const satisfies Readonly<Record<string, Breakage>>
