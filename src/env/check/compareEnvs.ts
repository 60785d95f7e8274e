/** Plays two environments side by side: is the new one the same as the old one? */
import { field } from '../../spaces/field.js'
import { isOver, type AnyEnv } from '../types.js'
import { difference, type Difference } from './difference.js'
import { sampleActions } from './session.js'
import { SPACES } from './spaces.js'

/** How {@link compareEnvs} plays. */
export interface CompareEnvsOptions {
  /** Steps of play, over as many episodes as fit. @default 1000 */
  readonly steps?: number
  /** The seed of the first episode; the next ones have the numbers after it. @default 123 */
  readonly seed?: number
  /** How far two numbers may lie apart. @default 0: the same to the last bit */
  readonly tolerance?: number
  /** Whether infos are compared too. @default true */
  readonly infos?: boolean
}

/** Where two environments differ first. */
export interface EnvDifference extends Difference {
  /** 0 for the first episode. */
  readonly episode: number
  /** Steps into the episode: 0 for its reset, and for what is there before any. */
  readonly step: number
}

const DEFAULT_STEPS = 1000
const DEFAULT_SEED = 123

/** What is compared of a result and of what is shown after it. */
const seen = async (env: AnyEnv, result: unknown, { infos = true }: CompareEnvsOptions, isRendered: boolean): Promise<unknown> => ({
  observation: field(result, 'observation'),
  reward: field(result, 'reward'),
  terminated: field(result, 'terminated'),
  truncated: field(result, 'truncated'),
  info: infos ? field(result, 'info') : undefined,
  rendered: isRendered ? await env.render() : undefined,
})

/**
 * Plays both environments, of either kind, with the same seeds and actions, and compares spaces, observations, rewards, flags, infos and,
 * where both have the same render mode, what they show.
 *
 * @example
 * ```ts
 * const found = await compareEnvs(new PongEnv(), await make('Pong-v0'), { steps: 5000, seed: 7 })
 * if (found !== undefined) console.log(`they differ at step ${found.step}, in ${found.path}`)
 * ```
 * @returns the first difference; undefined where there is none
 * @throws what the environments throw
 */
export const compareEnvs = async (a: AnyEnv, b: AnyEnv, options: CompareEnvsOptions = {}): Promise<EnvDifference | undefined> => {
  const { steps = DEFAULT_STEPS, seed = DEFAULT_SEED, tolerance = 0 } = options
  for (const path of SPACES) {
    const found = difference(a[path].toJSON(), b[path].toJSON(), tolerance)
    if (found !== undefined) return { ...found, path: `${path}.${found.path}`, episode: 0, step: 0 }
  }
  const isRendered = a.renderMode !== undefined && a.renderMode === b.renderMode
  const compare = async (ofA: unknown, ofB: unknown): Promise<Difference | undefined> =>
    difference(await seen(a, ofA, options, isRendered), await seen(b, ofB, options, isRendered), tolerance)
  const actions = sampleActions(a.actionSpace, steps)
  let taken = 0
  for (let episode = 0; taken < steps; episode++) {
    const start = { seed: seed + episode }
    let found = await compare(await a.reset(start), await b.reset(start))
    if (found !== undefined) return { ...found, episode, step: 0 }
    let over = false
    for (let step = 1; !over && taken < steps; step++) {
      const action = actions[taken++]
      const result = await a.step(action)
      found = await compare(result, await b.step(action))
      if (found !== undefined) return { ...found, episode, step }
      over = isOver(result)
    }
  }
  return undefined
}
