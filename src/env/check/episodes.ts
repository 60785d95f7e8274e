/** Rules about episodes as they are played: reset/*, step/*, flags/*, info/*, alias/*, space/constant, spec/time-limit. */
import { field } from '../../spaces/field.js'
import type { AnyEnv } from '../types.js'
import { AliasWatch } from './copies.js'
import { inspectReset, inspectStep } from './results.js'
import { sampleActions, type EnvSession } from './session.js'
import { checkConstant, spacesText } from './spaces.js'
import { throws } from './throws.js'

const SEED = 123
const RESETS = 4
/** Results copied to see whether they change: the first steps of each episode show it. */
const WATCHED_STEPS = 20
/** A cycle of actions that does not go into common episode lengths. */
const ACTIONS = 997

/** Watches what the latest result holds. */
class ResultWatch {
  readonly #session: EnvSession
  readonly #parts = { observation: new AliasWatch(), info: new AliasWatch() }

  constructor(session: EnvSession) {
    this.#session = session
  }

  watch(result: unknown): void {
    this.#parts.observation.watch(field(result, 'observation'))
    this.#parts.info.watch(field(result, 'info'))
  }

  check(step: number): void {
    for (const part of ['observation', 'info'] as const) {
      const { changed } = this.#parts[part]
      this.#session.require(!changed, `alias/${part}`, `step().${part}`, () => `step ${step} changed the ${part} before it`)
    }
  }
}

/** Plays one episode; returns the steps taken. */
const playEpisode = async (session: EnvSession, env: AnyEnv, actions: readonly unknown[], steps: number): Promise<number> => {
  const { maxEpisodeSteps } = env.spec
  const watch = new ResultWatch(session)
  const start: unknown = await env.reset()
  inspectReset(session, env, start)
  watch.watch(start)
  for (let i = 0; i < steps; i++) {
    const action = actions[i % actions.length]
    const result: unknown = await env.step(action)
    // Looked at before it is copied: what cannot be copied is a finding of its own.
    const over = inspectStep(session, env, result, { isFirst: i === 0, maxEpisodeSteps })
    if (over === undefined) return steps
    if (!env.reusesBuffers && i < WATCHED_STEPS) {
      watch.check(i + 1)
      watch.watch(result)
    }
    if (maxEpisodeSteps !== undefined && i + 1 >= maxEpisodeSteps) {
      const message = (): string => `step ${i + 1} of at most ${maxEpisodeSteps} did not end the episode`
      if (!session.require(over, 'spec/time-limit', 'step()', message)) return i + 1
    }
    if (!over) continue
    session.require(await throws(() => env.step(action)), 'step/after-end', 'step()', () => 'it did not throw')
    return i + 1
  }
  return steps
}

/** Resets a few times, then plays episodes until the steps are used up. */
export const checkEpisodes = async (session: EnvSession): Promise<void> => {
  const env = await session.fresh()
  const spaces = spacesText(env)
  inspectReset(session, env, await env.reset({ seed: SEED }), { seed: SEED })
  for (let i = 1; i < RESETS; i++) inspectReset(session, env, await env.reset({ options: {} }))
  const actions = sampleActions(env.actionSpace, Math.min(session.steps, ACTIONS))
  let left = session.steps
  while (left > 0) left -= await playEpisode(session, env, actions, left)
  checkConstant(session, env, spaces)
}
