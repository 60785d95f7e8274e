/** Rules about rebuilding and restoring: spec/*, state/*, seed/rng-state. */
import { Bl1Error } from '../../errors.js'
import { describe } from '../../describe.js'
import { isRegistered, make } from '../registry.js'
import { isOver, isSaveable, type AnyEnv, type EnvSpec } from '../types.js'
import { unwrapped } from '../wrap.js'
import { isRegisteredWrapper } from '../wrapperRegistry.js'
import { whereDiffer } from './copies.js'
import { same } from './difference.js'
import { isRepeatable } from './seeding.js'
import { sampleActions, type EnvSession } from './session.js'
import { SPACES } from './spaces.js'
import { traceEpisode, traceSteps } from './trace.js'

const SEED = 123
const OTHER_SEED = 456
const STEPS = 50

const readBack = (x: unknown): unknown => JSON.parse(JSON.stringify(x) ?? 'null')

type RebuildRule = 'spec/roundtrip' | 'spec/wrappers'

const compare = async (session: EnvSession, rule: RebuildRule, env: AnyEnv, rebuilt: AnyEnv): Promise<void> => {
  const specs = `the rebuilt environment's differs, ${whereDiffer(env.spec, rebuilt.spec)}`
  session.require(same(rebuilt.spec, env.spec), rule, 'spec', () => specs)
  for (const path of SPACES) {
    const equal = rebuilt[path].equals(env[path])
    session.require(equal, rule, path, () => `the rebuilt environment's is ${describe(rebuilt[path].toJSON())}`)
  }
  if (!isRepeatable(session, env)) return
  const actions = sampleActions(env.actionSpace, STEPS)
  const [expected, actual] = [await traceEpisode(env, SEED, actions), await traceEpisode(rebuilt, SEED, actions)]
  const message = (): string => `the rebuilt environment behaves otherwise, ${whereDiffer(expected, actual)}`
  session.require(same(expected, actual), rule, 'step()', message)
}

const checkRebuild = async (session: EnvSession, rule: RebuildRule, env: AnyEnv, spec: EnvSpec): Promise<void> => {
  let made: AnyEnv
  try {
    made = await make(spec)
  } catch (thrown) {
    const isNameless = thrown instanceof Bl1Error && thrown.code === 'wrapper/function'
    session.report(isNameless ? 'spec/wrappers-registered' : rule, 'spec', String(thrown))
    return
  }
  await compare(session, rule, env, rule === 'spec/roundtrip' ? unwrapped(made) : made)
  await made.close()
}

const checkWrappers = async (session: EnvSession, { wrappers = [], ...spec }: EnvSpec): Promise<void> => {
  if (wrappers.length === 0) return
  const unknown = wrappers.filter(({ name }) => !isRegisteredWrapper(name))
  const names = unknown.map(({ name }) => name).join(', ')
  if (!session.require(unknown.length === 0, 'spec/wrappers-registered', 'spec.wrappers', () => `not registered: ${names}`)) return
  await checkRebuild(session, 'spec/wrappers', await session.fresh(), { ...spec, wrappers })
}

/** The spec is JSON and, where its id is registered, rebuilds the environment, first without its wrappers. */
export const checkSpec = async (session: EnvSession): Promise<void> => {
  const env = await session.fresh()
  let spec: unknown
  try {
    spec = readBack(env.spec)
  } catch {
    // A bigint, or a circle: nothing comes back.
  }
  if (!session.require(same(spec, env.spec), 'spec/roundtrip', 'spec', () => `JSON makes ${describe(spec)} of it`)) return
  const { id } = env.spec
  if (!session.require(isRegistered(id), 'spec/registered', 'spec.id', () => `'${id}' is not registered`)) return
  const inside = unwrapped(env)
  if (inside.spec.wrappers === undefined) await checkRebuild(session, 'spec/roundtrip', inside, inside.spec)
  await checkWrappers(session, env.spec)
}

const checkGenerators = async (session: EnvSession): Promise<void> => {
  const [env, other] = [await session.fresh(), await session.fresh()]
  if (!isSaveable(env) || !isSaveable(other) || !isRepeatable(session, env)) return
  await env.reset({ seed: SEED })
  await other.reset({ seed: SEED })
  const [saved, equal] = [await env.save(), await other.save()]
  const message = (): string => `after resets with seed ${SEED} two states differ, ${whereDiffer(saved, equal)}`
  session.require(same(saved, equal), 'seed/rng-state', 'save()', message)
  await other.reset({ seed: OTHER_SEED })
  const changed = !same(saved, await other.save())
  session.require(changed, 'seed/rng-state', 'save()', () => `the states after seeds ${SEED} and ${OTHER_SEED} are equal`)
}

/** Two instances: one goes on, the other goes on from what the first saved. */
const checkLoading = async (session: EnvSession): Promise<void> => {
  const [env, other] = [await session.fresh(), await session.fresh()]
  if (!isSaveable(env) || !isSaveable(other) || !isRepeatable(session, env)) return
  const actions = sampleActions(env.actionSpace, STEPS)
  await env.reset({ seed: SEED })
  // Read at once: the result may be written again by the next step.
  const over = isOver(await env.step(actions[0]))
  const saved = readBack(await env.save())
  await other.load(saved)
  const savedAgain = readBack(await other.save())
  const message = (): string => `a loaded environment saves something else, ${whereDiffer(saved, savedAgain)}`
  session.require(same(saved, savedAgain), 'state/save-load', 'save()', message)
  const following = async (played: AnyEnv): Promise<unknown[]> => [
    structuredClone(await played.render()),
    ...(over ? [] : await traceSteps(played, actions)),
    ...(await traceEpisode(played, undefined, actions)),
  ]
  session.require(same(await following(env), await following(other)), 'state/save-load', 'load()', () => 'what follows differs')
}

/** For an environment that can be saved. */
export const checkSaving = async (session: EnvSession): Promise<void> => {
  await session.part('save()', () => checkGenerators(session))
  await session.part('load()', () => checkLoading(session))
}
