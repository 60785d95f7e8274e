/** Rebuilds a space from its JSON: one line a kind. */
import { closest } from 'fastest-levenshtein'
import { Bl1Error } from '../errors.js'
import { Box } from './box.js'
import { Dict } from './dict.js'
import { Discrete } from './discrete.js'
import { field } from './field.js'
import { Graph } from './graph.js'
import { MultiBinary } from './multiBinary.js'
import { MultiDiscrete } from './multiDiscrete.js'
import { OneOf } from './oneOf.js'
import type { SpaceReader } from './parseJson.js'
import { Sequence } from './sequence.js'
import type { Space } from './space.js'
import { Text } from './text.js'
import { Tuple } from './tuple.js'

/** Builds a space of one kind from its JSON; `read` builds the spaces inside it. */
export type KindReader = (json: unknown, read: SpaceReader) => Space

const readers = new Map<string, KindReader>([
  ['Box', (json) => Box.fromJSON(json)],
  ['Discrete', (json) => Discrete.fromJSON(json)],
  ['MultiDiscrete', (json) => MultiDiscrete.fromJSON(json)],
  ['MultiBinary', (json) => MultiBinary.fromJSON(json)],
  ['Dict', (json, read) => Dict.fromJSON(json, read)],
  ['Tuple', (json, read) => Tuple.fromJSON(json, read)],
  ['Text', (json) => Text.fromJSON(json)],
  ['Sequence', (json, read) => Sequence.fromJSON(json, read)],
  ['OneOf', (json, read) => OneOf.fromJSON(json, read)],
  ['Graph', (json, read) => Graph.fromJSON(json, read)],
])

/**
 * Makes `spaceFromJSON` know a kind of your own.
 *
 * @example
 * ```ts
 * class Even extends Space<number> {
 *   readonly kind = 'Even'
 *   contains(x: unknown): x is number { return typeof x === 'number' && x % 2 === 0 }
 *   sample(rng: Rng) { return 2 * rng.integer(100) }
 *   toJSON() { return { kind: this.kind } }
 * }
 * registerSpace('Even', () => new Even())
 * console.log(spaceFromJSON({ kind: 'Even' }).contains(4)) // true
 * ```
 * @param kind what `space.toJSON().kind` says
 * @throws Bl1Error `space/kind` for a kind that is known already
 */
export const registerSpace = (kind: string, read: KindReader): void => {
  if (readers.has(kind)) throw new Bl1Error('space/kind', { kind })
  readers.set(kind, read)
}

/**
 * The space that `space.toJSON()` described.
 * @throws Bl1Error `space/json` for an unknown kind or fields that do not fit it; the kind's own codes for impossible values
 */
export const spaceFromJSON = (json: unknown): Space => {
  const kind = field(json, 'kind')
  if (typeof kind !== 'string') throw new Bl1Error('space/json', { reason: 'it has no kind' })
  const read = readers.get(kind)
  if (read === undefined) {
    const known = [...readers.keys()]
    const reason = `kind '${kind}' is not one of ${known.join(', ')}; did you mean '${closest(kind, known)}'?`
    throw new Bl1Error('space/json', { reason })
  }
  return read(json, spaceFromJSON)
}
