/** Records what an environment does, copied, so that two runs can be compared. */
import { isOver, type AnyEnv } from '../types.js'

/** The copied results of a stretch of one episode. */
export const traceSteps = async (env: AnyEnv, actions: readonly unknown[]): Promise<unknown[]> => {
  const steps: unknown[] = []
  for (const action of actions) {
    const step = await env.step(action)
    steps.push(structuredClone(step))
    if (isOver(step)) break
  }
  return steps
}

/** The copied results of one episode from its reset on, up to its end or the last action. */
export const traceEpisode = async (env: AnyEnv, seed: number | undefined, actions: readonly unknown[]): Promise<unknown[]> => {
  const start = structuredClone(await env.reset(seed === undefined ? {} : { seed }))
  return [start, ...(await traceSteps(env, actions))]
}
