/** Plays whole episodes of given seeds without learning, to measure. */
import { isOver, type EndReason } from '../src/env/index.js'
import { Bl1Error } from '../src/errors.js'
import { splitSeed, type AnyVectorEnv, type VectorStep } from '../src/vector/index.js'
import type { Actor } from './actor.js'
import { breather } from './breathe.js'
import type { ActionCodec } from './distributions/index.js'
import { ObservationRows, type ObservationScale } from './observationRows.js'

/** An episode that was played. */
export interface EpisodeResult {
  /** Its number, from 0. */
  readonly episode: number
  readonly seed: number
  /** Sum of the rewards, undiscounted. */
  readonly return: number
  readonly length: number
  readonly endReason: EndReason | undefined
}

/** What is played. */
export interface EvaluationParts {
  /** With autoreset 'disabled'. It is reset for every episode, and left open. */
  readonly vec: AnyVectorEnv
  readonly actor: Actor
  readonly codec: ActionCodec
  /** How many. */
  readonly episodes: number
  /** Of all together: episode i has the seed `splitSeed(seed, i)`, whatever the number of environments. */
  readonly seed: number
  /** The mode of each distribution in place of a draw. */
  readonly greedy: boolean
  /** As in training. @default null */
  readonly observationScale?: ObservationScale
  /** Aborted: the episodes that are over by then are returned. */
  readonly signal?: AbortSignal
  /** Called when an episode is over, in the order in which they end. */
  readonly onEpisode?: (result: EpisodeResult) => void
}

interface Running {
  episode: number
  sum: number
  length: number
}

/** One evaluation under way. */
class Evaluation {
  readonly results: EpisodeResult[] = []
  readonly #parts: EvaluationParts
  readonly #rows: ObservationRows
  readonly #observations: Float32Array
  readonly #running: Running[]
  #begun = 0

  constructor(parts: EvaluationParts) {
    const { vec, episodes, observationScale = null } = parts
    if (vec.autoreset !== 'disabled') {
      throw new Bl1Error('agents/rollout', { expected: "a vector with autoreset 'disabled' for evaluate()", received: `'${vec.autoreset}'` })
    }
    if (!Number.isSafeInteger(episodes) || episodes < 1) {
      throw new Bl1Error('agents/rollout', { expected: 'a whole number of episodes, 1 or more', received: String(episodes) })
    }
    this.#parts = parts
    this.#rows = new ObservationRows(vec.singleObservationSpace, observationScale)
    this.#observations = new Float32Array(vec.count * this.#rows.width)
    this.#running = Array.from({ length: vec.count }, () => ({ episode: 0, sum: 0, length: 0 }))
  }

  async run(): Promise<EpisodeResult[]> {
    const { vec, actor, codec, episodes, greedy, signal } = this.#parts
    const columns = Object.fromEntries(actor.columns.map(({ name, width }) => [name, new Float32Array(vec.count * width)]))
    await this.#begin(this.#running.map((_, env) => env))
    const breathe = breather()
    while (this.results.length < episodes) {
      // Steps follow each other.
      await breathe()
      if (signal?.aborted === true) break
      actor.act(this.#observations, columns, 0, greedy)
      const step = await vec.step(Array.from({ length: vec.count }, (_, env) => codec.toAction(columns['action'], env)))
      this.#rows.writeBatch(step.observations, this.#observations)
      await this.#begin(this.#take(step))
    }
    return this.results.toSorted((a, b) => a.episode - b.episode)
  }

  /** Begins the next episodes. An environment that is left over when all are begun plays on with episodes that do not count. */
  async #begin(envs: readonly number[]): Promise<void> {
    if (envs.length === 0) return
    const { vec, actor, seed } = this.#parts
    const mask = new Uint8Array(vec.count)
    const seeds: (number | undefined)[] = Array.from({ length: vec.count })
    for (const env of envs) {
      mask[env] = 1
      const episode = this.#begun++
      this.#running[env] = { episode, sum: 0, length: 0 }
      seeds[env] = splitSeed(seed, episode)
    }
    const { observations } = await vec.reset({ mask, seeds })
    for (const env of envs) actor.reset(env, seeds[env])
    this.#rows.writeBatch(observations, this.#observations)
  }

  /** Counts a step; returns the environments whose episode is over. */
  #take({ rewards, terminated, truncated, infos }: VectorStep): number[] {
    const { actor, episodes, seed, onEpisode } = this.#parts
    const over: number[] = []
    this.#running.forEach((running, env) => {
      const flags = { terminated: terminated[env] === 1, truncated: truncated[env] === 1 }
      const info = infos[env]
      running.sum += rewards[env]
      running.length++
      actor.outcome(env, { reward: rewards[env], ...flags, info })
      if (!isOver(flags)) return
      over.push(env)
      const { episode, sum, length } = running
      if (episode >= episodes) return
      const result = { episode, seed: splitSeed(seed, episode), return: sum, length, endReason: info.endReason }
      this.results.push(result)
      onEpisode?.(result)
    })
    return over
  }
}

/**
 * Plays episodes. An episode's seed decides the environment's and the actor's draws, so results do not depend on how many environments play
 * side by side as far as the actor forgets at a reset (a network does; a culture goes on living).
 * @returns one result an episode, in order of their numbers
 * @throws Bl1Error `agents/rollout` for a vector that resets by itself or no episodes, and what environments and actor throw
 */
export const evaluate = async (parts: EvaluationParts): Promise<EpisodeResult[]> => new Evaluation(parts).run()
