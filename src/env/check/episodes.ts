/** Rules about what reset and step return: reset/*, step/*, flags/*, info/*, alias/*. */
import { throws } from './contract.js'
import type { AnyEnv } from '../types.js'
import { same } from './same.js'
import { describe } from '../describe.js'
import { field, type CheckSession } from './session.js'

const RESETS = 4
/** Observations copied to see whether they change: the first steps of each episode show it. */
const WATCHED_STEPS = 20

const isObject = (x: unknown): boolean => typeof x === 'object' && x !== null && !Array.isArray(x)

const checkInfo = (session: CheckSession, info: unknown, path: string): void => {
  const text: unknown = JSON.stringify(info)
  const survives = typeof text === 'string' && same(JSON.parse(text), info)
  session.require(survives, 'info/json', path, () => `JSON makes ${String(text).slice(0, 80)} of it`)
}

const checkReset = (session: CheckSession, env: AnyEnv, result: unknown): void => {
  const info = field(result, 'info')
  const hasShape = isObject(result) && field(result, 'observation') !== undefined && isObject(info)
  if (!session.require(hasShape, 'reset/shape', 'reset()', () => `it returned ${describe(result)}`)) return
  const observation = field(result, 'observation')
  session.require(env.observationSpace.contains(observation), 'reset/in-space', 'reset().observation', () => describe(observation))
  const seed = field(info, 'seed')
  session.require(Number.isSafeInteger(seed), 'reset/seed', 'reset().info.seed', () => `it is ${describe(seed)}`)
  checkInfo(session, info, 'reset().info')
}

/** Checks one step; says whether the episode is over, undefined where the result cannot be read. */
const checkStep = (session: CheckSession, env: AnyEnv, result: unknown, isFirst: boolean): boolean | undefined => {
  const info = field(result, 'info')
  const hasShape = isObject(result) && field(result, 'observation') !== undefined && isObject(info)
  if (!session.require(hasShape, 'step/shape', 'step()', () => `it returned ${describe(result)}`)) return undefined
  const observation = field(result, 'observation')
  session.require(env.observationSpace.contains(observation), 'step/in-space', 'step().observation', () => describe(observation))
  const reward = field(result, 'reward')
  session.require(Number.isFinite(reward), 'step/reward-finite', 'step().reward', () => `it is ${describe(reward)}`)
  const terminated = field(result, 'terminated')
  const truncated = field(result, 'truncated')
  const areBooleans = typeof terminated === 'boolean' && typeof truncated === 'boolean'
  session.require(areBooleans, 'step/flags', 'step()', () => `terminated is ${describe(terminated)}, truncated is ${describe(truncated)}`)
  session.require(!(terminated === true && truncated === true), 'flags/not-both', 'step()', () => 'both are true')
  session.require(!(isFirst && truncated === true), 'step/early-end', 'step().truncated', () => 'the first step of an episode is truncated')
  const over = terminated === true || truncated === true
  const endReason = field(info, 'endReason')
  const reasonFits = over ? typeof endReason === 'string' : endReason === undefined
  const moment = over ? 'at the end of an episode' : 'within an episode'
  session.require(reasonFits, 'info/end-reason', 'step().info.endReason', () => `it is ${describe(endReason)} ${moment}`)
  checkInfo(session, info, 'step().info')
  return over
}

/** Remembers an observation and its copy, to see whether a later step writes into it. */
class AliasWatch {
  #given: unknown
  #copy: unknown

  watch(observation: unknown): void {
    this.#given = observation
    this.#copy = structuredClone(observation)
  }

  get changed(): boolean {
    return !same(this.#given, this.#copy)
  }
}

/** Plays one episode; returns the steps taken. */
const playEpisode = async (session: CheckSession, env: AnyEnv, actions: readonly unknown[], steps: number): Promise<number> => {
  const watch = new AliasWatch()
  const start: unknown = await env.reset()
  checkReset(session, env, start)
  watch.watch(field(start, 'observation'))
  for (let i = 0; i < steps; i++) {
    const action = actions[i % actions.length]
    const result: unknown = await env.step(action)
    if (!env.reusesBuffers && i < WATCHED_STEPS) {
      session.require(!watch.changed, 'alias/observation', 'step().observation', () => `step ${i + 1} changed the observation before it`)
      watch.watch(field(result, 'observation'))
    }
    const over = checkStep(session, env, result, i === 0)
    if (over === undefined) return steps
    if (!over) continue
    session.require(await throws(() => env.step(action)), 'step/after-end', 'step()', () => 'it did not throw')
    return i + 1
  }
  return steps
}

/** Resets a few times, then plays episodes until the steps are used up. */
export const checkEpisodes = async (session: CheckSession): Promise<void> => {
  const env = await session.fresh()
  checkReset(session, env, await env.reset({ seed: 123 }))
  for (let i = 1; i < RESETS; i++) checkReset(session, env, await env.reset({ options: {} }))
  const actions = session.actions(env.actionSpace, Math.min(session.steps, 997))
  let left = session.steps
  while (left > 0) left -= await playEpisode(session, env, actions, left)
}
