/** Records what each environment of a vector does, copied, and what a single one does, so that runs can be compared. */
import { isOver, type AnyEnv } from '../../env/index.js'
import type { Autoreset, VectorResetOptions } from '../types.js'
import type { AnyVectorEnv } from '../types.js'
import { isOverAt, resetAt, stepAt } from './results.js'
import { indices } from './session.js'

/** Done with each result before the next call. */
export type Meanwhile = (result: unknown) => unknown

/** Plays on, resetting what has ended where the vector does not; adds the copied parts of each environment to its list. */
export const traceOn = async (
  vec: AnyVectorEnv,
  actions: readonly (readonly unknown[])[],
  traces: object[][],
  meanwhile?: Meanwhile,
): Promise<void> => {
  for (const some of actions) {
    const step = await vec.step(some)
    const mask = indices(vec).map((i) => isOverAt(step, i))
    for (const i of indices(vec)) traces[i].push(stepAt(vec, step, i))
    await meanwhile?.(step)
    if (vec.autoreset === 'sameStep' || !mask.includes(true)) continue
    const reset = await vec.reset({ mask })
    for (const i of indices(vec)) if (mask[i]) traces[i].push(resetAt(vec, reset, i))
    await meanwhile?.(reset)
  }
}

/** The copied parts of each environment, from a reset of all on. */
export const traceVector = async (
  vec: AnyVectorEnv,
  start: VectorResetOptions,
  actions: readonly (readonly unknown[])[],
  meanwhile?: Meanwhile,
): Promise<object[][]> => {
  const reset = await vec.reset(start)
  const traces = indices(vec).map((i) => [resetAt(vec, reset, i)])
  await meanwhile?.(reset)
  await traceOn(vec, actions, traces, meanwhile)
  return traces
}

/** The same of a single environment, in the form that a vector's part has. */
export const traceSingle = async (env: AnyEnv, seed: number, actions: readonly unknown[], autoreset: Autoreset): Promise<object[]> => {
  const trace: object[] = [structuredClone(await env.reset({ seed }))]
  for (const action of actions) {
    const step = structuredClone(await env.step(action))
    if (!isOver(step)) {
      trace.push({ ...step, final: undefined })
      continue
    }
    const next = structuredClone(await env.reset())
    const { observation, info } = step
    if (autoreset === 'sameStep') trace.push({ ...step, ...next, final: { observation, info } })
    else trace.push({ ...step, final: undefined }, next)
  }
  return trace
}
