/** Makes and compares the environments that go into one vector. */
import type { AnyEnv, EnvSpec } from '../env/index.js'
import { Bl1Error } from '../errors.js'

/** What makes an environment, or one that is there already. */
export type EnvSource<E extends AnyEnv> = E | (() => E)

const refuse = (expected: string, received: string): never => {
  throw new Bl1Error('vector/envs', { expected, received })
}

const requireAlike = (envs: readonly AnyEnv[], sync: boolean): void => {
  if (envs.length === 0) refuse('one environment or more', 'none')
  if (new Set(envs).size < envs.length) refuse('environments that are each used once', 'the same one several times')
  const [first] = envs
  envs.forEach((env, i) => {
    const kind = sync ? "environments that step at once ('sync: true')" : "environments that answer later ('sync: false', see toAsync)"
    if (env.sync !== sync) refuse(kind, `another kind at ${i}`)
    for (const name of ['observationSpace', 'actionSpace'] as const) {
      if (!env[name].equals(first[name])) refuse(`equal spaces: ${name} ${JSON.stringify(first[name])}`, `${JSON.stringify(env[name])} at ${i}`)
    }
  })
}

/**
 * The environments, all made and alike. Where that fails, those made here are closed again.
 * @throws Bl1Error `vector/envs`, and what making one throws
 */
export const gather = <E extends AnyEnv>(sources: readonly EnvSource<E>[], sync: boolean): E[] => {
  const made: E[] = []
  try {
    const envs = sources.map((source) => {
      if (typeof source !== 'function') return source
      made.push(source())
      return made[made.length - 1]
    })
    requireAlike(envs, sync)
    return envs
  } catch (error) {
    // What failed is the news; closing is a courtesy.
    for (const env of made) void (async () => env.close())().catch(() => undefined)
    throw error
  }
}

/** The spec of all, if it is the same. */
export const commonSpec = (envs: readonly AnyEnv[]): EnvSpec | undefined => {
  const text = JSON.stringify(envs[0].spec)
  return envs.every((env) => JSON.stringify(env.spec) === text) ? envs[0].spec : undefined
}
