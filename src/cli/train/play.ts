/** Plays episodes with a built agent and leaves everything as it was: evaluation, validation and every row of an ablation. */
import { evaluate, type Actor, type EpisodeResult } from '../../../agents/index.js'
import { Rng } from '../../rng.js'
import { MS_PER_SECOND } from '../../units.js'
import type { SpikeReplacementName } from '../../loop/index.js'
import type { TrainingParts } from './build.js'
import { randomPlayer } from './randomActor.js'
import type { Substrate } from './substrate.js'

/** What is played, and what is exchanged for it. */
export interface PlayOptions {
  readonly episodes: number
  /** Of all together; see `seedOf`. */
  readonly seed: number
  /** The mode of each distribution in place of a draw. */
  readonly greedy: boolean
  readonly signal?: AbortSignal
  readonly onEpisode?: (result: EpisodeResult) => void
  /** What the decoder is given. @default what the config says */
  readonly spikes?: SpikeReplacementName
  /** Mean of each spike feature, for `rate_matched` and `shuffled_time`: `featureMeans` of another play. */
  readonly rates?: ArrayLike<number>
  /** Off: no long-term plasticity while playing. @default as the culture has it */
  readonly plasticity?: boolean
  /**
   * On: the cultures live on from episode to episode. Off: each episode begins with the culture as it is now, and noise of the episode's seed, so
   * that it depends on nothing before it and pairs with the same episode of another play. @default false
   */
  readonly continuing?: boolean
  /** Uniform actions in the agent's place; no culture lives meanwhile. @default false */
  readonly random?: boolean
}

/** What came of it. */
export interface Played {
  /** In order of their numbers. */
  readonly episodes: EpisodeResult[]
  /** Mean of each spike feature a step, over all dishes; empty without a culture. */
  readonly featureMeans: Float64Array
  /** Mean rate of a cell while the game was played; null without a culture. */
  readonly cellRateHz: number | null
  /** Steps of all environments. */
  readonly steps: number
}

/** Sums what the decoder was given and what the cells did. */
class Tally {
  readonly featureSums: Float64Array
  spikes = 0
  acts = 0
  readonly actor: Actor
  readonly #dishes: TrainingParts['dishes']

  constructor(actor: Actor, dishes: TrainingParts['dishes']) {
    const width = actor.columns.find(({ name }) => name === 'spikes')?.width ?? 0
    this.featureSums = new Float64Array(width)
    this.#dishes = dishes
    this.actor = {
      columns: actor.columns,
      seconds: actor.seconds,
      act: (observations, into, firstRow, greedy) => {
        actor.act(observations, into, firstRow, greedy)
        this.#add(into['spikes'], firstRow)
      },
      outcome: (env, outcome) => actor.outcome(env, outcome),
      reset: (env, seed) => actor.reset(env, seed),
      save: () => actor.save(),
      load: (saved) => actor.load(saved),
    }
  }

  #add(rows: Float32Array | undefined, firstRow: number): void {
    this.acts++
    const width = this.featureSums.length
    if (rows === undefined || this.#dishes === undefined) return
    const { count, spikes } = this.#dishes
    for (let dish = 0; dish < count; dish++) {
      this.spikes += spikes[dish]
      for (let k = 0; k < width; k++) this.featureSums[k] += rows[(firstRow + dish) * width + k]
    }
  }
}

/** Each episode begins with one of the present cultures, which one is its seed's to say. */
const beginnings = (dishes: Substrate): ((dish: number, seed: number) => void) => {
  const { dishes: starts } = dishes.save()
  return (dish, seed) => dishes.loadOne(dish, starts[seed % starts.length], seed)
}

/**
 * Plays from the present state of the dishes, on environments of their own, and puts the dishes back.
 * @throws Bl1Error what environments, agent and dishes throw
 */
export const playEpisodes = async (parts: TrainingParts, options: PlayOptions): Promise<Played> => {
  const { episodes, seed, greedy, signal, onEpisode, spikes, rates, plasticity = true, continuing = false, random = false } = options
  const { config, dishes, actionSpace, observationScale } = parts
  const vec = await parts.playVec()
  const rng = Rng.fromSeed(seed)
  const shared = { vec, episodes, seed, greedy, observationScale, ...(signal === undefined ? {} : { signal }), ...(onEpisode === undefined ? {} : { onEpisode }) }
  if (random) {
    const player = randomPlayer(actionSpace, vec.count, rng)
    const results = await evaluate({ ...shared, ...player })
    return { episodes: results, featureMeans: new Float64Array(0), cellRateHz: null, steps: results.reduce((sum, { length }) => sum + length, 0) }
  }
  const before = parts.saveSubstrate()
  try {
    if (!plasticity) dishes?.setPlasticity({ stdp: false, homeostasis: false })
    const begin = dishes === undefined || continuing ? undefined : beginnings(dishes)
    const given = { ...(spikes === undefined ? {} : { spikes }), ...(rates === undefined ? {} : { rates }), ...(begin === undefined ? {} : { begin }) }
    const tally = new Tally(parts.newActor({ rng, ...given }), dishes)
    const results = await evaluate({ ...shared, actor: tally.actor, codec: parts.codec })
    const steps = tally.acts * vec.count
    const cellSeconds = (config.culture.neurons * steps * config.cultureAgent.stepMs) / MS_PER_SECOND
    return {
      episodes: results,
      featureMeans: tally.featureSums.map((sum) => sum / Math.max(1, steps)),
      cellRateHz: dishes === undefined ? null : tally.spikes / Math.max(Number.MIN_VALUE, cellSeconds),
      steps,
    }
  } finally {
    parts.loadSubstrate(before)
  }
}
