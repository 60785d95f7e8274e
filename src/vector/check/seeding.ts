/** Rules about what an episode depends on. Skipped for environments that declare themselves nondeterministic. */
import { scribble, whereDiffer } from '../../env/check/copies.js'
import { same } from '../../env/check/difference.js'
import { describe, type AnyEnv } from '../../env/index.js'
import { splitSeed } from '../splitSeed.js'
import { resetAt } from './results.js'
import { actionsFor, indices, SEED, STEPS, type VectorSession } from './session.js'
import { traceOn, traceSingle, traceVector } from './trace.js'

/** Makes the environment that number `index` of the vector is made like. */
export type SingleFactory = (index: number) => AnyEnv | Promise<AnyEnv>

/** Whether equal seeds give equal results; false where the vector does not promise it. */
export const checkRepeats = async (session: VectorSession): Promise<boolean> => {
  const vec = await session.fresh()
  if (vec.spec?.nondeterministic === true) return false
  const actions = actionsFor(vec, STEPS)
  const [first, again] = [await traceVector(vec, { seed: SEED }, actions), await traceVector(vec, { seed: SEED }, actions)]
  const message = (): string => `two runs with seed ${SEED} differ, ${whereDiffer(first, again)}`
  return session.require(same(first, again), 'vector/seed-repeat', 'step()', message)
}

/** Random actions are members, and repeat. */
export const checkSampledActions = async (session: VectorSession): Promise<void> => {
  const vec = await session.fresh()
  const draw = async (): Promise<unknown[]> => {
    await vec.reset({ seed: SEED })
    const drawn: unknown = vec.sampleActions()
    const fits = Array.isArray(drawn) && drawn.length === vec.count && drawn.every((action) => vec.singleActionSpace.contains(action))
    session.require(fits, 'vector/sample-actions', 'sampleActions()', () => `it returned ${describe(drawn)}`)
    return structuredClone([drawn, vec.sampleActions()])
  }
  const repeats = same(await draw(), await draw())
  session.require(repeats, 'vector/sample-actions', 'sampleActions()', () => `after two resets with seed ${SEED} the actions differ`)
}

/** The first environment plays the same beside others that do something else. */
export const checkIndependence = async (session: VectorSession): Promise<void> => {
  const vec = await session.fresh()
  if (vec.count < 2) return
  const [seeds, otherSeeds] = [1, 1000].map((from) => indices(vec).map((i) => (i === 0 ? SEED : from + i)))
  const actions = actionsFor(vec, STEPS)
  const otherActions = actions.map((some, t) => some.map((action, i) => (i === 0 ? action : actions[STEPS - 1 - t][i])))
  const [alone] = await traceVector(vec, { seeds }, actions)
  const [beside] = await traceVector(vec, { seeds: otherSeeds }, otherActions)
  const message = (): string => `environment 0 differs where the others have other seeds and actions, ${whereDiffer(alone, beside)}`
  session.require(same(alone, beside), 'vector/independent', 'step()', message)
}

/** A reset of the first environment within an episode changes nothing for the others. */
export const checkMask = async (session: VectorSession): Promise<void> => {
  const vec = await session.fresh()
  if (vec.count < 2) return
  const actions = actionsFor(vec, STEPS)
  const [, ...expected] = await traceVector(vec, { seed: SEED }, actions)
  const [before, after] = [actions.slice(0, 2), actions.slice(2)]
  const traces = await traceVector(vec, { seed: SEED }, before)
  const stepped = await vec.reset({ mask: indices(vec).map(() => false) })
  const reset = await vec.reset({ mask: indices(vec).map((i) => i === 0) })
  for (const i of indices(vec).slice(1)) {
    const [kept, shown] = [resetAt(vec, stepped, i), resetAt(vec, reset, i)]
    const message = (): string => `what it returns of environment ${i} has changed, ${whereDiffer(kept, shown)}`
    session.require(same(kept, shown), 'vector/mask', 'reset({ mask })', message)
  }
  await traceOn(vec, after, traces)
  const [, ...actual] = traces
  session.require(same(expected, actual), 'vector/mask', 'step()', () => 'the environments that were not reset go on otherwise')
}

/** Results belong to the user, who may write into them. */
export const checkWriting = async (session: VectorSession): Promise<void> => {
  const vec = await session.fresh()
  if (vec.reusesBuffers) return
  const actions = actionsFor(vec, STEPS)
  const plain = await traceVector(vec, { seed: SEED }, actions)
  const written = await traceVector(vec, { seed: SEED }, actions, scribble)
  const message = (): string => `what follows differs when results are written into, ${whereDiffer(plain, written)}`
  session.require(same(plain, written), 'vector/alias-state', 'step()', message)
}

/** Each environment does what a single one does. */
export const checkSingles = async (session: VectorSession, single: SingleFactory): Promise<void> => {
  const vec = await session.fresh()
  const actions = actionsFor(vec, STEPS)
  const traces = await traceVector(vec, { seed: SEED }, actions)
  for (const i of indices(vec)) {
    const env = await single(i)
    const own = actions.map((some) => some[i])
    const expected = await traceSingle(env, splitSeed(SEED, i), own, vec.autoreset)
    await env.close()
    const message = (): string => `environment ${i} differs from a single one, ${whereDiffer(expected, traces[i])}`
    session.require(same(expected, traces[i]), 'vector/single', 'step()', message)
  }
}
