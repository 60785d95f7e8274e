/** Rules about rendering: render/*. */
import { isRegistered, make } from '../registry.js'
import type { AnyEnv, RenderMode } from '../types.js'
import { describe } from '../describe.js'
import { field, type CheckSession } from './session.js'

const checkMetadata = (session: CheckSession, env: AnyEnv): boolean => {
  const modes = field(env.metadata, 'renderModes')
  const areModes = Array.isArray(modes) && modes.every((mode) => mode === 'ansi' || mode === 'rgb_array')
  if (!session.require(areModes, 'render/metadata', 'metadata.renderModes', () => `it is ${describe(modes)}`)) return false
  const { renderModes, renderFps } = env.metadata
  const fpsFits = renderModes.length === 0 || (renderFps !== undefined && Number.isFinite(renderFps) && renderFps > 0)
  session.require(fpsFits, 'render/metadata', 'metadata.renderFps', () => `it is ${describe(renderFps)}`)
  const modeFits = env.renderMode === undefined || renderModes.includes(env.renderMode)
  session.require(modeFits, 'render/metadata', 'renderMode', () => `'${env.renderMode}' is not listed in metadata.renderModes`)
  return true
}

const isFrame = (shown: unknown): boolean => {
  const width = field(shown, 'width')
  const height = field(shown, 'height')
  const data = field(shown, 'data')
  const isSized = Number.isInteger(width) && Number.isInteger(height)
  return isSized && data instanceof Uint8ClampedArray && data.length === Number(width) * Number(height) * 4
}

const fitsMode: { readonly [M in RenderMode]: (shown: unknown) => boolean } = {
  ansi: (shown) => typeof shown === 'string',
  rgb_array: isFrame,
}

const checkFrame = async (session: CheckSession, env: AnyEnv): Promise<void> => {
  await env.reset({ seed: 1 })
  const shown: unknown = await env.render()
  const { renderMode } = env
  const fits = renderMode === undefined ? shown === undefined : fitsMode[renderMode](shown)
  session.require(fits, 'render/frame', `render() with ${renderMode ?? 'no mode'}`, () => `it returned ${describe(shown)}`)
}

const checkEachMode = async (session: CheckSession, env: AnyEnv): Promise<void> => {
  if (!isRegistered(env.spec.id)) return
  for (const renderMode of env.metadata.renderModes) {
    try {
      const made = await make({ ...env.spec, options: { ...env.spec.options, renderMode } })
      const hasMode = made.renderMode === renderMode
      session.require(hasMode, 'render/each-mode', renderMode, () => `an environment made for it has mode ${made.renderMode}`)
      await checkFrame(session, made)
      await made.close()
    } catch (thrown) {
      session.report('render/each-mode', renderMode, String(thrown))
    }
  }
}

/** Checks what is declared, then what is drawn. */
export const checkRendering = async (session: CheckSession): Promise<void> => {
  const env = await session.fresh()
  if (!checkMetadata(session, env)) return
  await checkFrame(session, env)
  await checkEachMode(session, env)
}
