/** Rules about seeds: seed/*. Skipped for an environment that declares itself nondeterministic. */
import type { AnyEnv } from '../types.js'
import { same } from './same.js'
import type { CheckSession } from './session.js'
import { traceEpisode, traceSteps } from './trace.js'

const SEED = 123
const OTHER_SEED = 456
const STEPS = 50

const checkRepeats = async (session: CheckSession, env: AnyEnv, actions: readonly unknown[]): Promise<void> => {
  const run = async (): Promise<unknown[][]> => {
    const episodes = [await traceEpisode(env, SEED, actions)]
    for (let i = 0; i < 3; i++) episodes.push(await traceEpisode(env, undefined, actions))
    return episodes
  }
  const [first, ...following] = await run()
  const [again, ...followingAgain] = await run()
  const resets = same(first[0], again[0])
  if (!session.require(resets, 'seed/reset-repeat', 'reset({ seed })', () => `two resets with seed ${SEED} differ`)) return
  const steps = same(first, again)
  if (!session.require(steps, 'seed/step-repeat', 'step()', () => `two episodes with seed ${SEED} and the same actions differ`)) return
  session.require(same(following, followingAgain), 'seed/continuation', 'reset()', () => `the episodes after seed ${SEED} differ`)
}

const checkIndependence = async (session: CheckSession, actions: readonly unknown[]): Promise<void> => {
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

/** Checks repetition first: without it, nothing can be said about independence. */
export const checkSeeding = async (session: CheckSession): Promise<void> => {
  const env = await session.fresh()
  if (env.spec.nondeterministic === true) return
  const actions = session.actions(env.actionSpace, STEPS)
  await checkRepeats(session, env, actions)
  if (session.findings.some((finding) => finding.rule.startsWith('seed/'))) return
  await checkIndependence(session, actions)
}
