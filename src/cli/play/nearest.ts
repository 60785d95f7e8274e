/** What a misspelt word was probably meant to be. */
import { closest, distance } from 'fastest-levenshtein'

/** The nearest of the known words; undefined where none is near. */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  const found = closest(word, [...known])
  return distance(word, found) <= Math.max(2, found.length / 2) ? found : undefined
}
