/**
 * The registry: environments by id, loaded when first made.
 *
 * Ids and options are typed by declaration merging. A module that registers an environment says so to the compiler:
 *
 * ```ts
 * declare module 'bl1/env' {
 *   interface EnvRegistry { 'Maze-v0': { env: MazeEnv; options: MazeOptions } }
 * }
 * register({ id: 'Maze-v0', load: async () => (await import('./maze.js')).buildMaze })
 * const maze = await make('Maze-v0', { rooms: 4 }) // a MazeEnv
 * ```
 */
import { closest } from 'fastest-levenshtein'
import { Bl1Error } from '../errors.js'
import type { JsonObject } from './json.js'
import type { AnyEnv, EnvSettings, EnvSpec } from './types.js'

/** Which ids exist, with their environments and options. Merged into by the modules that register. */
export interface EnvRegistry {}

/** A registered id. */
export type EnvId = keyof EnvRegistry & string
/** The environment behind an id. */
export type EnvOf<Id extends EnvId> = EnvRegistry[Id] extends { readonly env: infer E } ? E : never
/** The options of the environment behind an id. */
export type OptionsOf<Id extends EnvId> = EnvRegistry[Id] extends { readonly options: infer O } ? O : never

/** Builds an environment. `options` may come from a file: the builder validates them. */
export type EnvBuilder<E> = (options: unknown, settings: EnvSettings) => E

/** What `register` takes. */
export interface EnvEntry<Id extends EnvId> extends EnvSettings {
  /** `[namespace/]Name[-vN]` */
  readonly id: Id
  /** Fetches the builder: called at the first `make`, not before. */
  readonly load: () => Promise<EnvBuilder<EnvOf<Id>>>
}

interface Registered {
  readonly load: () => Promise<EnvBuilder<unknown>>
  readonly settings: EnvSettings
}

const registered = new Map<string, Registered>()
const ID = /^(?:[\w.-]+\/)?[A-Za-z][\w.]*(?:-[A-Za-z][\w.]*)*(?:-v\d+)?$/

const settingsOf = ({ maxEpisodeSteps, nondeterministic }: EnvSettings): EnvSettings => ({
  ...(maxEpisodeSteps === undefined ? {} : { maxEpisodeSteps }),
  ...(nondeterministic === undefined ? {} : { nondeterministic }),
})

/** Adds an environment. @throws Bl1Error `env/id` for a malformed id, `env/duplicate` for one that is taken */
export const register = <Id extends EnvId>(entry: EnvEntry<Id>): void => {
  if (!ID.test(entry.id)) throw new Bl1Error('env/id', { id: entry.id })
  if (registered.has(entry.id)) throw new Bl1Error('env/duplicate', { id: entry.id })
  registered.set(entry.id, { load: entry.load, settings: settingsOf(entry) })
}

/** The ids registered so far, sorted. */
export const registeredIds = (): string[] => [...registered.keys()].sort()

/** Whether `make` knows this id. */
export const isRegistered = (id: string): boolean => registered.has(id)

const lookUp = (id: string): Registered => {
  const entry = registered.get(id)
  if (entry !== undefined) return entry
  const known = registeredIds()
  throw new Bl1Error('env/unknown', { id, known, suggestion: known.length > 0 ? closest(id, known) : undefined })
}

/**
 * Makes an environment: by id with typed options, or exactly as a spec says.
 * Asynchronous once, as the module may have to be loaded; what it returns steps at once or not, as its type says.
 * @param settings overrides what the environment was registered with, for example `{ maxEpisodeSteps: 1000 }`
 * @throws Bl1Error `env/unknown` with the nearest id, and whatever the environment says about its options
 */
export function make<Id extends EnvId>(id: Id, options?: OptionsOf<Id>, settings?: EnvSettings): Promise<EnvOf<Id>>
export function make(spec: EnvSpec): Promise<AnyEnv>
export async function make(idOrSpec: string | EnvSpec, options?: unknown, settings?: EnvSettings): Promise<unknown> {
  if (typeof idOrSpec === 'string') {
    const entry = lookUp(idOrSpec)
    const build = await entry.load()
    return build(options ?? {}, { ...entry.settings, ...settings })
  }
  const build = await lookUp(idOrSpec.id).load()
  return build(idOrSpec.options, settingsOf(idOrSpec))
}

/** The spec an environment's constructor stores: its id, all its options as plain JSON, and the registry's settings. */
export const specOf = (id: string, options: JsonObject, settings: EnvSettings): EnvSpec => ({ id, options, ...settingsOf(settings) })
