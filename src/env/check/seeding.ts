/** Rules about what an episode depends on: seed/*, alias/state. Skipped for an environment that declares itself nondeterministic. */
import { field } from '../../spaces/field.js'
import type { AnyEnv } from '../types.js'
import { scribble, whereDiffer } from './copies.js'
import { same } from './difference.js'
import type { CheckRule } from './rules.js'
import { sampleActions, type EnvSession } from './session.js'
import { traceEpisode, traceSteps } from './trace.js'

const SEED = 123
const OTHER_SEED = 456
const STEPS = 50

const REPETITION: readonly CheckRule[] = ['seed/reset-repeat', 'seed/step-repeat', 'seed/continuation']

/** Whether an episode can be played a second time, so that what changes it can be seen. */
export const isRepeatable = (session: EnvSession, env: AnyEnv): boolean =>
  env.spec.nondeterministic !== true && !session.findings.some(({ rule }) => REPETITION.includes(rule))

const checkRepeats = async (session: EnvSession, env: AnyEnv, actions: readonly unknown[]): Promise<void> => {
  const run = async (): Promise<unknown[][]> => {
    const episodes = [await traceEpisode(env, SEED, actions)]
    for (let i = 0; i < 3; i++) episodes.push(await traceEpisode(env, undefined, actions))
    return episodes
  }
  const [first, ...following] = await run()
  const [again, ...followingAgain] = await run()
  const requireSame = (a: unknown, b: unknown, rule: CheckRule, path: string, what: string): boolean =>
    session.require(same(a, b), rule, path, () => `${what} differ, ${whereDiffer(a, b)}`)
  if (!requireSame(first[0], again[0], 'seed/reset-repeat', 'reset({ seed })', `two resets with seed ${SEED}`)) return
  if (!requireSame(first, again, 'seed/step-repeat', 'step()', `two episodes with seed ${SEED} and the same actions`)) return
  requireSame(following, followingAgain, 'seed/continuation', 'reset()', `the episodes after seed ${SEED}`)
}

const checkReplay = async (session: EnvSession, env: AnyEnv, actions: readonly unknown[]): Promise<void> => {
  await env.reset({ seed: SEED })
  const unseeded = await traceEpisode(env, undefined, actions)
  const seed = Number(field(field(unseeded[0], 'info'), 'seed'))
  if (!Number.isSafeInteger(seed)) return
  const replayed = await traceEpisode(env, seed, actions)
  const message = (): string => `the episode of seed ${seed} differs, ${whereDiffer(unseeded, replayed)}`
  session.require(same(unseeded, replayed), 'seed/replay', 'reset({ seed })', message)
}

const checkIndependence = async (session: EnvSession, actions: readonly unknown[]): Promise<void> => {
  const [alone, beside, other] = [await session.fresh(), await session.fresh(), await session.fresh()]
  const expected = await traceEpisode(alone, SEED, actions)
  const actual: unknown[] = [structuredClone(await beside.reset({ seed: SEED }))]
  for (const action of actions.slice(0, expected.length - 1)) {
    // The other instance draws between any two steps of this one.
    await traceEpisode(other, OTHER_SEED, [action])
    actual.push(...(await traceSteps(beside, [action])))
  }
  session.require(same(expected, actual), 'seed/independent', 'step()', () => 'an episode differs when another instance runs beside it')
}

const checkSampledActions = async (session: EnvSession, env: AnyEnv, actions: readonly unknown[]): Promise<void> => {
  const draw = async (): Promise<unknown[]> => {
    await env.reset({ seed: SEED })
    return actions.map(() => structuredClone(env.sampleAction()))
  }
  const repeats = same(await draw(), await draw())
  session.require(repeats, 'seed/sample-action', 'sampleAction()', () => `after two resets with seed ${SEED} the actions differ`)
  const [plain, sampled] = [await traceEpisode(env, SEED, actions), await traceEpisode(env, SEED, actions, () => env.sampleAction())]
  session.require(same(plain, sampled), 'seed/sample-action', 'step()', () => 'an episode differs when actions are sampled during it')
}

const checkWriting = async (session: EnvSession, env: AnyEnv, actions: readonly unknown[]): Promise<void> => {
  let wrote = false
  const plain = await traceEpisode(env, SEED, actions)
  const written = await traceEpisode(env, SEED, actions, (observation) => (wrote = scribble(observation) || wrote))
  if (!wrote) return
  const message = (): string => 'an episode differs when its observations are written into'
  session.require(same(plain, written), 'alias/state', 'step().observation', message)
}

/** Checks repetition first: without it, nothing can be said about what else an episode depends on. */
export const checkSeeding = async (session: EnvSession): Promise<void> => {
  const env = await session.fresh()
  if (!isRepeatable(session, env)) return
  const actions = sampleActions(env.actionSpace, STEPS)
  await checkRepeats(session, env, actions)
  if (!isRepeatable(session, env)) return
  await checkReplay(session, env, actions)
  await checkIndependence(session, actions)
  await session.part('sampleAction()', () => checkSampledActions(session, env, actions))
  await session.part('writing into observations', () => checkWriting(session, env, actions))
}
