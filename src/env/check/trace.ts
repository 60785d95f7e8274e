/** Records what an environment does, copied, so that two runs can be compared. */
import { isOver, type AnyEnv } from '../types.js'

/** Done between two steps, for example rendering. It must not change what follows. */
export type Meanwhile = (observation: unknown) => unknown

/** The copied results of a stretch of one episode. */
export const traceSteps = async (env: AnyEnv, actions: readonly unknown[], meanwhile?: Meanwhile): Promise<unknown[]> => {
  const steps: unknown[] = []
  for (const action of actions) {
    const step = await env.step(action)
    steps.push(structuredClone(step))
    await meanwhile?.(step.observation)
    if (isOver(step)) break
  }
  return steps
}

/** The copied results of one episode from its reset on, up to its end or the last action. */
export const traceEpisode = async (
  env: AnyEnv,
  seed: number | undefined,
  actions: readonly unknown[],
  meanwhile?: Meanwhile,
): Promise<unknown[]> => {
  const start = await env.reset(seed === undefined ? {} : { seed })
  const copy = structuredClone(start)
  await meanwhile?.(start.observation)
  return [copy, ...(await traceSteps(env, actions, meanwhile))]
}
