/** Rules about rebuilding and restoring: spec/*, state/*. */
import { isRegistered, make } from '../registry.js'
import { isOver, isSaveable, type AnyEnv, type EnvSpec } from '../types.js'
import { same } from './same.js'
import { describe } from '../describe.js'
import type { CheckSession } from './session.js'
import { traceEpisode, traceSteps } from './trace.js'

const SEED = 123
const STEPS = 50

const readBack = (x: unknown): unknown => JSON.parse(JSON.stringify(x) ?? 'null')

const checkRebuild = async (session: CheckSession, env: AnyEnv, spec: EnvSpec): Promise<void> => {
  const rebuilt = await make(spec)
  session.require(same(rebuilt.spec, env.spec), 'spec/roundtrip', 'spec', () => `the rebuilt environment's is ${describe(rebuilt.spec)}`)
  for (const path of ['observationSpace', 'actionSpace'] as const) {
    const equal = rebuilt[path].equals(env[path])
    session.require(equal, 'spec/roundtrip', path, () => `the rebuilt environment's is ${describe(rebuilt[path].toJSON())}`)
  }
  if (env.spec.nondeterministic !== true) {
    const actions = session.actions(env.actionSpace, STEPS)
    const equal = same(await traceEpisode(env, SEED, actions), await traceEpisode(rebuilt, SEED, actions))
    session.require(equal, 'spec/roundtrip', 'step()', () => 'the rebuilt environment behaves otherwise')
  }
  await rebuilt.close()
}

/** The spec is JSON and, where its id is registered, rebuilds the environment. */
export const checkSpec = async (session: CheckSession): Promise<void> => {
  const env = await session.fresh()
  const spec = readBack(env.spec)
  if (!session.require(same(spec, env.spec), 'spec/roundtrip', 'spec', () => `JSON makes ${describe(spec)} of it`)) return
  const { id } = env.spec
  const known = session.require(isRegistered(id), 'spec/registered', 'spec.id', () => `'${id}' is not registered`)
  if (known) await checkRebuild(session, env, env.spec)
}

/** Two instances: one goes on, the other goes on from what the first saved. */
export const checkSaving = async (session: CheckSession): Promise<void> => {
  const [env, other] = [await session.fresh(), await session.fresh()]
  if (!isSaveable(env) || !isSaveable(other) || env.spec.nondeterministic === true) return
  const actions = session.actions(env.actionSpace, STEPS)
  await env.reset({ seed: SEED })
  const step = await env.step(actions[0])
  const saved = readBack(await env.save())
  await other.load(saved)
  const savedAgain = readBack(await other.save())
  session.require(same(saved, savedAgain), 'state/save-load', 'save()', () => 'a loaded environment saves something else')
  const following = async (played: AnyEnv): Promise<unknown[]> => [
    structuredClone(await played.render()),
    ...(isOver(step) ? [] : await traceSteps(played, actions)),
    ...(await traceEpisode(played, undefined, actions)),
  ]
  session.require(same(await following(env), await following(other)), 'state/save-load', 'load()', () => 'what follows differs')
}
