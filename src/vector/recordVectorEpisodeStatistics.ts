/** RecordVectorEpisodeStatistics: the returns and lengths of the latest episodes of all environments. */
import { z } from 'zod'
import { defineWrapper, type Info } from '../env/index.js'
import { readParameters } from '../parameters.js'
import type { Space } from '../spaces/index.js'
import type { EpisodeHistory, RecordEpisodeStatisticsOptions } from '../wrappers/index.js'
import { wasReset, type VectorHooks, type VectorShape } from './vectorHooks.js'

const NAME = 'RecordVectorEpisodeStatistics'
const schema = z.strictObject({ history: z.int().positive().default(100) })

/**
 * Keeps the returns and lengths of the latest episodes, oldest first, for `findVector`. It counts the rewards that pass through it: put it
 * inside wrappers that change the reward to record the environments' own. An episode broken off by a reset is not counted.
 *
 * @example
 * ```ts
 * const vec = wrapVector(new SyncVectorEnv([() => new CartPoleEnv(), () => new CartPoleEnv()]), recordVectorEpisodeStatistics())
 * vec.reset({ seed: 1 })
 * for (let t = 0; t < 100; t++) vec.step(vec.sampleActions())
 * console.log(findVector(vec, recordVectorEpisodeStatistics)?.returns)
 * ```
 * @throws Bl1Error `parameter/invalid`, `parameter/unknown`
 */
export const recordVectorEpisodeStatistics = defineWrapper(NAME, (options: RecordEpisodeStatisticsOptions = {}) => {
  const { history } = readParameters(schema, options, NAME)
  return <OS extends Space, AS extends Space, I extends Info>({ count }: VectorShape<OS, AS, I>): VectorHooks<OS, I> & EpisodeHistory => {
    const sums = new Float64Array(count)
    const steps = new Uint32Array(count)
    const returns: number[] = []
    const lengths: number[] = []
    let episodes = 0
    const begin = (i: number): void => {
      sums[i] = 0
      steps[i] = 0
    }
    const end = (i: number): void => {
      episodes++
      if (returns.push(sums[i]) > history) returns.shift()
      if (lengths.push(steps[i]) > history) lengths.shift()
      begin(i)
    }
    return {
      wrapper: { name: NAME, options: { history } },
      returns,
      lengths,
      get episodes() {
        return episodes
      },
      onReset: (reset, resetOptions) => {
        for (let i = 0; i < count; i++) if (wasReset(resetOptions, i)) begin(i)
        return reset
      },
      onStep: (step) => {
        for (let i = 0; i < count; i++) {
          sums[i] += step.rewards[i]
          steps[i]++
          if (step.terminated[i] === 1 || step.truncated[i] === 1) end(i)
        }
        return step
      },
    }
  }
})
