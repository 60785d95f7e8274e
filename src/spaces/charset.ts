/** The characters a Text is made of. */
import { Bl1Error } from '../errors.js'

/** Digits and letters, in Gymnasium's order. */
export const ALPHANUMERIC = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** @throws Bl1Error `space/invalid` */
export const refuseText = (expected: string, received: string): never => {
  throw new Bl1Error('space/invalid', { kind: 'Text', expected, received })
}

/** One character is one code point; half of a surrogate pair is none, as it would join its neighbour. */
const isCharacter = (entry: string): boolean => Array.from(entry).length === 1 && !/[\uD800-\uDFFF]/u.test(entry)

/**
 * The position of each character.
 * @throws Bl1Error `space/invalid` for an empty set, and entries that are no single characters or not unique
 */
export const readCharset = (charset: string | readonly string[]): ReadonlyMap<string, number> => {
  const codes = new Map<string, number>()
  for (const character of charset) {
    if (!isCharacter(character)) refuseText('single characters in charset', JSON.stringify(character))
    if (codes.has(character)) refuseText('every character of charset once', `${JSON.stringify(character)} twice`)
    codes.set(character, codes.size)
  }
  if (codes.size === 0) refuseText('a charset of 1 character or more', 'an empty one')
  return codes
}
