/** Programs that step environments: random actions drawn beforehand, a reset at every end of an episode. */
import { isOver, type AnyEnv, type AsyncEnv, type Env } from '../../env/index.js'
import { Rng } from '../../rng.js'
import { timed, timedAsync, type Program } from './program.js'

/** Actions drawn beforehand and taken round and round; a power of two. */
const ACTIONS = 4096

/** Members of the action space, drawn from the seed's stream `actions`. */
const drawActions = ({ actionSpace }: AnyEnv, seed: number): unknown[] => {
  const rng = Rng.fromSeed(seed).split('actions')
  return Array.from({ length: ACTIONS }, () => actionSpace.sample(rng))
}

const stepSync = (env: Env, actions: readonly unknown[], steps: number): number => {
  let resets = 0
  for (let i = 0; i < steps; i++) {
    if (!isOver(env.step(actions[i & (ACTIONS - 1)]))) continue
    env.reset()
    resets++
  }
  return resets
}

const stepAsync = async (env: AsyncEnv, actions: readonly unknown[], steps: number): Promise<number> => {
  let resets = 0
  for (let i = 0; i < steps; i++) {
    if (!isOver(await env.step(actions[i & (ACTIONS - 1)]))) continue
    await env.reset()
    resets++
  }
  return resets
}

/**
 * Resets `env` with the seed and returns the program that steps it.
 * @throws Bl1Error `rng/seed`, and what the environment throws
 */
export const stepProgram = async (env: AnyEnv, seed: number): Promise<Program> => {
  const actions = drawActions(env, seed)
  await env.reset({ seed })
  if (env.sync) return (steps) => timed(steps, () => stepSync(env, actions, steps))
  return (steps) => timedAsync(steps, () => stepAsync(env, actions, steps))
}
