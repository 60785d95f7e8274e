/** Rules about rendering: render/*, alias/frame. */
import { field } from '../../spaces/field.js'
import { describe } from '../../describe.js'
import { isRegistered, make } from '../registry.js'
import type { AnyEnv, RenderMode } from '../types.js'
import { AliasWatch } from './copies.js'
import { same } from './difference.js'
import { isRepeatable } from './seeding.js'
import { sampleActions, type EnvSession } from './session.js'
import { traceEpisode } from './trace.js'

const SEED = 1
/** Few, as frames are large. */
const STEPS = 6

const checkMetadata = (session: EnvSession, env: AnyEnv): boolean => {
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

const checkFrame = async (session: EnvSession, env: AnyEnv): Promise<void> => {
  await env.reset({ seed: SEED })
  const shown: unknown = await env.render()
  const { renderMode } = env
  const fits = renderMode === undefined ? shown === undefined : fitsMode[renderMode](shown)
  session.require(fits, 'render/frame', `render() with ${renderMode ?? 'no mode'}`, () => `it returned ${describe(shown)}`)
}

/** Plays an episode without rendering, and again rendering twice after each step. */
const checkPurity = async (session: EnvSession, env: AnyEnv): Promise<void> => {
  if (!isRepeatable(session, env)) return
  const mode = env.renderMode ?? 'no mode'
  const path = `render() with ${mode}`
  const actions = sampleActions(env.actionSpace, STEPS)
  const watch = new AliasWatch()
  const expected = await traceEpisode(env, SEED, actions)
  const rendered = await traceEpisode(env, SEED, actions, async () => {
    const first = await env.render()
    if (env.renderMode === 'rgb_array' && !env.reusesBuffers) {
      session.require(!watch.changed, 'alias/frame', path, () => 'a step or a later call changed a frame')
    }
    watch.watch(first)
    const copy = structuredClone(first)
    session.require(same(copy, await env.render()), 'render/pure', path, () => 'a second call shows something else')
  })
  session.require(same(expected, rendered), 'render/pure', 'step()', () => `an episode differs when it is rendered with ${mode}`)
}

const checkEachMode = async (session: EnvSession, env: AnyEnv): Promise<void> => {
  // Wrappers add nothing to what the environment inside can show, and need not be registered.
  const { wrappers: _, ...spec } = env.spec
  if (!isRegistered(spec.id)) return
  for (const renderMode of env.metadata.renderModes) {
    try {
      const made = await make({ ...spec, options: { ...spec.options, renderMode } })
      const hasMode = made.renderMode === renderMode
      session.require(hasMode, 'render/each-mode', renderMode, () => `an environment made for it has mode ${made.renderMode}`)
      await checkFrame(session, made)
      if (renderMode !== env.renderMode) await checkPurity(session, made)
      await made.close()
    } catch (thrown) {
      session.report('render/each-mode', renderMode, String(thrown))
    }
  }
}

/** Checks what is declared, then what is drawn. */
export const checkRendering = async (session: EnvSession): Promise<void> => {
  const env = await session.fresh()
  if (!checkMetadata(session, env)) return
  await checkFrame(session, env)
  await checkPurity(session, env)
  await checkEachMode(session, env)
}
