/** The spaces that another space is made of. */
import { Bl1Error } from '../errors.js'
import { describe } from '../describe.js'
import type { Flat } from './flat.js'
import { Space } from './space.js'

/** @throws Bl1Error `space/invalid` unless every entry is a space, and there is one */
export const requireSpaces = (kind: string, spaces: readonly (readonly [key: string, space: unknown])[]): void => {
  if (spaces.length === 0) throw new Bl1Error('space/invalid', { kind, expected: 'one space or more', received: 'none' })
  for (const [key, space] of spaces) requireSpace(kind, key, space)
}

/** @throws Bl1Error `space/invalid` unless `space` is a space */
export const requireSpace = (kind: string, key: string, space: unknown): void => {
  if (!(space instanceof Space)) throw new Bl1Error('space/invalid', { kind, expected: `a space at ${key}`, received: describe(space) })
}

/** The flat forms of all spaces; undefined if one of them has none. */
export const flatsOf = (spaces: readonly Space[]): Flat<unknown>[] | undefined => {
  const flats = spaces.map((space) => space.flat).filter((flat) => flat !== undefined)
  return flats.length === spaces.length ? flats : undefined
}
