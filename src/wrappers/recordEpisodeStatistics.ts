/** RecordEpisodeStatistics: the return, the length and the duration of every episode. */
import { z } from 'zod'
import { defineWrapper, type EnvShape, type Hooks, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import type { Space } from '../spaces/index.js'
import { readState } from './state.js'

const NAME = 'RecordEpisodeStatistics'
const schema = z.strictObject({ history: z.int().positive().default(100) })
const saved = z.strictObject({
  episodeReturn: z.number(),
  length: z.int().min(0),
  returns: z.array(z.number()),
  lengths: z.array(z.int().positive()),
  episodes: z.int().min(0),
})

/** Options of {@link recordEpisodeStatistics}. */
export interface RecordEpisodeStatisticsOptions {
  /** How many of the latest episodes `returns` and `lengths` keep. @default 100 */
  readonly history?: number
}

/** What the last step of an episode tells about all of it. */
export interface EpisodeSummary {
  /** The sum of its rewards. */
  readonly return: number
  /** Its steps. */
  readonly length: number
}

/** Added to the info: present on the last step of an episode. */
export interface EpisodeInfo extends Info {
  readonly episode?: EpisodeSummary
}

/** What `find(env, recordEpisodeStatistics)` shows: the latest episodes, oldest first. */
export interface EpisodeHistory {
  readonly returns: readonly number[]
  readonly lengths: readonly number[]
  /** Episodes finished since the environment was made. */
  readonly episodes: number
}

/**
 * Adds up the rewards of each episode: `info.episode` on its last step, and the latest episodes through `find`. It counts what passes
 * through it: put it inside wrappers that change the reward to record the environment's own.
 *
 * @example
 * ```ts
 * const env = wrap(new CartPoleEnv(), recordEpisodeStatistics())
 * env.reset({ seed: 3 })
 * let step = env.step(1)
 * while (!isOver(step)) step = env.step(1)
 * console.log(step.info.episode?.length === find(env, recordEpisodeStatistics)?.lengths[0]) // true
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`
 */
export const recordEpisodeStatistics = defineWrapper(NAME, (options: RecordEpisodeStatisticsOptions = {}) => {
  const { history } = readParameters(schema, options, NAME)
  return <OS extends Space, AS extends Space, I extends Info>(
    _env: EnvShape<OS, AS, I>,
  ): Hooks<OS, AS, I, OS, AS, I & EpisodeInfo> & EpisodeHistory => {
    // In an array, as a sum in an object would cost a new number a step.
    const sum = new Float64Array(1)
    let state = { length: 0, returns: new Array<number>(), lengths: new Array<number>(), episodes: 0 }
    return {
      wrapper: { name: NAME, options: { history } },
      get returns() {
        return state.returns
      },
      get lengths() {
        return state.lengths
      },
      get episodes() {
        return state.episodes
      },
      onReset: () => {
        sum[0] = 0
        state.length = 0
      },
      onStep: (step) => {
        sum[0] += step.reward
        state.length++
        if (!step.terminated && !step.truncated) return
        step.info = { ...step.info, episode: { return: sum[0], length: state.length } }
        state.returns.push(sum[0])
        state.lengths.push(state.length)
        state.episodes++
        if (state.returns.length <= history) return
        state.returns.shift()
        state.lengths.shift()
      },
      save: () => ({ ...state, episodeReturn: sum[0], returns: [...state.returns], lengths: [...state.lengths] }),
      load: (given) => {
        const { episodeReturn, ...rest } = readState(NAME, saved, given)
        sum[0] = episodeReturn
        state = rest
      },
    }
  }
})
