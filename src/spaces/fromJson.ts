/** Rebuilds a space from its JSON: one line a kind. */
import { closest } from 'fastest-levenshtein'
import { Bl1Error } from '../errors.js'
import { Box } from './box.js'
import { Discrete } from './discrete.js'
import type { Space } from './space.js'

const readers = new Map<string, (json: unknown) => Space>([
  ['Box', (json) => Box.fromJSON(json)],
  ['Discrete', (json) => Discrete.fromJSON(json)],
])

/**
 * The space that `space.toJSON()` described.
 * @throws Bl1Error `space/json` for an unknown kind or fields that do not fit it; the kind's own codes for impossible values
 */
export const spaceFromJSON = (json: unknown): Space => {
  const kind: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'kind') : undefined
  if (typeof kind !== 'string') throw new Bl1Error('space/json', { reason: 'it has no kind' })
  const read = readers.get(kind)
  if (read === undefined) {
    const known = [...readers.keys()]
    const reason = `kind '${kind}' is not one of ${known.join(', ')}; did you mean '${closest(kind, known)}'?`
    throw new Bl1Error('space/json', { reason })
  }
  return read(json)
}
