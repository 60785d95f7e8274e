/** The grammar of ids: `[namespace/]Name[-vN]`. */
import { closest } from 'fastest-levenshtein'
import { Bl1Error } from '../errors.js'

const ID = /^(?:(?<namespace>[\w.-]+)\/)?(?<name>[A-Za-z][\w.]*(?:-[A-Za-z][\w.]*)*?)(?:-v(?<version>\d+))?$/

/** The parts of an id. */
export interface IdParts {
  /** '' without one. */
  readonly namespace: string
  readonly name: string
  /** undefined without one. */
  readonly version: number | undefined
}

/** @throws Bl1Error `env/id` for a malformed id */
export const parseId = (id: string): IdParts => {
  const groups = ID.exec(id)?.groups
  if (groups === undefined) throw new Bl1Error('env/id', { id })
  const version = groups['version']
  return { namespace: groups['namespace'] ?? '', name: groups['name'] ?? '', version: version === undefined ? undefined : Number(version) }
}

/** The error for an id that is not among the known ones: it says whether namespace, name or version is the unknown part. */
export const unknownId = (id: string, known: readonly string[]): Bl1Error<'env/unknown' | 'env/namespace' | 'env/version'> => {
  const asked = parseId(id)
  const parts = known.map((other) => ({ id: other, ...parseId(other) }))
  const inNamespace = parts.filter(({ namespace }) => namespace === asked.namespace)
  const namespaces = [...new Set(parts.flatMap(({ namespace }) => (namespace === '' ? [] : [namespace])))]
  if (inNamespace.length === 0 && asked.namespace !== '') {
    const suggestion = namespaces.length > 0 ? closest(asked.namespace, namespaces) : undefined
    return new Bl1Error('env/namespace', { id, namespace: asked.namespace, known: namespaces, suggestion })
  }
  const versions = inNamespace.filter(({ name }) => name === asked.name).map((part) => part.id)
  if (versions.length > 0) return new Bl1Error('env/version', { id, known: versions })
  return new Bl1Error('env/unknown', { id, known, suggestion: known.length > 0 ? closest(id, [...known]) : undefined })
}
