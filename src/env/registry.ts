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
import { Bl1Error } from '../errors.js'
import { requireSettings, requireSpec } from './construct.js'
import { describe } from '../describe.js'
import { parseId, unknownId } from './envId.js'
import type { JsonObject } from '../json.js'
import type { AnyEnv, AsyncEnv, Env, EnvSettings, EnvSpec } from './types.js'
import { applyWrappers } from './wrapperRegistry.js'

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
  /** Fetches the builder: called at the first `make`, not before. A builder may promise its environment: a child process has to start. */
  readonly load: () => Promise<EnvBuilder<EnvOf<Id> | Promise<EnvOf<Id>>>>
}

interface Registered {
  readonly load: () => Promise<EnvBuilder<unknown>>
  readonly settings: EnvSettings
}

/** How `make` makes, beside the settings that the environment itself is told of. */
export interface MakeSettings extends EnvSettings {
  /** Puts PassiveEnvChecker around it (`bl1/wrappers`): every reset and step is checked against the contract. @default false */
  readonly check?: boolean
}

/** What a wrapper leaves of an environment's type: its kind, spaces and infos. */
export type Checked<E> =
  E extends Env<infer OS, infer AS, infer I>
    ? Env<OS, AS, I>
    : E extends AsyncEnv<infer OS, infer AS, infer I>
      ? AsyncEnv<OS, AS, I>
      : never

const registered = new Map<string, Registered>()

const settingsOf = ({ maxEpisodeSteps, nondeterministic, rewardThreshold }: EnvSettings): EnvSettings => ({
  ...(maxEpisodeSteps === undefined ? {} : { maxEpisodeSteps }),
  ...(nondeterministic === undefined ? {} : { nondeterministic }),
  ...(rewardThreshold === undefined ? {} : { rewardThreshold }),
})

/** Adds an environment. @throws Bl1Error `env/id` for a malformed id, `env/duplicate` for one that is taken */
export const register = <Id extends EnvId>(entry: EnvEntry<Id>): void => {
  parseId(entry.id)
  if (registered.has(entry.id)) throw new Bl1Error('env/duplicate', { id: entry.id })
  requireSettings(entry)
  registered.set(entry.id, { load: entry.load, settings: settingsOf(entry) })
}

/** The ids registered so far, sorted; with a namespace, only those in it. */
export const registeredIds = (namespace?: string): string[] => {
  const ids = [...registered.keys()].sort()
  return namespace === undefined ? ids : ids.filter((id) => parseId(id).namespace === namespace)
}

/** Whether `make` knows this id. */
export const isRegistered = (id: string): boolean => registered.has(id)

const lookUp = (id: string): Registered => {
  const entry = registered.get(id)
  if (entry === undefined) throw unknownId(id, registeredIds())
  return entry
}

/**
 * The spec of a registered id with no options set: what `make` takes where the id is not known before the program runs.
 * @throws Bl1Error `env/unknown`, `env/namespace`, `env/version`, `env/id`
 */
export const registeredSpec = (id: string): EnvSpec => ({ id, options: {}, ...lookUp(id).settings })

/**
 * Makes an environment: by id with typed options, or exactly as a spec says, wrappers included.
 * Asynchronous once, as the module may have to be loaded; what it returns steps at once or not, as its type says.
 * @param settings overrides what the environment was registered with, for example `{ maxEpisodeSteps: 1000 }`
 * @throws Bl1Error `env/unknown` (with the nearest id), `env/namespace`, `env/version`, `env/spec`, `env/wrapper-unknown`, and whatever
 * the environment says about its options
 */
export function make<Id extends EnvId>(id: Id, options?: OptionsOf<Id>, settings?: EnvSettings): Promise<EnvOf<Id>>
export function make<Id extends EnvId>(
  id: Id,
  options: OptionsOf<Id> | undefined,
  settings: MakeSettings & { readonly check: true },
): Promise<Checked<EnvOf<Id>>>
export function make(spec: EnvSpec): Promise<AnyEnv>
export async function make(idOrSpec: string | EnvSpec, options?: unknown, settings?: MakeSettings): Promise<unknown> {
  if (typeof idOrSpec === 'string') {
    const entry = lookUp(idOrSpec)
    const build = await entry.load()
    const env = await build(options ?? {}, { ...entry.settings, ...settingsOf(settings ?? {}) })
    return settings?.check === true ? applyWrappers(requireEnv(idOrSpec, env), [{ name: 'PassiveEnvChecker', options: {} }]) : env
  }
  requireSpec(idOrSpec)
  const build = await lookUp(idOrSpec.id).load()
  const env = requireEnv(idOrSpec.id, await build(idOrSpec.options, settingsOf(idOrSpec)))
  // A builder may have put some of the wrappers on already: those at the beginning of the spec.
  return applyWrappers(env, (idOrSpec.wrappers ?? []).slice(env.spec.wrappers?.length ?? 0))
}

const isEnv = (x: unknown): x is AnyEnv => typeof x === 'object' && x !== null && 'spec' in x && 'step' in x && 'sync' in x

const requireEnv = (id: string, built: unknown): AnyEnv => {
  if (isEnv(built)) return built
  throw new Bl1Error('env/spec', { expected: `a builder that returns an environment for '${id}'`, received: describe(built) })
}

/** The spec an environment's constructor stores: its id, all its options as plain JSON, and the registry's settings. */
export const specOf = (id: string, options: JsonObject, settings: EnvSettings): EnvSpec => ({ id, options, ...settingsOf(settings) })
