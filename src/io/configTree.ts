/**
 * A config file as a tree that remembers where every key stood: what lets an error name file, line and column, and lets
 * `bl1 config` say where each value came from.
 */
import { Alias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Node } from 'yaml'
import { Bl1Error } from '../errors.js'

/** Where a node stands, in two wordings. */
export interface Place {
  /** For messages: `configs/pong.yaml:12:5`, or the name of a command-line option. */
  readonly where: string
  /** For tables: `pong.yaml:12`, or the name of a command-line option. */
  readonly origin: string
}

/** A piece of a config: groups, lists and single values, each with the place of its key. */
export type ConfigNode = ConfigMap | ConfigList | ConfigScalar
export interface ConfigMap {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, ConfigNode>
  readonly place: Place
}
export interface ConfigList {
  readonly kind: 'list'
  readonly items: readonly ConfigNode[]
  readonly place: Place
}
export interface ConfigScalar {
  readonly kind: 'scalar'
  readonly value: unknown
  readonly place: Place
}

/** Aliases can make a few lines expand to billions of nodes; no honest config comes near this many. */
const NODE_LIMIT = 20_000
const DEPTH_LIMIT = 40

/** The names a file goes by. */
export interface ConfigFileNames {
  /** As the user wrote it, for messages. */
  readonly file: string
  /** Relative to the folder of the first config, for tables. */
  readonly label: string
}

/**
 * Parses YAML 1.2 or JSON.
 * @throws Bl1Error `config/syntax` with line and column (bad syntax, duplicate keys, tabs, unknown tags and aliases, several
 * documents), `config/too-large`, `config/empty`
 */
export const parseConfig = (text: string, { file, label }: ConfigFileNames): ConfigMap => {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { where: `${file}:${line}:${col}`, origin: `${label}:${line}` }
  }
  const refuse = (offset: number, reason: string): never => {
    throw new Bl1Error('config/syntax', { where: placeAt(offset).where, reason })
  }

  // An unknown tag is only a warning to the parser, but the value it was meant to make is not there.
  const [problem] = [...document.errors, ...document.warnings]
  if (problem !== undefined) refuse(problem.pos[0], problem.message)

  let budget = NODE_LIMIT
  const read = (node: Node | null, offset: number, depth: number): ConfigNode => {
    const place = placeAt(offset)
    if (--budget < 0 || depth > DEPTH_LIMIT) {
      throw new Bl1Error('config/too-large', budget < 0
        ? { file, what: 'values', limit: NODE_LIMIT }
        : { file, what: 'levels', limit: DEPTH_LIMIT })
    }
    if (node instanceof Alias) {
      const target = node.resolve(document) ?? refuse(offset, `no anchor '&${node.source}' stands before '*${node.source}'`)
      return read(target, offset, depth + 1)
    }
    if (isSeq<Node | null>(node)) {
      return { kind: 'list', items: node.items.map((item) => read(item, item?.range?.[0] ?? offset, depth + 1)), place }
    }
    if (isMap<Node, Node | null>(node)) {
      const entries = new Map<string, ConfigNode>()
      for (const { key, value } of node.items) {
        const keyOffset = key.range?.[0] ?? offset
        if (!isScalar(key)) return refuse(keyOffset, 'a key must be a single word')
        entries.set(String(key.value), read(value, keyOffset, depth + 1))
      }
      return { kind: 'map', entries, place }
    }
    return { kind: 'scalar', value: isScalar(node) ? node.value : null, place }
  }

  const { contents } = document
  if (contents === null || (isScalar(contents) && contents.value === null)) throw new Bl1Error('config/empty', { file })
  const root = read(contents, contents.range?.[0] ?? 0, 0)
  return root.kind === 'map' ? root : refuse(0, 'a config is keys with values, such as `minutes: 20`')
}

/** A value that came from elsewhere than a file: every part of it stands at `place`. */
export const nodeOf = (value: unknown, place: Place): ConfigNode => {
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => nodeOf(item, place)), place }
  if (typeof value === 'object' && value !== null) {
    return { kind: 'map', entries: new Map(Object.entries(value).map(([key, part]) => [key, nodeOf(part, place)])), place }
  }
  return { kind: 'scalar', value, place }
}

/** `over` laid over `base`: groups are joined key by key, anything else is replaced. */
export const mergeNodes = (base: ConfigNode, over: ConfigNode): ConfigNode => {
  if (base.kind !== 'map' || over.kind !== 'map') return over
  const entries = new Map(base.entries)
  for (const [key, node] of over.entries) {
    const below = entries.get(key)
    entries.set(key, below === undefined ? node : mergeNodes(below, node))
  }
  return { kind: 'map', entries, place: over.place }
}

/** The value alone, without places. */
export const plainValue = (node: ConfigNode): unknown => {
  switch (node.kind) {
    case 'scalar':
      return node.value
    case 'list':
      return node.items.map(plainValue)
    case 'map':
      return Object.fromEntries([...node.entries].map(([key, part]) => [key, plainValue(part)]))
  }
}

/** Follows a dotted path as far as the tree goes. A key may itself contain dots: the longest key that fits is taken. */
export const locate = (node: ConfigNode, path: string): { readonly node: ConfigNode; readonly complete: boolean } => {
  if (path === '') return { node, complete: true }
  const segments = path.split('.')
  for (let length = segments.length; length > 0; length--) {
    const key = segments.slice(0, length).join('.')
    const next = node.kind === 'map' ? node.entries.get(key) : node.kind === 'list' ? node.items[Number(key)] : undefined
    if (next !== undefined) return locate(next, segments.slice(length).join('.'))
  }
  return { node, complete: false }
}
