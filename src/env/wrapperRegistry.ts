/** Wrappers by name, loaded when a spec first asks for them. */
import { closest } from 'fastest-levenshtein'
import { Bl1Error } from '../errors.js'
import type { AnyHooks, EnvShape } from './hooks.js'
import type { AnyEnv, WrapperSpec } from './types.js'
import { wrap } from './wrap.js'

/** A function that makes wrappers. Its options and the environment may come from a file: it validates them, spaces included. */
export type WrapperBuilder = (options: never) => (env: never) => AnyHooks

/** What `registerWrapper` takes. */
export interface WrapperEntry {
  /** The name in specs: 'TimeLimit'. */
  readonly name: string
  /** Fetches the wrapper: called when the first spec names it, not before. */
  readonly load: () => Promise<WrapperBuilder>
}

const registered = new Map<string, () => Promise<WrapperBuilder>>()

/** Adds a wrapper, so that `make(spec)` can rebuild it. @throws Bl1Error `env/wrapper-duplicate` */
export const registerWrapper = ({ name, load }: WrapperEntry): void => {
  if (registered.has(name)) throw new Bl1Error('env/wrapper-duplicate', { name })
  registered.set(name, load)
}

/** The names registered so far, sorted. */
export const registeredWrappers = (): string[] => [...registered.keys()].sort()

/** Whether `make` can rebuild this wrapper. */
export const isRegisteredWrapper = (name: string): boolean => registered.has(name)

const lookUp = (name: string): (() => Promise<WrapperBuilder>) => {
  const load = registered.get(name)
  if (load !== undefined) return load
  const known = registeredWrappers()
  throw new Bl1Error('env/wrapper-unknown', { name, known, suggestion: known.length > 0 ? closest(name, known) : undefined })
}

const wrapAny = (env: AnyEnv, wrapper: (env: EnvShape) => AnyHooks): AnyEnv => (env.sync ? wrap(env, wrapper) : wrap(env, wrapper))

/**
 * Puts the wrappers of a spec around an environment, from the inside out. Closes it where that fails, as nobody else has it yet.
 * @throws Bl1Error `env/wrapper-unknown` with the nearest name
 */
export const applyWrappers = async (env: AnyEnv, wrappers: readonly WrapperSpec[]): Promise<AnyEnv> => {
  let wrapped = env
  try {
    for (const { name, options } of wrappers) {
      const build = await lookUp(name)()
      // The compiler cannot know the options and the spaces in a file; the wrapper validates them.
      wrapped = wrapAny(wrapped, build(options as never) as (env: EnvShape) => AnyHooks)
    }
  } catch (error) {
    await wrapped.close()
    throw error
  }
  return wrapped
}
