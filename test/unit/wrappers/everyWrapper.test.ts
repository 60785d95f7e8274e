/** What holds for every wrapper: the contract of environments, rebuilding from the spec, saving, and bad options. */
import { describe, expect, it } from 'vitest'
import { checkEnv, isOver, isSaveable, make, type AnyEnv, type EnvSpec, type JsonObject } from '../../../src/env/index.js'
import { Rng } from '../../../src/rng.js'
import { errorCode } from './errorCode.js'
import { cases, type WrapperCase } from './table.js'

const STEPS = 100
const SEED = 11

const throughJSON = <T>(value: T): T => JSON.parse(JSON.stringify(value))

const actionsFor = (env: AnyEnv): unknown[] => {
  const rng = Rng.fromSeed(5)
  return Array.from({ length: STEPS }, () => env.actionSpace.sample(rng))
}

/** Copies of all results of `actions`, with a reset after each end of an episode. */
const play = async (env: AnyEnv, actions: readonly unknown[]): Promise<unknown[]> => {
  const results: unknown[] = []
  for (const action of actions) {
    const step = await env.step(action)
    results.push(structuredClone(step))
    if (isOver(step)) results.push(structuredClone(await env.reset()))
  }
  return results
}

const playFromReset = async (env: AnyEnv): Promise<unknown[]> => [
  structuredClone(await env.reset({ seed: SEED })),
  ...(await play(env, actionsFor(env))),
]

const kinds = ['sync', 'async'] as const

/** The environment that the spec alone describes; it steps at once, as those inside the asynchronous ones do. */
const rebuild = async (wrapped: WrapperCase, kind: (typeof kinds)[number]): Promise<AnyEnv> => make(throughJSON(wrapped[kind](false).spec))

/** The spec with other options of the outermost wrapper. */
const withOptions = (spec: EnvSpec, change: (options: JsonObject) => JsonObject): EnvSpec => {
  const all = spec.wrappers ?? []
  return { ...spec, wrappers: all.map((wrapper, i) => (i === all.length - 1 ? { ...wrapper, options: change(wrapper.options) } : wrapper)) }
}

describe.each(cases)('$title', (wrapped) => {
  it.each(kinds)('keeps the contract of environments (%s)', async (kind) => {
    const findings = await checkEnv(() => wrapped[kind](kind === 'async'), { steps: 100 })
    const errors = findings.filter(({ level, rule }) => level === 'error' && !(wrapped.learns && rule.startsWith('seed/')))
    expect(errors).toEqual([])
  })

  it.each(kinds)('is rebuilt from its spec (%s)', async (kind) => {
    const rebuilt = await rebuild(wrapped, kind)
    const env = wrapped[kind](false)
    expect(rebuilt.spec).toEqual(env.spec)
    expect(rebuilt.observationSpace.equals(env.observationSpace)).toBe(true)
    expect(rebuilt.actionSpace.equals(env.actionSpace)).toBe(true)
    expect(await playFromReset(rebuilt)).toEqual(await playFromReset(env))
  })

  it.each(kinds)('goes on from a saved state (%s)', async (kind) => {
    const env = wrapped[kind](false)
    const rebuilt = await rebuild(wrapped, kind)
    if (!isSaveable(rebuilt)) throw new Error('the rebuilt environment cannot be loaded')
    const actions = actionsFor(env)
    await env.reset({ seed: SEED })
    await play(env, actions.slice(0, 5))
    await rebuilt.load(throughJSON(await env.save()))
    expect(await play(rebuilt, actions)).toEqual(await play(env, actions))
  })

  it('shows the same where the environment reuses its buffers', async () => {
    expect(await playFromReset(wrapped.sync(true))).toEqual(await playFromReset(wrapped.sync(false)))
  })

  it('refuses options that it does not know, or that are wrong', async () => {
    const { spec } = wrapped.sync(false)
    expect(await errorCode(() => make(withOptions(spec, (options) => ({ ...options, colour: 1 }))))).toBe('parameter/unknown')
    for (const [options, code] of wrapped.bad) {
      const received = await errorCode(() => make(withOptions(spec, () => options)))
      expect([options, received]).toEqual([options, code])
    }
  })
})
