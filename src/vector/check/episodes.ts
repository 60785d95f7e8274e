/** Rules about episodes as they are played: finals, autoreset, seeds of resets, results that change later. */
import { AliasWatch } from '../../env/check/copies.js'
import { same } from '../../env/check/difference.js'
import { throws } from '../../env/check/throws.js'
import { describe } from '../../env/index.js'
import { field } from '../../spaces/field.js'
import { readSlot } from '../../spaces/index.js'
import { copyBatch } from '../batchMemory.js'
import { splitSeed } from '../splitSeed.js'
import type { AnyVectorEnv, VectorStep } from '../types.js'
import { inspectReset, inspectStep, isOverAt } from './results.js'
import { actionsFor, indices, SEED, type VectorSession } from './session.js'

/** A cycle of actions that does not go into common episode lengths. */
const ACTIONS = 97
/** First observations of next episodes that are compared with those of resets. */
const MOST_STARTS = 20
/** Results copied to see whether they change. */
const WATCHED_STEPS = 50

/** The beginning of an episode that an autoreset made. */
interface Start {
  readonly index: number
  readonly seed: number
  readonly observation: unknown
}

/** The rewards and steps of the present episodes. */
class Tally {
  readonly #returns: number[]
  readonly #lengths: number[]

  constructor(count: number) {
    this.#returns = new Array<number>(count).fill(0)
    this.#lengths = new Array<number>(count).fill(0)
  }

  /** Counts a step of environment i; where its episode has ended, compares the final and begins anew. */
  count(session: VectorSession, step: VectorStep, i: number): void {
    this.#returns[i] += step.rewards[i]
    this.#lengths[i]++
    if (!isOverAt(step, i)) return
    const counted = { return: this.#returns[i], length: this.#lengths[i] }
    const episode = field(step.finals[i], 'episode')
    const message = (): string => `it is ${describe(episode)}, counted were ${describe(counted)}`
    if (step.finals[i] !== undefined) session.require(same(episode, counted), 'vector/final-episode', 'step().finals', message)
    this.#returns[i] = 0
    this.#lengths[i] = 0
  }
}

const checkSeeds = async (session: VectorSession, vec: AnyVectorEnv): Promise<boolean> => {
  const all = indices(vec)
  const given = { seed: all.map((i) => splitSeed(SEED, i)), seeds: all.map((i) => 7 + 3 * i) }
  for (const name of ['seed', 'seeds'] as const) {
    const result = await vec.reset(name === 'seed' ? { seed: SEED } : { seeds: given.seeds })
    if (!inspectReset(session, vec, result)) return false
    const reported = result.infos.map((info) => field(info, 'seed'))
    const message = (): string => `infos report ${describe(reported)} for ${describe(given[name])}`
    session.require(same(reported, given[name]), 'vector/reset-seeds', `reset({ ${name} })`, message)
  }
  return true
}

/** Resets with the seeds of begun episodes, and compares. */
const checkStarts = async (session: VectorSession, starts: readonly Start[]): Promise<void> => {
  const vec = await session.fresh()
  for (const { index, seed, observation } of starts) {
    const { observations } = await vec.reset({ seeds: indices(vec).map(() => seed) })
    const isFirst = same(observation, readSlot(vec.singleObservationSpace, observations, index))
    const message = (): string => `after an end that of environment ${index} is not that of a reset with seed ${seed}`
    session.require(isFirst, 'vector/next-episode', 'step().observations', message)
  }
}

/** Under disabled: the environments that have ended cannot be stepped, and are reset. */
const restart = async (session: VectorSession, vec: AnyVectorEnv, step: VectorStep, actions: readonly unknown[]): Promise<void> => {
  const mask = Uint8Array.from(step.terminated, (_, i) => (isOverAt(step, i) ? 1 : 0))
  if (vec.autoreset !== 'disabled' || !mask.includes(1)) return
  const refused = await throws(() => vec.step(actions))
  session.require(refused, 'vector/disabled', 'step()', () => 'it stepped an environment whose episode had ended')
  inspectReset(session, vec, await vec.reset({ mask }))
}

/** Plays all until the steps are used up. */
export const checkEpisodes = async (session: VectorSession): Promise<void> => {
  const vec = await session.fresh()
  if (!(await checkSeeds(session, vec))) return
  const all = indices(vec)
  const [starts, tally, watch] = [new Array<Start>(), new Tally(vec.count), new AliasWatch(copyBatch)]
  const actions = actionsFor(vec, ACTIONS)
  watch.watch(await vec.reset())
  for (let t = 0; t < session.steps; t++) {
    const step = await vec.step(actions[t % ACTIONS])
    if (!vec.reusesBuffers && t < WATCHED_STEPS) {
      session.require(!watch.changed, 'vector/alias', 'step()', () => 'it changed the result before it')
      watch.watch(step)
    }
    if (!inspectStep(session, vec, step)) return
    for (const i of all) tally.count(session, step, i)
    const ended = vec.autoreset === 'sameStep' ? all.filter((i) => isOverAt(step, i)) : []
    for (const index of ended) {
      const seed = field(step.infos[index], 'seed')
      const message = (): string => `its seed is ${describe(seed)}`
      if (!session.require(Number.isSafeInteger(seed), 'vector/next-episode', 'step().infos', message)) continue
      const observation = readSlot(vec.singleObservationSpace, step.observations, index)
      if (starts.length < MOST_STARTS) starts.push({ index, seed: Number(seed), observation })
    }
    await restart(session, vec, step, actions[0])
  }
  if (vec.spec?.nondeterministic !== true) await checkStarts(session, starts)
}
