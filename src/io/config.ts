/** Configs: a YAML or JSON file, the files it extends and the command line, made into one checked record that knows where it came from. */
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, relative, resolve } from 'node:path'
import { closest, distance } from 'fastest-levenshtein'
import type { z } from 'zod'
import { Bl1Error } from '../errors.js'
import { readParameters } from '../parameters.js'
import type { ConfigMap, ConfigNode } from './configTree.js'
import { locate, mergeNodes, nodeOf, parseConfig, plainValue } from './configTree.js'
import { reasonOf } from './reasonOf.js'

/** A value that outranks the file: an option of the command line. */
export interface ConfigOverride {
  /** Dotted path of the key: `culture.neurons`. */
  readonly path: string
  /** `undefined` means that the option was not given: the override is skipped. */
  readonly value: unknown
  /** How the user wrote it: `--neurons`. */
  readonly origin: string
}

/** A config that was read and checked. */
export interface ResolvedConfig<Config> {
  readonly config: Config
  /** Dotted path of every value -> 'default', 'pong-quick.yaml:12' (file and line) or '--minutes'. */
  readonly origins: Readonly<Record<string, string>>
  /** The file asked for, then the ones it extends, nearest first. */
  readonly files: readonly string[]
}

const SIZE_LIMIT_BYTES = 1_000_000
/** Keys about the file itself, not about the experiment. */
const FILE_KEYS = ['$schema', 'extends']

const nearestConfig = (path: string): string | undefined => {
  try {
    const names = readdirSync(dirname(path)).filter((name) => /\.(ya?ml|json)$/.test(name))
    const nearest = names.length > 0 ? closest(basename(path), names) : undefined
    return nearest !== undefined && distance(nearest, basename(path)) <= basename(path).length / 2 ? nearest : undefined
  } catch {
    return undefined
  }
}

const readText = (path: string, file: string): string => {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) throw new Bl1Error('config/missing', { file, suggestion: nearestConfig(path) })
  if (stat.isDirectory()) throw new Bl1Error('config/unreadable', { file, reason: 'it is a folder' })
  if (!stat.isFile()) throw new Bl1Error('config/unreadable', { file, reason: 'it is not a regular file' })
  if (stat.size > SIZE_LIMIT_BYTES) throw new Bl1Error('config/too-large', { file, what: 'bytes', limit: SIZE_LIMIT_BYTES })
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
    if (!text.includes('\0')) return text
  } catch (error) {
    if (!(error instanceof TypeError)) throw new Bl1Error('config/unreadable', { file, reason: reasonOf(error) }, { cause: error })
  }
  throw new Bl1Error('config/unreadable', { file, reason: 'it is not UTF-8 text' })
}

/** Reads a file and, under it, the file it extends. */
const readChain = (file: string, home: string, above: readonly string[]): { tree: ConfigMap; files: string[] } => {
  const path = resolve(file)
  const text = readText(path, file)
  const real = realpathSync(path)
  if (above.includes(real)) {
    throw new Bl1Error('config/extends-cycle', { files: [...above.slice(above.indexOf(real)), real].map((one) => relative(home, one)) })
  }
  const whole = parseConfig(text, { file, label: relative(home, path) })
  const tree: ConfigMap = { ...whole, entries: new Map([...whole.entries].filter(([key]) => !FILE_KEYS.includes(key))) }
  const extended = whole.entries.get('extends')
  if (extended === undefined) return { tree, files: [file] }

  const target = plainValue(extended)
  if (typeof target !== 'string' || target === '') {
    throw new Bl1Error('config/extends', { where: extended.place.where, received: JSON.stringify(target) })
  }
  const base = readChain(relative('', resolve(dirname(path), target)), home, [...above, real])
  const merged = mergeNodes(base.tree, tree)
  return { tree: merged.kind === 'map' ? merged : tree, files: [file, ...base.files] }
}

/** Lays one value at a dotted path. Where a value stands in the place of a group, it stays, and validation names it. */
const applyOverride = (node: ConfigNode, path: readonly string[], over: ConfigNode): ConfigNode => {
  const [key, ...rest] = path
  if (key === undefined) return over
  if (node.kind !== 'map') return node
  const below = node.entries.get(key) ?? { kind: 'map', entries: new Map(), place: over.place }
  return { ...node, entries: new Map(node.entries).set(key, applyOverride(below, rest, over)) }
}

/** Every single value of a config by dotted path; a list of single values counts as one. */
export const leavesOf = (value: unknown, path = ''): [path: string, value: unknown][] => {
  const parts = typeof value === 'object' && value !== null ? Object.entries(value) : []
  const whole = parts.length === 0 || (Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null))
  if (whole) return [[path, value]]
  return parts.flatMap(([key, part]) => leavesOf(part, path === '' ? key : `${path}.${key}`))
}

const originOf = (tree: ConfigNode, path: string): string => {
  const { node, complete } = locate(tree, path)
  return complete || node.kind !== 'map' ? node.place.origin : 'default'
}

/**
 * Reads a config: the file over what it extends, the overrides over both, defaults under all.
 *
 * @param file YAML or JSON. Its `extends` key may name another config, relative to itself; `$schema` is for editors.
 * @param schema a `group` of parameters
 * @throws Bl1Error `config/...` when the file cannot be read; `parameter/unknown` or `parameter/invalid` when a key is wrong, the
 * message opening with `file:line:column`, or with the option it came from
 */
export const loadConfig = <S extends z.ZodType>(
  file: string, schema: S, { overrides = [] }: { readonly overrides?: readonly ConfigOverride[] } = {},
): ResolvedConfig<z.output<S>> => {
  const chain = readChain(file, dirname(resolve(file)), [])
  let tree: ConfigNode = chain.tree
  for (const { path, value, origin } of overrides) {
    if (value !== undefined) tree = applyOverride(tree, path.split('.'), nodeOf(value, { where: origin, origin }))
  }
  const config = readPlaced(schema, tree)
  const origins = Object.fromEntries(leavesOf(config).map(([path]) => [path, originOf(tree, path)]))
  return { config, origins, files: chain.files }
}

/** Validates; an error opens with the place of the key it is about. */
const readPlaced = <S extends z.ZodType>(schema: S, tree: ConfigNode): z.output<S> => {
  try {
    return readParameters(schema, plainValue(tree), tree.place.where)
  } catch (error) {
    if (!(error instanceof Bl1Error)) throw error
    const whereIs = (path: string): string => locate(tree, path).node.place.where
    if (isCode(error, 'parameter/unknown')) throw new Bl1Error(error.code, { ...error.data, where: whereIs(error.data.path) })
    if (isCode(error, 'parameter/invalid')) throw new Bl1Error(error.code, { ...error.data, where: whereIs(error.data.path) })
    throw error
  }
}

const isCode = <C extends Bl1Error['code']>(error: Bl1Error, code: C): error is Bl1Error<C> => error.code === code
