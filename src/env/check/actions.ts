/** Rules about actions: action/*. */
import { describe } from '../../describe.js'
import { same } from './difference.js'
import { isRepeatable } from './seeding.js'
import { sampleActions, type EnvSession } from './session.js'
import { throws } from './throws.js'
import { traceEpisode, traceSteps } from './trace.js'
import { wrongActions } from './wrongActions.js'

const SEED = 123
const STEPS = 50
const SAMPLES = 100

const checkSampled = async (session: EnvSession): Promise<void> => {
  const env = await session.fresh()
  await env.reset({ seed: SEED })
  for (let i = 0; i < SAMPLES; i++) {
    const action: unknown = env.sampleAction()
    session.require(env.actionSpace.contains(action), 'action/sample', 'sampleAction()', () => `it returned ${describe(action)}`)
  }
}

const checkRefused = async (session: EnvSession): Promise<void> => {
  const [env, untried] = [await session.fresh(), await session.fresh()]
  const actions = sampleActions(env.actionSpace, STEPS)
  const start = structuredClone(await env.reset({ seed: SEED }))
  for (const wrong of wrongActions(env.actionSpace, actions[0])) {
    const refused = await throws(() => env.step(wrong))
    if (!session.require(refused, 'action/refused', 'step()', () => `it took ${describe(wrong)}`)) return
  }
  if (!isRepeatable(session, env)) return
  const goesOn = same([start, ...(await traceSteps(env, actions))], await traceEpisode(untried, SEED, actions))
  session.require(goesOn, 'action/refused', 'step() after a refused one', () => 'the episode goes on otherwise than without it')
}

const checkKeys = async (session: EnvSession): Promise<void> => {
  const { metadata, actionSpace } = await session.fresh()
  if (metadata.keys === undefined) return
  const { actions, idle } = metadata.keys
  for (const [key, action] of [...Object.entries(actions), ...(idle === undefined ? [] : [['idle', idle] as const])]) {
    session.require(actionSpace.contains(action), 'action/keys', `metadata.keys, '${key}'`, () => `it is ${describe(action)}`)
  }
}

/** Checks the keys, sampled actions, then wrong ones. */
export const checkActions = async (session: EnvSession): Promise<void> => {
  await session.part('metadata.keys', () => checkKeys(session))
  await session.part('sampleAction()', () => checkSampled(session))
  await session.part('step() with a wrong action', () => checkRefused(session))
}
