/** Programs that step many environments at once, which reset themselves at ends of episodes. */
import { Rng } from '../../rng.js'
import type { AnyVectorEnv, VectorStep } from '../../vector/index.js'
import { timed, timedAsync, type Program } from './program.js'

/** Batches of actions drawn beforehand; a power of two. */
const BATCHES = 256

const countEnds = ({ terminated, truncated }: Pick<VectorStep, 'terminated' | 'truncated'>): number => {
  let ends = 0
  for (let i = 0; i < terminated.length; i++) if ((terminated[i] | truncated[i]) !== 0) ends++
  return ends
}

/**
 * Resets `env` with the seed and returns the program that steps it with random actions. Its steps are those of single environments,
 * rounded up to whole steps of the vector.
 */
export const vectorStepProgram = async (env: AnyVectorEnv, seed: number): Promise<Program> => {
  const rng = Rng.fromSeed(seed).split('actions')
  const batches = Array.from({ length: BATCHES }, () => Array.from({ length: env.count }, () => env.singleActionSpace.sample(rng)))
  await env.reset({ seed })
  const turnsOf = (steps: number): number => Math.ceil(steps / env.count)
  if (env.sync) {
    return (steps) =>
      timed(turnsOf(steps) * env.count, () => {
        let ends = 0
        for (let turn = 0; turn < turnsOf(steps); turn++) ends += countEnds(env.step(batches[turn & (BATCHES - 1)]))
        return ends
      })
  }
  return (steps) =>
    timedAsync(turnsOf(steps) * env.count, async () => {
      let ends = 0
      for (let turn = 0; turn < turnsOf(steps); turn++) ends += countEnds(await env.step(batches[turn & (BATCHES - 1)]))
      return ends
    })
}
